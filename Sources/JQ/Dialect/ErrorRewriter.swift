/// Makes jq 1.6's errors behave as later ones: `try` catches only what its body raises, and an error
/// may be null.
///
/// In 1.6 a `try` that has given an output still catches what is raised behind it:
/// `map(select(.a | tonumber?) | error)` gives `[]` there. Where that can matter the body's outputs are
/// collected first. Collecting does not keep paths, and does not end for an endless body, so a program
/// with path expressions, and a body that may be endless, keep 1.6's own `try`.
struct ErrorRewriter {
  private let collects: Bool

  init(_ program: Expression) {
    collects = !program.contains { $0.isPathExpression }
  }

  func rewrite(_ expression: Expression) -> Expression {
    let inner = expression.mapChildren(rewrite)
    switch inner.node {
    case .optional(let body) where !body.isStep:
      return collected(body, Expression(.call("empty", []))) ?? inner
    case .tryCatch(let body, let handler):
      let handler = handler.map(receiving)
      return collected(body, handler ?? Expression(.call("empty", [])))
        ?? Expression(.tryCatch(body, handler), range: inner.range)
    default:
      return inner
    }
  }

  private func collected(_ body: Expression, _ handler: Expression) -> Expression? {
    guard collects, !body.contains({ $0.mayBeEndlessOrBreak }) else { return nil }
    return Expression(.call("__try", [body, handler]), range: body.range)
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
