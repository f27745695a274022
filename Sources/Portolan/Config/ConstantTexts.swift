import JQ

extension ConfigExpression {
  /// The texts of which it gives one for every item, nil where that depends on the item. Null, and nothing at all, count
  /// for no text.
  package var constantTexts: Set<String>? { expression.program?.body?.constantTexts }
}

extension JQ.Expression {
  /// The texts of which it gives one, whatever its input is; nil where it may give something else.
  fileprivate var constantTexts: Set<String>? {
    if let text = constantText { return [text] }
    switch node {
    case .null: return []
    case .call("empty", let arguments) where arguments.isEmpty: return []
    case .conditional(let branches, let otherwise):
      // Without an `else`, the input itself comes out.
      guard let otherwise else { return nil }
      return Self.union(branches.map(\.consequence) + [otherwise])
    case .binary(.alternative, let left, let right): return Self.union([left, right])
    case .pipe(_, let body), .bind(_, _, let body), .definition(_, let body), .parenthesized(let body):
      return body.constantTexts
    default: return nil
    }
  }

  private static func union(_ expressions: [JQ.Expression]) -> Set<String>? {
    var texts: Set<String> = []
    for expression in expressions {
      guard let more = expression.constantTexts else { return nil }
      texts.formUnion(more)
    }
    return texts
  }
}
