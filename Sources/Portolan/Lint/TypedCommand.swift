/// An expression that is written as the call of the jq program in a shell: `jq -r '.name'`.
struct TypedCommand {
  private let expression: LintExpression

  init(_ expression: LintExpression) {
    self.expression = expression
  }

  /// Nil where it is none.
  func finding() -> Diagnostic? {
    let text = expression.text
    // Regular expressions take their time, and almost nothing is one.
    guard text.utf8.first(where: { !$0.isBlank }) == UInt8(ascii: "j") else { return nil }
    guard let call = text.prefixMatch(of: /\s*jq(?:\s+-{1,2}[A-Za-z][\w\-]*)*\s+/) else { return nil }
    let rest = text[call.range.upperBound...]
    let quoted = rest.wholeMatch(of: /'([^']*)'\s*/) ?? rest.wholeMatch(of: /"(\.[^"]*)"\s*/)
    let inner = String(quoted?.output.1 ?? rest)
    let whole = expression.wholeRange
    let length = text.utf8.distance(from: text.startIndex, to: call.range.upperBound)
    let isCertain = SingleQuotes.isJQ(inner)
    return expression.finding(
      .error, .foreignSyntax, "this calls the program jq; only the expression stands here",
      help: isCertain
        ? "write it alone: `\(expression.inYAML(inner.shortened(to: 120)))`"
        : "leave out `jq` and its options: the expression stands alone",
      in: whole.lowerBound..<length,
      changing: isCertain ? [TextChange(range: whole, text: inner)] : [])
  }
}
