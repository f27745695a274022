import JQ

/// Compiles expressions, each alone and each once. It belongs to one thread at a time.
package final class SlowCompiler {
  let libjq: LibjqText
  private let environment: JQEnvironment
  private var expressions: [JQExpression: SlowExpression] = [:]

  /// A compiler of expressions that may see `environment`.
  package init(environment: JQEnvironment = JQEnvironment()) throws {
    self.environment = environment
    libjq = try LibjqText()
  }

  func compile(_ expression: JQExpression) -> SlowExpression {
    if let known = expressions[expression] { return known }
    // Each is a machine with all of jq's builtins.
    if expressions.count == 500 { expressions.removeAll() }
    let compiled = SlowExpression(expression, environment, libjq)
    expressions[expression] = compiled
    return compiled
  }
}
