extension ReadCollector {
  /// What a builtin gives; nil for no builtin.
  mutating func builtin(
    _ builtin: Builtin?, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue? {
    switch builtin {
    case nil: return nil
    case .ofArguments(let arguments, let output):
      for argument in arguments { _ = try consume(try evaluate(argument, input, context)) }
      return output
    case .ofKind:
      testKind(input)
      return .scalar
    case .byKind:
      testKind(input)
      return input
    case .ofShape(let output):
      _ = elements(of: input)
      return output
    case .has, .hasMember, .isEmpty, .test: return try check(builtin, input, context)
    case .element: return elements(of: input)
    case .outputs(let expression, let count):
      if let count { _ = try consume(try evaluate(count, input, context)) }
      return try evaluate(expression, input, context)
    case .select(let condition):
      testKind(try evaluate(condition, input, context))
      return input
    case .map, .mapValues, .entries, .withEntries, .toArray, .arrangement:
      return try collection(builtin, input, context)
    }
  }

  /// Builtins that give true or false.
  private mutating func check(
    _ builtin: Builtin?, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch builtin {
    case .hasMember(let key):
      _ = member(key, of: input)
    case .has(let key):
      _ = try consume(try evaluate(key, input, context))
      _ = elements(of: input)
    case .isEmpty(let expression):
      _ = try evaluate(expression, input, context)
    case .test(let generator, let condition):
      let tested = try generator.map { all throws(Uncertain) in try evaluate(all, input, context) }
      let value = tested ?? elements(of: input)
      testKind(try condition.map { test throws(Uncertain) in try evaluate(test, value, context) } ?? value)
    default: throw Uncertain()
    }
    return .scalar
  }

  /// Builtins that give the input's elements again, or what is made of each.
  private mutating func collection(
    _ builtin: Builtin?, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch builtin {
    case .map(let expression):
      return .array(of: try evaluate(expression, elements(of: input), context))
    case .mapValues(let expression):
      let values = try evaluate(expression, elements(of: input), context)
      return AbstractValue(containers: [.arrays, .objects], rest: [values])
    case .entries:
      return .array(of: entry(of: input))
    case .withEntries(let expression):
      return try consume(try evaluate(expression, entry(of: input), context))
    case .toArray:
      testKind(input)
      return input.union(.array(of: input))
    case .arrangement(let order, let depth):
      return try arrangement(order, depth, input, context)
    default: throw Uncertain()
    }
  }

  private mutating func entry(of input: AbstractValue) -> AbstractValue {
    AbstractValue(containers: .objects, members: ["key": .scalar, "value": elements(of: input)])
  }

  private mutating func arrangement(
    _ order: Expression?, _ depth: Int, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    // The error on an object shows it.
    let mayBeObject = !input.places.isEmpty || input.containers.contains(.objects)
    let element = elements(of: mayBeObject ? try consume(input) : input)
    if let order { _ = try consume(try evaluate(order, element, context)) }
    return (0..<depth).reduce(element) { value, _ in .array(of: value) }
  }
}
