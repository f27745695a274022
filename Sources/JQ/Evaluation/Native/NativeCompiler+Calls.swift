import RawJSON

extension NativeCompiler {
  /// The native form of a call of a builtin. A mapping's expression with functions of its own has none.
  mutating func call(_ name: String, _ arguments: [Expression], _ ofDocument: Bool) -> NativeExpression? {
    switch (name, arguments.count) {
    case ("map", 1):
      return generator(arguments[0], ofDocument: false).map {
        .collect(.pipe(.iterate(input(ofDocument), isOptional: false), $0))
      }
    case ("first", 0): return .element(input(ofDocument), 0)
    case ("last", 0): return .element(input(ofDocument), -1)
    default:
      guard let function = Self.function(name, arguments) else { return nil }
      return ofDocument ? .pipe(input(true), .call(function)) : .call(function)
    }
  }

  /// The native form of `[content]`.
  mutating func list(_ content: Expression?, _ ofDocument: Bool) -> NativeExpression? {
    guard let content else { return .collect(.empty) }
    return generator(content, ofDocument: ofDocument).map { .collect($0) }
  }

  private mutating func generator(_ expression: Expression, ofDocument: Bool) -> NativeGenerator? {
    guard isStillShort() else { return nil }
    if !ofDocument, let path = PlainPath(expression), path.isOptional.contains(true) {
      return .optional(path)
    }
    if let single = self.expression(expression, ofDocument: ofDocument) { return .single(single) }
    switch expression.node {
    case .parenthesized(let inner): return generator(inner, ofDocument: ofDocument)
    case .iterate(let target): return iteration(target, isOptional: false, ofDocument)
    case .optional(let inner):
      guard case .iterate(let target) = inner.node else { return nil }
      return iteration(target, isOptional: true, ofDocument)
    case .recurse: return ofDocument ? nil : .recurse
    case .binary(.alternative, let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: ofDocument)) {
        .alternative($0, $1)
      }
    case .field, .index: return step(expression, ofDocument)
    case .pipe(let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: false)) {
        .pipe($0, $1)
      }
    case .comma(let first, let second):
      return pair(generator(first, ofDocument: ofDocument), generator(second, ofDocument: ofDocument)) {
        .comma($0, $1)
      }
    case .call("select", let arguments) where arguments.count == 1:
      // What stands in a `select` of the document itself would read from it by other means.
      guard !ofDocument, let condition = self.expression(arguments[0], ofDocument: false) else { return nil }
      return .select(condition)
    case .call(let name, let arguments) where arguments.isEmpty:
      if name == "empty" { return .empty }
      return ofDocument ? nil : Self.kinds(name).map { .kinds($0) }
    default: return nil
    }
  }

  /// `a[]`, where `a` may give any number of values itself.
  private mutating func iteration(
    _ target: Expression, isOptional: Bool, _ ofDocument: Bool
  ) -> NativeGenerator? {
    if let single = expression(target, ofDocument: ofDocument) {
      return .iterate(single, isOptional: isOptional)
    }
    return generator(target, ofDocument: ofDocument).map {
      .pipe($0, .iterate(.input, isOptional: isOptional))
    }
  }

  /// `a[].b`: a step into each of what the target gives.
  private mutating func step(_ expression: Expression, _ ofDocument: Bool) -> NativeGenerator? {
    let (target, step): (Expression, Node)
    switch expression.node {
    case .field(let inner, let key): (target, step) = (inner, .field(Expression(.identity), key))
    case .index(let inner, let index): (target, step) = (inner, .index(Expression(.identity), index))
    default: return nil
    }
    guard let values = generator(target, ofDocument: ofDocument),
      let taken = self.expression(Expression(step), ofDocument: false)
    else { return nil }
    return .pipe(values, .single(taken))
  }

  private func pair(
    _ first: NativeGenerator?, _ second: NativeGenerator?,
    _ make: (NativeGenerator, NativeGenerator) -> NativeGenerator
  ) -> NativeGenerator? {
    guard let first, let second else { return nil }
    return make(first, second)
  }

  private mutating func input(_ ofDocument: Bool) -> NativeExpression {
    expression(Expression(.identity), ofDocument: ofDocument) ?? .input
  }

  private static func function(_ name: String, _ arguments: [Expression]) -> NativeFunction? {
    switch (name, arguments.count) {
    case ("not", 0): .not
    case ("length", 0): .length
    case ("type", 0): .type
    case ("tostring", 0): .tostring
    case ("ascii_downcase", 0): .downcase
    case ("ascii_upcase", 0): .upcase
    case ("split", 1): text(arguments[0]).map { .split($0) }
    case ("join", 1): constant(arguments[0]).map { .join(ConstantText($0)) }
    case ("startswith", 1): text(arguments[0]).map { .startswith($0) }
    case ("endswith", 1): text(arguments[0]).map { .endswith($0) }
    case ("ltrimstr", 1): text(arguments[0]).map { .ltrimstr($0) }
    case ("rtrimstr", 1): text(arguments[0]).map { .rtrimstr($0) }
    case ("add", 0): .add
    case ("fromdate", 0), ("fromdateiso8601", 0): .fromdate
    case ("todate", 0), ("todateiso8601", 0): .strftime(ConstantText("%Y-%m-%dT%H:%M:%SZ"))
    case ("strftime", 1): text(arguments[0]).map { .strftime($0) }
    case ("has", 1): constant(arguments[0]).map { .has($0) }
    default: nil
    }
  }

  /// The types of the values that a function of this name lets through.
  private static func kinds(_ name: String) -> [JSONKind]? {
    switch name {
    case "objects": [.object]
    case "arrays": [.array]
    case "strings": [.string]
    case "numbers": [.number]
    case "booleans": [.boolean]
    case "nulls": [.null]
    case "values": [.boolean, .number, .string, .array, .object]
    case "scalars": [.null, .boolean, .number, .string]
    case "iterables": [.array, .object]
    default: nil
    }
  }

  private static func text(_ expression: Expression) -> ConstantText? {
    constant(expression).flatMap { $0.isEmpty ? nil : ConstantText($0) }
  }

  private static func constant(_ expression: Expression) -> String? {
    switch expression.node {
    case .parenthesized(let inner): constant(inner)
    case .string(let template) where template.format == nil:
      template.constant.flatMap { $0.utf8.contains(0) ? nil : $0 }
    default: nil
    }
  }
}
