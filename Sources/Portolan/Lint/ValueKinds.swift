import JQ

extension JQ.Expression {
  /// The values that it may give and that stand in it as literals: itself, or what `if`, `//` and `|`
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
  var certainKind: ConstantKind? {
    if let kind = constantKind { return kind }
    switch node {
    case .string, .format: return .string
    case .array: return .array
    case .object: return .object
    case .parenthesized(let inner), .definition(_, let inner), .bind(_, _, let inner), .pipe(_, let inner):
      return inner.certainKind
    case .binary(let symbol, _, _): return symbol.isTest ? .boolean : nil
    case .call(let name, let arguments): return Self.kinds["\(name)/\(arguments.count)"]
    default: return nil
    }
  }

  private static let kinds: [String: ConstantKind] = [
    "not/0": .boolean, "has/1": .boolean, "test/1": .boolean, "test/2": .boolean, "startswith/1": .boolean,
    "endswith/1": .boolean, "any/0": .boolean, "any/1": .boolean, "any/2": .boolean, "all/0": .boolean,
    "all/1": .boolean, "all/2": .boolean, "contains/1": .boolean, "length/0": .number, "tonumber/0": .number,
    "floor/0": .number, "round/0": .number, "fromdateiso8601/0": .number, "fromdate/0": .number,
    "now/0": .number, "tostring/0": .string, "tojson/0": .string, "ascii_downcase/0": .string,
    "ascii_upcase/0": .string, "join/1": .string, "todate/0": .string, "strftime/1": .string,
    "type/0": .string, "gsub/2": .string, "sub/2": .string, "keys/0": .array, "map/1": .array,
    "split/1": .array, "to_entries/0": .array, "unique/0": .array, "from_entries/0": .object,
    "with_entries/1": .object,
  ]
}

extension BinaryOperator {
  /// Whether it gives true or false, whatever stands on its sides.
  fileprivate var isTest: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: true
    default: false
    }
  }
}
