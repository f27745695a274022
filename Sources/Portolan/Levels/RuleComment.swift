import YAMLTree

/// A comment that sets the level of rules, for a line or for its file:
/// `# portolan-ignore many-outputs: the first label counts`.
struct RuleComment: Sendable, Hashable {
  /// A rule that it names, and where.
  struct Name: Sendable, Hashable {
    var rule: Diagnostic.Rule
    var start: SourceLocation
    var end: SourceLocation
  }

  /// What every such comment begins with.
  static let marker = "portolan-"

  private static let words: [(word: String, level: RuleLevels.Level)] = [
    ("ignore", .off), ("warning", .warning), ("error", .error),
  ]

  var level: RuleLevels.Level
  /// The rules that it names.
  var names: [Name]
  /// The lines that it is about, nil for all of its file.
  var lines: ClosedRange<Int>?

  /// Nil for a comment that says something else. `place` is where its `#` is, and `lines` what it is about unless it
  /// says that it is about its file.
  init?(_ comment: YAMLComment, in file: String, lines: ClosedRange<Int>) {
    let text = Array(comment.text.unicodeScalars)
    var place = text.firstIndex { $0 != " " && $0 != "\t" } ?? text.endIndex
    func word() -> String {
      let end = text[place...].firstIndex { !Self.isWordPart($0) } ?? text.endIndex
      defer { place = end }
      return String(String.UnicodeScalarView(text[place..<end]))
    }
    let head = word()
    guard head.hasPrefix(Self.marker) else { return nil }
    let isOfFile = head.hasSuffix("-file")
    let name = head.dropFirst(Self.marker.count).dropLast(isOfFile ? 5 : 0)
    guard let level = Self.words.first(where: { $0.word == name })?.level else { return nil }
    self.level = level
    self.lines = isOfFile ? nil : lines
    names = []
    // As eslint and others write it: `portolan-ignore: many-outputs`.
    if place < text.endIndex, text[place] == ":" { place += 1 }
    repeat {
      while place < text.endIndex, text[place] == " " || text[place] == "\t" || text[place] == "," {
        place += 1
      }
      let start = place
      let rule = word()
      guard !rule.isEmpty else { break }
      func location(_ index: Int) -> SourceLocation {
        SourceLocation(file: file, line: comment.start.line, column: comment.start.column + 1 + index)
      }
      names.append(Name(rule: Diagnostic.Rule(rule), start: location(start), end: location(place)))
      while place < text.endIndex, text[place] == " " || text[place] == "\t" { place += 1 }
    } while place < text.endIndex && text[place] == ","
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-" || scalar == "_"
  }

  /// Whether it is about what is found at `location`.
  func concerns(_ location: SourceLocation?) -> Bool {
    guard let lines else { return true }
    return location.map { lines.contains($0.line) } ?? false
  }
}
