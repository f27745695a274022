extension ReadCollector {
  /// `f`, `f(a; b)`
  mutating func call(
    _ name: String, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    let signature = Signature(name, arguments.count)
    switch context.names.functions[signature] {
    case .definition(let definition, var names):
      names.define(signature, as: .definition(definition, names))
      try pass(arguments, to: definition, &names, input, context)
      return try evaluate(definition.body, input, context.with(names))
    case .argument(let argument, let names):
      return try evaluate(argument, input, context.with(names))
    case nil:
      let builtin = Builtins[signature]
      if let reads = builtin?.reads, let output = try output(reads, arguments, input, context) {
        return output
      }
      return try opaqueCall(builtin, arguments, input, context)
    }
  }

  /// Puts what a function is called with into the names that its body knows. A recursive function is followed
  /// until it is too deep.
  private mutating func pass(
    _ arguments: [Expression], to definition: FunctionDefinition, _ names: inout Names,
    _ input: AbstractValue,
    _ context: Context
  ) throws(Uncertain) {
    for (parameter, argument) in zip(definition.parameters, arguments) {
      names.define(parameter.signature, as: .argument(argument, context.names))
      if case .value(let name) = parameter { names.bind(name, to: try evaluate(argument, input, context)) }
    }
  }

  /// A call of which nothing is known but that it sees its input and its arguments: all of both is read.
  private mutating func opaqueCall(
    _ builtin: Builtin?, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    _ = try consume(input)
    var inner = context
    if builtin?.arguments != .values { inner.recordsPaths = true }
    for argument in arguments { _ = try consume(try evaluate(argument, .opaque, inner)) }
    return .opaque
  }
}

// What builtins read.
extension ReadCollector {
  /// What a builtin gives; nil where these arguments make it an opaque call.
  private mutating func output(
    _ reading: Builtin.Reading, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue? {
    switch reading {
    case .nothing(let output):
      try consume(arguments, input, context)
      return output
    case .kind:
      testKind(input)
      return .scalar
    case .filter:
      testKind(input)
      return input
    case .shape(let output):
      _ = elements(of: input)
      return output
    case .element: return elements(of: input)
    case .elementAtConstant:
      return arguments.allSatisfy(\.isConstantNumber) ? elements(of: input) : nil
    case .outputs:
      guard let generator = arguments.last else { return nil }
      try consume(arguments.dropLast(), input, context)
      return try evaluate(generator, input, context)
    case .select:
      for condition in arguments { testKind(try evaluate(condition, input, context)) }
      return input
    case .member, .isEmpty, .test: return try verdict(reading, arguments, input, context)
    case .map, .mapValues, .entries, .withEntries, .toArray, .arrangement:
      return try collection(reading, arguments, input, context)
    }
  }

  /// Builtins that give true or false.
  private mutating func verdict(
    _ reading: Builtin.Reading, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch reading {
    case .member:
      if let key = arguments.first?.constantText {
        _ = member(key, of: input)
      } else {
        try consume(arguments, input, context)
        _ = elements(of: input)
      }
    case .isEmpty:
      for expression in arguments { _ = try evaluate(expression, input, context) }
    case .test:
      var value = arguments.count < 2 ? elements(of: input) : input
      for argument in arguments { value = try evaluate(argument, value, context) }
      testKind(value)
    default: throw Uncertain()
    }
    return .scalar
  }

  /// Builtins that give the input's elements again, or what is made of each.
  private mutating func collection(
    _ reading: Builtin.Reading, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    let argument = arguments.first ?? Expression(.identity)
    switch reading {
    case .map:
      return .array(of: try evaluate(argument, elements(of: input), context))
    case .mapValues:
      let values = try evaluate(argument, elements(of: input), context)
      return AbstractValue(containers: [.arrays, .objects], rest: [values])
    case .entries:
      return .array(of: entry(of: input))
    case .withEntries:
      return try consume(try evaluate(argument, entry(of: input), context))
    case .toArray:
      testKind(input)
      return input.union(.array(of: input))
    case .arrangement(let depth):
      return try arrangement(depth, arguments, input, context)
    default: throw Uncertain()
    }
  }

  private mutating func entry(of input: AbstractValue) -> AbstractValue {
    AbstractValue(containers: .objects, members: ["key": .scalar, "value": elements(of: input)])
  }

  private mutating func arrangement(
    _ depth: Int, _ order: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    // The error on an object shows it.
    let mayBeObject = !input.paths.isEmpty || input.containers.contains(.objects)
    let element = elements(of: mayBeObject ? try consume(input) : input)
    try consume(order, element, context)
    return (0..<depth).reduce(element) { value, _ in .array(of: value) }
  }

  /// Reads all that the expressions give.
  private mutating func consume(
    _ expressions: some Sequence<Expression>, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) {
    for expression in expressions { _ = try consume(try evaluate(expression, input, context)) }
  }
}
