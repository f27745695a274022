import JQ

extension JQ.Expression {
  /// Where a path is in the expression's text that leads to the last of `steps`, nil being a step to every element:
  /// the one that says most of them; nil where none does.
  func range(ofPath steps: [String?]) -> Range<Int>? {
    var best: (length: Int, range: Range<Int>)?
    visit { expression in
      guard let own = expression.readSteps, !own.isEmpty, own.count <= steps.count,
        own.count > best?.length ?? 0, Array(steps.suffix(own.count)) == own
      else { return }
      best = (own.count, expression.range)
    }
    return best?.range
  }

  /// Calls `body` with this and everything inside it.
  func visit(_ body: (JQ.Expression) -> Void) {
    body(self)
    for child in children { child.visit(body) }
  }

  /// Calls `body` with this and what is inside it, as far as that has the same input.
  func visitOfInput(_ body: (JQ.Expression) -> Void) {
    body(self)
    switch node {
    case .pipe(let first, _): first.visitOfInput(body)
    case .bind(let source, _, let inner):
      source.visitOfInput(body)
      inner.visitOfInput(body)
    case .call("select", let arguments):
      for argument in arguments { argument.visitOfInput(body) }
    case .call, .definition, .label, .field, .index, .slice, .iterate: break
    default:
      for child in children { child.visitOfInput(body) }
    }
  }

  /// The keys of a path, nil for each step to elements; nil for anything else than a path.
  var readSteps: [String?]? {
    switch node {
    case .identity: []
    case .parenthesized(let inner), .optional(let inner): inner.readSteps
    case .field(let target, let key): target.readSteps.map { $0 + [key] }
    case .iterate(let target), .slice(let target, _, _): target.readSteps.map { $0 + [nil] }
    case .index(let target, let index):
      target.readSteps.map { $0 + [index.constantText] }
    default: nil
    }
  }
}
