/// Makes jq 1.6's errors behave as later ones: `try` catches only what its body raises, and an error
/// may be null.
///
/// In 1.6 a `try` that has given an output still catches what is raised after it:
/// `map(select(.a | tonumber?) | error)` gives `[]` there. Where that can matter the body's outputs are
/// collected first. Collecting does not keep paths, and does not end for an endless body: inside a path
/// expression, and around a body that may be endless, 1.6's own `try` stays. It catches even the `break`
/// of a `first` around it, so its handler raises that again.
struct ErrorRewriter {
  /// Whether a function's body, or what is passed to it, may be in a path expression somewhere.
  private let hasPaths: Bool

  init(_ program: Expression) {
    hasPaths = program.contains(in: Names()) { $0.isPathExpression(in: $1) }
  }

  func rewrite(_ program: Expression) -> Expression {
    rewrite(program, Names(), collects: true)
  }

  private func rewrite(_ expression: Expression, _ names: Names, collects: Bool) -> Expression {
    switch expression.node {
    case .optional(let body) where !body.node.isStep:
      return caught(body, Expression(.call("empty", [])), names, collects: collects)
    case .tryCatch(let body, let handler):
      let handler = handler.map { receiving(rewrite($0, names, collects: collects)) }
      return caught(body, handler ?? Expression(.call("empty", [])), names, collects: collects)
    case .update(let symbol, let target, let value):
      let target = rewrite(target, names, collects: false)
      let value = rewrite(value, names, collects: collects)
      return Expression(.update(symbol, target, value), range: expression.range)
    case .call(let name, let arguments):
      let builtin = names.builtin(Signature(name, arguments.count))
      let collectsArguments = builtin.map { $0.arguments != .paths } ?? !hasPaths
      return expression.mapChildren { rewrite($0, names, collects: collects && collectsArguments) }
    case .definition:
      var isFunction = true
      return expression.mapChildren(in: names) { child, names in
        defer { isFunction = false }
        return rewrite(child, names, collects: collects && !(isFunction && hasPaths))
      }
    default:
      return expression.mapChildren(in: names) { rewrite($0, $1, collects: collects) }
    }
  }

  private func caught(
    _ body: Expression, _ handler: Expression, _ names: Names, collects: Bool
  ) -> Expression {
    let rewritten = rewrite(body, names, collects: collects)
    if collects, !body.contains(in: names, { $0.mayBeEndlessOrBreak(in: $1) }) {
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
  fileprivate func isPathExpression(in names: Names) -> Bool {
    switch node {
    case .update: return true
    case .call(let name, let arguments):
      let use = names.builtin(Signature(name, arguments.count))?.arguments
      return use == .paths || use == .updates
    default: return false
    }
  }

  fileprivate func mayBeEndlessOrBreak(in names: Names) -> Bool {
    switch node {
    case .breakOut, .definition: return true
    case .call(let name, let arguments):
      return names.builtin(Signature(name, arguments.count))?.traits.contains(.mayNotEnd) ?? true
    default: return false
    }
  }
}
