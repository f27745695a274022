extension ReadCollector {
  /// `f`, `f(a; b)`
  mutating func call(
    _ name: String, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    guard let known = context.scope.function(name, arguments.count) else {
      if let output = try builtin(Builtin(name, arguments), input, context) { return output }
      return try opaqueCall(name, arguments, input, context)
    }
    switch known.entry {
    case .function(let definition):
      let scope = try parameters(definition, arguments, known, input, context)
      return try evaluate(definition.body, input, context.with(scope))
    case .argument(_, let argument, let scope):
      return try evaluate(argument, input, context.with(scope))
    case .variable: throw Uncertain()
    }
  }

  /// The scope of a function's body. A recursive one is followed until it is too deep.
  private mutating func parameters(
    _ definition: FunctionDefinition, _ arguments: [Expression], _ known: Scope, _ input: AbstractValue,
    _ context: Context
  ) throws(Uncertain) -> Scope {
    var scope = known
    for (parameter, argument) in zip(definition.parameters, arguments) {
      switch parameter {
      case .filter(let name):
        scope = Scope(.argument(name, argument, context.scope), in: scope)
      case .value(let name):
        let value = try evaluate(argument, input, context)
        scope = Scope(.variable(name, value), in: Scope(.argument(name, argument, context.scope), in: scope))
      }
    }
    return scope
  }

  /// A call of which nothing is known but that it sees its input and its arguments: all of both is read.
  private mutating func opaqueCall(
    _ name: String, _ arguments: [Expression], _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    _ = try consume(input)
    var inner = context
    if !Builtin.takingValues.contains(name) { inner.recordsPaths = true }
    for argument in arguments { _ = try consume(try evaluate(argument, .opaque, inner)) }
    return .opaque
  }
}
