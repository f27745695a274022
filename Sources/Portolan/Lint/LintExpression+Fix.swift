import JQ
import YAMLTree

/// A part of an expression's text, in bytes, and what to put in its place.
struct TextChange {
  var range: Range<Int>
  var text: String
}

extension LintExpression {
  /// A finding whose cure is certain: `changes` mend the text.
  func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, help: String,
    in range: Range<Int>? = nil, changing changes: [TextChange]
  ) -> Diagnostic {
    var finding = finding(severity, rule, message, help: help, in: range)
    finding.fix = changes.isEmpty ? nil : fix(changes)
    return finding
  }

  /// The edits of the file that make `changes` of the text; nil where the text would not be jq then, or cannot
  /// be written as it is in this kind of scalar.
  func fix(_ changes: [TextChange]) -> Diagnostic.Fix? {
    let changes = changes.sorted { $0.range.lowerBound < $1.range.lowerBound }
    guard let new = changed(by: changes), JQExpression(SingleQuotes.replaced(in: new)).program != nil else {
      return nil
    }
    let title = "write `\(content(of: new).shortened(to: 80))`"
    if !isPart, scalar.style == .plain, !staysPlain(new) {
      let file = source.location.file
      let start = SourceLocation(node.start, in: file)
      let end = SourceLocation(node.end, in: file)
      return Diagnostic.Fix(title, [.init(from: start, to: end, replacement: inYAML(new))])
    }
    return Diagnostic.Fix(title, changes.map(edit))
  }

  /// The text without the white space around it, as a change of all of it takes it.
  var wholeRange: Range<Int> {
    let bytes = Array(text.utf8)
    guard let first = bytes.firstIndex(where: { !$0.isBlank }),
      let last = bytes.lastIndex(where: { !$0.isBlank })
    else { return 0..<0 }
    return first..<last + 1
  }

  /// The text without the white space around it.
  var trimmedText: String { String(decoding: Array(text.utf8)[wholeRange], as: UTF8.self) }

  /// The text with `changes`, which are in its order; nil where they are not within it.
  func changed(by changes: [TextChange]) -> String? {
    let bytes = Array(text.utf8)
    var new: [UInt8] = []
    var done = 0
    for change in changes {
      guard change.range.lowerBound >= done, change.range.upperBound <= bytes.count else { return nil }
      new += bytes[done..<change.range.lowerBound] + Array(change.text.utf8)
      done = change.range.upperBound
    }
    return String(decoding: new + bytes[done...], as: UTF8.self)
  }

  private func edit(_ change: TextChange) -> Diagnostic.Fix.Edit {
    let start = source.location(ofOffset: change.range.lowerBound)
    let end = source.end(of: change.range, from: start)
    return .init(from: start, to: end, replacement: escaped(change.text))
  }

  /// `jq` as it is written inside this scalar's quotes.
  private func escaped(_ jq: String) -> String {
    switch scalar.style {
    case .doubleQuoted: jq.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    case .singleQuoted: jq.replacing("'", with: "''")
    case .plain, .literal, .folded: jq
    }
  }

  /// Whether `new` can stand without quotes where the text does: within brackets of YAML, commas and brackets end
  /// what has no quotes.
  private func staysPlain(_ new: String) -> Bool {
    guard !Self.needsQuotes(new), !new.contains("\n"), node.start.line == node.end.line else { return false }
    let signs: (String) -> Bool = { $0.contains { ",[]{}".contains($0) } }
    return !signs(new) || signs(text)
  }

  private func content(of text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: " ")
  }
}

extension Diagnostic.Fix {
  /// Writes `text` in the place of a key or another scalar on one line, with the quotes that it has; nil where it
  /// cannot.
  init?(renaming node: YAMLNode, to text: String, in file: String) {
    guard let scalar = node.scalar, node.start.line == node.end.line,
      text.utf8.allSatisfy({ $0.continuesName || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") })
    else { return nil }
    let quote: String
    switch scalar.style {
    case .plain: quote = ""
    case .singleQuoted: quote = "'"
    case .doubleQuoted: quote = "\""
    case .literal, .folded: return nil
    }
    let start = SourceLocation(node.start, in: file)
    let end = SourceLocation(node.end, in: file)
    self.init("write `\(text)`", [Edit(from: start, to: end, replacement: quote + text + quote)])
  }
}
