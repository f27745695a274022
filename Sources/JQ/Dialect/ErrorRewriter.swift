/// Makes jq 1.6's errors behave as later ones: `try` catches only what its body raises, and an error
/// may be null.
///
/// In 1.6 a `try` that has given an output still catches what is raised behind it:
/// `map(select(.a | tonumber?) | error)` gives `[]` there. Where that can matter the body's outputs are
/// collected first. Collecting does not keep paths, and does not end for an endless body: inside a path
/// expression, and around a body that may be endless, 1.6's own `try` stays. It catches even the `break`
/// of a `first` around it, so its handler raises that again.
struct ErrorRewriter {
  /// Whether a function's body, or what is passed to it, may stand in a path expression somewhere.
  private let hasPaths: Bool

  init(_ program: Expression) {
    hasPaths = program.contains { $0.isPathExpression }
  }

  func rewrite(_ expression: Expression) -> Expression {
    rewrite(expression, collects: true)
  }

  private func rewrite(_ expression: Expression, collects: Bool) -> Expression {
    let nothing = Expression(.call("empty", []))
    switch expression.node {
    case .optional(let body) where !body.isStep: return caught(body, nothing, collects: collects)
    case .tryCatch(let body, let handler):
      let handler = handler.map { receiving(rewrite($0, collects: collects)) }
      return caught(body, handler ?? nothing, collects: collects)
    default: return rewriteChildren(expression, collects: collects)
    }
  }

  private func rewriteChildren(_ expression: Expression, collects: Bool) -> Expression {
    switch expression.node {
    case .update(let symbol, let target, let value):
      let target = rewrite(target, collects: false)
      return Expression(.update(symbol, target, rewrite(value, collects: collects)), range: expression.range)
    case .call(let name, let arguments):
      let takesPaths = expression.isPathExpression && name != "map_values"
      let isOwn = !Builtins.contains(name, arity: arguments.count)
      return expression.mapChildren { rewrite($0, collects: collects && !takesPaths && !(isOwn && hasPaths)) }
    case .definition(var definition, let body):
      definition.body = rewrite(definition.body, collects: collects && !hasPaths)
      return Expression(.definition(definition, rewrite(body, collects: collects)), range: expression.range)
    default: return expression.mapChildren { rewrite($0, collects: collects) }
    }
  }

  private func caught(_ body: Expression, _ handler: Expression, collects: Bool) -> Expression {
    let rewritten = rewrite(body, collects: collects)
    if collects, !body.contains({ $0.mayBeEndlessOrBreak }) {
      return Expression(.call("__try", [rewritten, handler]), range: body.range)
    }
    let isBreak = Branch(
      condition: Expression(.call("__is_break", [])), consequence: Expression(.call("error", [])))
    return Expression(.tryCatch(rewritten, Expression(.conditional([isBreak], otherwise: handler))))
  }

  /// The handler, given null where ``CompatibilityDefinitions`` raised its stand-in for it.
  private func receiving(_ handler: Expression) -> Expression {
    Expression(.parenthesized(Expression(.pipe(Expression(.call("__caught", [])), handler))))
  }
}

extension Expression {
  /// Whether `isMatch` holds for this or anything inside it.
  func contains(_ isMatch: (Expression) -> Bool) -> Bool {
    isMatch(self) || children.contains { $0.contains(isMatch) }
  }

  fileprivate var isPathExpression: Bool {
    switch node {
    case .update: true
    case .call(let name, _): ["path", "del", "pick", "paths", "map_values"].contains(name)
    default: false
    }
  }

  fileprivate var mayBeEndlessOrBreak: Bool {
    switch node {
    case .breakOut, .definition: true
    case .call(let name, let arguments):
      ["repeat", "while", "until", "recurse", "inputs", "limit"].contains(name)
        || !Builtins.contains(name, arity: arguments.count)
    default: false
    }
  }
}
