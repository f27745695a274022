import YAMLTree

/// What keeps a text from being YAML, with the cure that whoever writes jq in it needs.
struct YAMLProblem {
  private let error: YAMLError
  private let file: String
  /// The line at fault, and its value with where that begins.
  private let line: String
  private let value: Substring
  /// Where the value begins in the file, in bytes.
  private let valueOffset: Int
  /// Whether the values are jq, and not texts with jq between double braces.
  private let isJQ: Bool
  /// What goes on in the line at fault.
  private let continued: ContinuedLine?

  init(_ error: YAMLError, in source: [UInt8], of grammar: Grammar, file: String) {
    self.error = error
    self.file = file
    isJQ = grammar.root == .config
    continued = isJQ ? ContinuedLine(error.position.line, of: source) : nil
    let start = source[..<min(error.position.offset, source.count)].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let bytes = source[start...].prefix { $0 != 0x0A && $0 != 0x0D }
    let line = String(decoding: bytes, as: UTF8.self)
    self.line = line
    value = line.firstRange(of: ": ").map { line[$0.upperBound...].drop { $0 == " " } } ?? ""
    valueOffset = start + line.utf8.count - value.utf8.count
  }

  var diagnostic: Diagnostic {
    if let continued { return diagnostic(continued) }
    let help = isJQ ? help ?? error.help : error.help
    var diagnostic = Diagnostic(
      .error, .yamlSyntax, error.message, help: help, at: SourceLocation(error.position, in: file))
    diagnostic.fix = fix
    return diagnostic
  }

  private func diagnostic(_ continued: ContinuedLine) -> Diagnostic {
    var start = SourceLocation(error.position, in: file)
    start.column = continued.columns.lowerBound
    var end = start
    end.column = continued.columns.upperBound
    return Diagnostic(
      .error, .yamlSyntax,
      "the text of `\(continued.key)` has ended before this line, which starts no further in",
      help: "indent it by two more than `\(continued.key):`, or put all of the text on one line", at: start,
      to: end)
  }

  private var help: String? {
    switch error.reason {
    case .nonScalarKey: braces
    case .syntax(let original) where original.hasPrefix("found unknown escape character"): escape
    case .syntax(let original) where original.hasPrefix("mapping values are not allowed"): choice ?? colon
    case .syntax(let original)
    where original.hasPrefix("found character that cannot start any token")
      && error.position.offset >= valueOffset:
      start
    default: nil
    }
  }

  /// `{{ .key }}`: what templates of other tools write.
  private var braces: String? {
    guard value.hasPrefix("{{"), let end = value.firstRange(of: "}}") else { return nil }
    let inner = value[value.index(value.startIndex, offsetBy: 2)..<end.lowerBound]
    return "write `\(inner.split(separator: " ").joined(separator: " "))`: jq stands here without braces"
  }

  /// `"… \d …"`
  private var escape: String? {
    let place = line.unicodeScalars.dropFirst(error.position.column - 1).prefix(2)
    guard place.count == 2 else { return nil }
    if place.last == "(" {
      let text = value.drop { $0 == "\"" }.prefix { $0 != "\"" }
      return "put jq's double quotes inside single ones: `'\"\(text)\"'`"
    }
    return "put the whole value in single quotes, and write `\\\(String(place))` there"
  }

  /// `.a ? .b : .c`
  private var choice: String? {
    guard let question = value.firstRange(of: " ? "), value[question.upperBound...].contains(" : ") else {
      return nil
    }
    return "jq has no `? :`; write `if … then … else … end`"
  }

  /// A text of jq with a colon and a blank in it.
  private var colon: String? {
    guard value.contains(": "), let fixed = quoted else { return nil }
    return "put the whole value in quotes: `\(fixed.shortened(to: 100))`"
  }

  private var start: String? {
    guard let fixed = quoted else { return nil }
    return "put the whole value in quotes: `\(fixed.shortened(to: 100))`"
  }

  /// The value in YAML's quotes, where it is jq as it stands.
  private var quoted: String? {
    let text = String(value)
    guard !text.isEmpty, !text.contains(" #"), SingleQuotes.isJQ(text) else { return nil }
    return "'" + text.replacing("'", with: "''") + "'"
  }

  private var fix: Diagnostic.Fix? {
    guard isJQ, case .syntax(let original) = error.reason,
      colon != nil && original.hasPrefix("mapping values are not allowed")
        || original.hasPrefix("found character that cannot"),
      choice == nil, error.position.offset >= valueOffset, let quoted
    else { return nil }
    var start = SourceLocation(error.position, in: file)
    start.column = line[..<value.startIndex].unicodeScalars.count + 1
    var end = start
    end.column += value.unicodeScalars.count
    return Diagnostic.Fix("put the whole value in quotes", [.init(from: start, to: end, replacement: quoted)])
  }
}
