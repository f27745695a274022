import JQ

/// What an expression reads of one name that a fetcher's expressions know, as `selector`.
struct ContextReads {
  /// The members that it names, and where: `selector.jql`.
  private(set) var members: [(name: String, range: Range<Int>)] = []
  /// Whether it takes the value otherwise, as in `selector | keys`.
  private(set) var isWhole = false

  init(_ context: FetcherContext, in program: Program) {
    let calls = FetcherExpression.contextNames(in: program).filter { $0.name == context.rawValue }
    if let body = program.body, !calls.isEmpty { collect(body, Set(calls.map(\.range.lowerBound))) }
  }

  private mutating func collect(_ expression: JQ.Expression, _ calls: Set<Int>) {
    switch expression.node {
    case .field(let target, let key) where target.isCall(calls):
      members.append((key, expression.range))
    case .index(let target, let key) where target.isCall(calls) && key.constantText != nil:
      members.append((key.constantText ?? "", expression.range))
    case .call where expression.isCall(calls): isWhole = true
    default:
      for child in expression.children { collect(child, calls) }
    }
  }
}

extension JQ.Expression {
  /// Whether it is one of the calls that begin at these offsets.
  fileprivate func isCall(_ offsets: Set<Int>) -> Bool {
    switch node {
    case .call(_, let arguments): arguments.isEmpty && offsets.contains(range.lowerBound)
    case .parenthesized(let inner): inner.isCall(offsets)
    default: false
    }
  }
}
