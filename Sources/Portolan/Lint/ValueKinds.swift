import JQ
import RawJSON

extension JQ.Expression {
  /// The values that it may give and that are in it as literals: itself, or what `if`, `//` and `|`
  /// lead to.
  var literalOutcomes: [JQ.Expression] {
    if constantKind != nil { return [self] }
    switch node {
    case .conditional(let branches, let otherwise):
      return (branches.map(\.consequence) + (otherwise.map { [$0] } ?? [])).flatMap(\.literalOutcomes)
    case .binary(.alternative, let left, let right): return left.literalOutcomes + right.literalOutcomes
    case .pipe(_, let right): return right.literalOutcomes
    case .bind(_, _, let body), .definition(_, let body), .parenthesized(let body):
      return body.literalOutcomes
    default: return []
    }
  }

  /// What kind of value it gives whenever it gives one other than null; nil where that depends.
  var certainKind: JSONKind? {
    if let kind = constantKind { return kind }
    switch node {
    case .string, .format: return .string
    case .array: return .array
    case .object: return .object
    case .parenthesized(let inner), .definition(_, let inner), .bind(_, _, let inner), .pipe(_, let inner):
      return inner.certainKind
    case .binary(let symbol, _, _): return symbol.isTest ? .boolean : nil
    case .call(let name, let arguments): return Builtins[Signature(name, arguments.count)]?.kind
    default: return nil
    }
  }
}

extension BinaryOperator {
  /// Whether it gives true or false, whatever is on its sides.
  fileprivate var isTest: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    default: false
    }
  }
}
