import JQ

extension Diagnostic {
  /// An expression that libjq does not compile: at the character where this parser stops, where it
  /// stops too, and otherwise where the expression begins.
  init(_ expression: ConfigExpression, _ error: JQCompileError, field: String, kind: String) {
    let syntax = expression.expression.syntaxError
    self.init(
      .error, .invalidExpression,
      "`\(field)` of kind `\(kind)` does not compile: \(syntax?.message ?? error.message)",
      help: syntax?.hint ?? "the field is null for every item until it does",
      at: syntax.map { expression.location(ofOffset: $0.range.lowerBound) } ?? expression.location,
      field: field)
  }
}
