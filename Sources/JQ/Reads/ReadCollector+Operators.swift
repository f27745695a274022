extension ReadCollector {
  /// `-e`, `a | b`, `a, b`, `a + b`, `a |= b`
  mutating func operation(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .pipe(let first, let second):
      return try evaluate(second, try evaluate(first, input, context), context)
    case .comma(let first, let second):
      return try evaluate(first, input, context).union(try evaluate(second, input, context))
    case .negate(let operand):
      _ = try consume(try evaluate(operand, input, context))
      return .scalar
    case .binary(let symbol, let left, let right):
      let left = try evaluate(left, input, context)
      return try binary(symbol, left, try evaluate(right, input, context))
    case .update(_, let target, let change):
      return try update(target, change, input, context)
    default: throw Uncertain()
    }
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ left: AbstractValue, _ right: AbstractValue
  ) throws(Uncertain) -> AbstractValue {
    switch symbol {
    case .and, .or:
      testKind(left)
      testKind(right)
      return .scalar
    case .alternative:
      testKind(left)
      return left.union(right)
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return try comparison(left, right)
    case .add, .subtract, .multiply, .divide, .modulo:
      // An operation that fails shows both values. Of two strings, `/` makes an array.
      _ = try consume(left)
      _ = try consume(right)
      return .opaque
    }
  }

  /// Values of different types are ordered by their types, so against a scalar a container's content
  /// does not count.
  private mutating func comparison(
    _ left: AbstractValue, _ right: AbstractValue
  ) throws(Uncertain) -> AbstractValue {
    for side in [left, right] {
      if left.isScalar || right.isScalar { testKind(side) } else { _ = try consume(side) }
    }
    return .scalar
  }

  /// All of the input flows out of an update.
  private mutating func update(
    _ target: Expression, _ change: Expression, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    _ = try consume(input)
    let paths = Context(scope: context.scope, recordsPaths: true)
    _ = try consume(try evaluate(target, .opaque, paths))
    _ = try consume(try evaluate(change, .opaque, context))
    return .opaque
  }
}
