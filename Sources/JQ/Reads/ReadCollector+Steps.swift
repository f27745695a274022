extension ReadCollector {
  /// `.a`, `.[e]`, `.[a:b]`, `.[]`
  mutating func step(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .field(let target, let key):
      return member(key, of: try evaluate(target, input, context))
    case .iterate(let target):
      return elements(of: try evaluate(target, input, context))
    case .index(let target, let key):
      if let name = key.constantString { return member(name, of: try evaluate(target, input, context)) }
      if key.isConstantNumber { return elements(of: try evaluate(target, input, context)) }
      try consumeKey(key, input, context)
      return try consume(try evaluate(target, input, context))
    case .slice(let target, let first, let last):
      for bound in [first, last] {
        if let bound { try consumeKey(bound, input, context) }
      }
      return .array(of: elements(of: try evaluate(target, input, context)))
    default: throw Uncertain()
    }
  }

  /// Reads what stands in the brackets of an index: jq records no paths there.
  private mutating func consumeKey(
    _ key: Expression, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) {
    _ = try consume(try evaluate(key, input, Context(scope: context.scope)))
  }

  /// Reads what is put into a string.
  mutating func consume(
    _ template: StringTemplate, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) {
    for part in template.parts {
      if case .interpolation(let inner) = part { _ = try consume(try evaluate(inner, input, context)) }
    }
  }
}

extension Expression {
  /// The text of a string without interpolation, nil for anything else.
  var constantString: String? {
    switch node {
    case .parenthesized(let inner): inner.constantString
    case .string(let template) where template.format == nil: template.constant
    default: nil
    }
  }

  /// Whether it is a number, such as `-1`.
  var isConstantNumber: Bool {
    switch node {
    case .parenthesized(let inner), .negate(let inner): inner.isConstantNumber
    case .number: true
    default: false
    }
  }
}
