extension ReadCollector {
  /// `e as $x | f`, `reduce`, `foreach`, `if`, `try`
  mutating func control(
    _ node: Node, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    switch node {
    case .bind(let source, let patterns, let body):
      return try evaluate(body, input, try bind(source, patterns, input, context))
    case .reduce(let source, let patterns, let initial, let update):
      let inner = try bind(source, patterns, input, context)
      return try fold(try evaluate(initial, input, context), update, inner)
    case .foreach(let source, let patterns, let initial, let update, let extract):
      let inner = try bind(source, patterns, input, context)
      let states = try fold(try evaluate(initial, input, context), update, inner)
      guard let extract else { return states }
      return try evaluate(extract, states, inner)
    case .conditional(let branches, let otherwise):
      return try conditional(branches, otherwise, input, context)
    case .tryCatch(let body, let handler):
      let output = try evaluate(body, input, context)
      guard let handler else { return output }
      // What an error holds was read where it was raised.
      return output.union(try evaluate(handler, .opaque, context))
    default: throw Uncertain()
    }
  }

  private mutating func conditional(
    _ branches: [Branch], _ otherwise: Expression?, _ input: AbstractValue, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    var output = try otherwise.map { last throws(Uncertain) in try evaluate(last, input, context) } ?? input
    for branch in branches {
      testKind(try evaluate(branch.condition, input, context))
      output = output.union(try evaluate(branch.consequence, input, context))
    }
    return output
  }

  /// Every state that `update` can lead to from `initial`.
  private mutating func fold(
    _ initial: AbstractValue, _ update: Expression, _ context: Context
  ) throws(Uncertain) -> AbstractValue {
    var state = initial
    for _ in 0..<3 {
      let next = state.union(try evaluate(update, state, context))
      if next == state { return state }
      state = next
    }
    // It grows with each step, as in `reduce … (.; .next)`: all that it can reach is read.
    _ = try consume(state)
    _ = try consume(try evaluate(update, .opaque, context))
    return .opaque
  }
}
