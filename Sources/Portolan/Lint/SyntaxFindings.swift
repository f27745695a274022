import JQ
import YAMLTree

/// Says what is wrong with a text that is not jq, the known traps first.
struct SyntaxFindings {
  private let expression: LintExpression
  private let document: ConfigTree

  init(_ expression: LintExpression, _ document: ConfigTree) {
    self.expression = expression
    self.document = document
  }

  /// The finding for a text that neither this parser nor libjq reads.
  func finding(_ error: SyntaxError, _ refusal: JQCompileError) -> Diagnostic {
    fileReference() ?? cutByComment(error) ?? singleQuotes(error) ?? foreignOperator(error) ?? missingQuotes()
      ?? HyphenFindings(expression).inText(at: error.range.lowerBound) ?? general(error)
  }

  private func general(_ error: SyntaxError) -> Diagnostic {
    expression.finding(
      .error, .invalidExpression, "`\(expression.path)` is not jq: \(error.message)",
      help: error.hint ?? Self.remedy(error), in: error.range)
  }

  private static func remedy(_ error: SyntaxError) -> String {
    if error.message.hasSuffix("is never closed"), let closing = error.expected.first {
      return "add \(closing) where what it holds ends"
    }
    if error.expected.contains("`end`") { return "`if … then … else …` takes an `end` behind it" }
    if error.expected.isEmpty { return "a text stands in double quotes" }
    return error.found == "end of the expression"
      ? "write what is missing at the end" : "check what stands right before this place"
  }

  /// `file://README.md`: a text that Port's Git integrations replace by the file before they look for jq.
  private func fileReference() -> Diagnostic? {
    guard expression.text.hasPrefix("file://") || expression.text.hasPrefix("search://") else { return nil }
    return expression.finding(
      .warning, .invalidExpression,
      "`\(expression.path)` names a file as Port's Git integrations do; everywhere else it is null",
      help: "leave it as it is for one of those; otherwise write a jq expression")
  }

  /// A plain scalar ends at ` #`, which may stand in a jq string.
  private func cutByComment(_ error: SyntaxError) -> Diagnostic? {
    guard expression.scalar.style == .plain else { return nil }
    let end = expression.node.end
    let bytes = document.source.dropFirst(end.offset).prefix { $0 != 0x0A && $0 != 0x0D }
    let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
    guard blanks > 0, bytes.dropFirst(blanks).first == UInt8(ascii: "#") else { return nil }
    let rest = String(decoding: bytes, as: UTF8.self)
    let whole = expression.text + rest
    guard JQExpression(SingleQuotes.replaced(in: whole)).program != nil || error.found == "\"" else {
      return nil
    }
    let length = rest.unicodeScalars.count
    return Diagnostic(
      .error, .cutByComment, "YAML takes a `#` behind a blank for a comment: the expression ends before it",
      help: "put the whole expression in quotes: `\(quoted(whole))`",
      at: SourceLocation(file: document.file, line: end.line, column: end.column + blanks),
      to: SourceLocation(file: document.file, line: end.line, column: end.column + length),
      field: expression.path)
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  private func singleQuotes(_ error: SyntaxError) -> Diagnostic? {
    guard expression.text.contains("'") else { return nil }
    let isReadable = JQExpression(expression.text.replacing("'", with: "\"")).program != nil
    guard error.found == "'" || isReadable else { return nil }
    let range = strayPair ?? error.range
    let body = expression.text.utf8.dropFirst(range.lowerBound + 1).prefix(max(0, range.count - 2))
    let fixed = "\"\(String(body) ?? "…")\""
    return expression.finding(
      .error, .singleQuotes,
      "jq takes double quotes around a text; single ones only work around a whole word",
      help: "write `\(expression.partInYAML(fixed))`", in: range)
  }

  /// The first pair of single quotes of which Ocean's rule leaves one as it is.
  private var strayPair: Range<Int>? {
    let quotes = expression.text.utf8.enumerated().filter { $0.element == UInt8(ascii: "'") }.map(\.offset)
    let evaluated = Array(expression.jq.text.utf8)
    for place in stride(from: 0, to: quotes.count - 1, by: 2) {
      let pair = [quotes[place], quotes[place + 1]]
      if pair.contains(where: { $0 < evaluated.count && evaluated[$0] == UInt8(ascii: "'") }) {
        return pair[0]..<pair[1] + 1
      }
    }
    return nil
  }

  private static let operators = [
    "&&": "`and`", "||": "`or`", "===": "`==`", "!==": "`!=`", "<>": "`!=`", "??": "`//`",
    "!": "`not` behind what is negated: `(.a | not)`",
  ]

  private func foreignOperator(_ error: SyntaxError) -> Diagnostic? {
    var found = error.found
    var range = error.range
    if Self.operators[found] == nil, let doubled = doubledQuestionMark(before: range.lowerBound) {
      found = "??"
      range = doubled
    }
    if let instead = Self.operators[found] {
      return expression.finding(
        .error, .foreignSyntax, "`\(found)` is not an operator of jq", help: "write \(instead)", in: range)
    }
    guard expression.text.contains(":"), let mark = expression.text.firstRange(of: " ? ") else { return nil }
    let place = expression.text.utf8.distance(from: expression.text.startIndex, to: mark.lowerBound) + 1
    return expression.finding(
      .error, .foreignSyntax, "jq has no `? :`", help: "write `if … then … else … end`", in: place..<place + 1
    )
  }

  private func doubledQuestionMark(before offset: Int) -> Range<Int>? {
    let before = expression.text.utf8.prefix(offset)
    guard let end = before.lastIndex(where: { $0 != 0x20 }), before[...end].suffix(2).elementsEqual("??".utf8)
    else { return nil }
    let last = before.distance(from: before.startIndex, to: end)
    return last - 1..<last + 1
  }

  private func missingQuotes() -> Diagnostic? {
    BareText.isText(expression) ? BareText.finding(expression) : nil
  }
}
