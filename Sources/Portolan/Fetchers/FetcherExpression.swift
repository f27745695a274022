import JQ

/// Makes of a fetcher's expression one that is evaluated on a single document.
///
/// A fetcher's expression sees more than its input, and an `EvaluationProgram` knows one document. That is
/// `{"input": …, "config": …, "selector": …, "parent": …, "kind": …, "login": …}`: ``input`` is what `.` is, and
/// each ``FetcherContext`` what the function of that name gives. One that is left out is null.
///
/// ```swift
/// FetcherExpression.evaluated(ConfigExpression(…))  // `parent.id` becomes `.parent.id`
/// ```
package enum FetcherExpression {
  /// The key of what `.` is.
  package static let input = "input"

  /// The expression as it is evaluated on the document.
  ///
  /// What can be written without variables is, so that the engine reads it off the document's bytes.
  package static func evaluated(_ expression: ConfigExpression) -> JQExpression {
    let jq = expression.expression
    guard let program = jq.program else { return JQExpression(general(jq.text, FetcherContext.allCases)) }
    let uses = contextNames(in: program)
    if let body = program.body, let rooted = Rooting(uses.map(\.range)).root(body) {
      return JQExpression(rooted.withoutParentheses.description)
    }
    return JQExpression(
      general(jq.text, FetcherContext.allCases.filter { uses.map(\.name).contains($0.rawValue) }))
  }

  /// Where the expression calls the context's functions, in the order of its text.
  static func contextNames(in program: Program) -> [UnresolvedName] {
    program.unresolvedNames.filter {
      $0.use == .function(arity: 0) && FetcherContext(rawValue: $0.name) != nil
    }
  }

  /// Any text of jq, with the functions that it calls defined around it. A comment in it ends with its line.
  private static func general(_ text: String, _ names: [FetcherContext]) -> String {
    guard !names.isEmpty else { return ".\(input) | (\(text)\n)" }
    let definitions = names.map { "def \($0.rawValue): $__context.\($0.rawValue); " }.joined()
    return ". as $__context | \(definitions)$__context.\(input) | (\(text)\n)"
  }
}

extension ConfigExpression {
  /// Whether it reads one of these.
  package func reads(_ names: Set<FetcherContext>) -> Bool {
    guard let program = expression.program else { return true }
    return FetcherExpression.contextNames(in: program).contains { use in
      FetcherContext(rawValue: use.name).map(names.contains) ?? false
    }
  }
}

/// Rewrites expressions on the input as such on the document that holds it.
private struct Rooting {
  /// Where the context's functions are called.
  private let contextRanges: [Range<Int>]

  init(_ contextRanges: [Range<Int>]) {
    self.contextRanges = contextRanges
  }

  /// The expression as it is on the document; nil where that takes variables.
  func root(_ expression: JQ.Expression) -> JQ.Expression? {
    switch expression.node {
    case .identity: return Self.member(FetcherExpression.input)
    case .call(let name, let arguments) where arguments.isEmpty && FetcherContext(rawValue: name) != nil:
      return Self.member(name)
    case .field(let target, let key): return root(target).map { JQ.Expression(.field($0, key)) }
    case .index(let target, let key):
      guard let target = root(target), let key = root(key) else { return nil }
      return JQ.Expression(.index(target, key))
    case .iterate(let target): return root(target).map { JQ.Expression(.iterate($0)) }
    case .optional(let target): return root(target).map { JQ.Expression(.optional($0)) }
    case .parenthesized(let inner): return root(inner).map { JQ.Expression(.parenthesized($0)) }
    case .binary(let symbol, let left, let right):
      guard let left = root(left), let right = root(right) else { return nil }
      return JQ.Expression(.binary(symbol, left, right))
    case .pipe(let left, let right):
      guard !usesContext(right), let left = root(left) else { return nil }
      return JQ.Expression(.pipe(left, right))
    default:
      if expression.constantKind != nil { return expression }
      guard !usesContext(expression) else { return nil }
      return JQ.Expression(
        .parenthesized(JQ.Expression(.pipe(Self.member(FetcherExpression.input), expression))))
    }
  }

  private static func member(_ key: String) -> JQ.Expression {
    JQ.Expression(.field(JQ.Expression(.identity), key))
  }

  private func usesContext(_ expression: JQ.Expression) -> Bool {
    contextRanges.contains { expression.range.contains($0.lowerBound) }
  }
}

extension JQ.Expression {
  /// What parentheses around all of it hold.
  fileprivate var withoutParentheses: JQ.Expression {
    if case .parenthesized(let inner) = node { inner.withoutParentheses } else { self }
  }
}
