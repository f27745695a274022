import JQ

extension Diagnostic {
  /// An expression that libjq does not compile: at the character where this parser stops, where it
  /// stops too, and otherwise where the expression begins.
  init(_ expression: ConfigExpression, _ error: JQCompileError, field: String, kind: String) {
    let syntax = expression.expression.syntaxError
    let start = syntax.map { expression.location(ofOffset: $0.range.lowerBound) } ?? expression.location
    let end = syntax.map { expression.location(ofOffset: $0.range.upperBound) }
    self.init(
      .error, .invalidExpression,
      "`\(field)` of kind `\(kind)` does not compile: \(syntax?.description ?? error.message)",
      help: Self.quotesHelp(expression) ?? syntax?.help ?? "the field is null for every item until it does",
      at: start, to: end.flatMap { $0.line == start.line && $0.column > start.column ? $0 : nil },
      field: field)
  }

  /// Where single quotes have become double ones and the text makes no sense since, most likely only one
  /// of two has: the other touches a parenthesis, as in `split(' ')`.
  private static func quotesHelp(_ expression: ConfigExpression) -> String? {
    guard expression.expression.syntaxError != nil, expression.text != expression.expression.text else {
      return nil
    }
    return "jq strings take double quotes; single ones only work around a whole word"
  }
}

extension Diagnostic.Rule {
  /// An expression that does not compile.
  public static let invalidExpression = Self("invalid-expression")
}
