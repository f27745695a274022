extension JQExpression {
  /// Whether the expression is seen to end soon and in little memory, whatever its input.
  ///
  /// Nearly all expressions of real mappings are. One that is not may be harmless too; it runs in a
  /// ``Sandbox``, where it cannot do harm if it is not.
  package var isBounded: Bool {
    guard let program, text.utf8.count <= 20_000 else { return false }
    guard let body = program.body else { return true }
    var judge = BoundednessJudge()
    guard let cost = judge.cost(body) else { return false }
    return cost.iterations <= 3 && cost.copies <= 1000
  }
}

/// What evaluating an expression may take, as a power and a factor of the input's size.
struct EvaluationCost {
  /// How many times the whole input may be gone through within itself: `.[] as $a | .[] as $b | …` is 2.
  var iterations = 0
  /// How many times the input's size the output may have: `[., .]` is 2.
  var copies = 1

  static let constant = EvaluationCost()

  /// The cost of both, of which the output holds both.
  static func + (first: EvaluationCost, second: EvaluationCost) -> EvaluationCost {
    EvaluationCost(
      iterations: first.iterations + second.iterations,
      copies: min(1_000_000, first.copies + second.copies))
  }

  /// The cost of one on the output of the other.
  func then(_ next: EvaluationCost, sharing: Bool) -> EvaluationCost {
    EvaluationCost(
      iterations: sharing ? iterations + next.iterations : max(iterations, next.iterations),
      copies: min(1_000_000, copies * next.copies))
  }

  /// The cost of one or the other.
  func or(_ other: EvaluationCost) -> EvaluationCost {
    EvaluationCost(iterations: max(iterations, other.iterations), copies: max(copies, other.copies))
  }
}

/// Tells what an expression may take; nil for what no bound is seen for.
///
/// Going on into a value, as in `.a[] | .b[]`, passes each part of the input once. Coming back to a
/// variable, or to the input beside it, passes it again for each part.
struct BoundednessJudge {
  /// The functions that the expression defines, by name and arity.
  private var functions: [String: EvaluationCost] = [:]
  /// The names of filters that are parameters of a function; what is passed for them is counted there.
  private var parameters: Set<String> = []

  mutating func cost(_ expression: Expression) -> EvaluationCost? {
    switch expression.node {
    case .identity, .number, .null, .true, .false, .variable, .location, .breakOut, .format:
      return .constant
    case .recurse: return EvaluationCost(iterations: 1, copies: 2)
    case .string(let template): return cost(of: template)
    case .field(let target, _), .optional(let target), .negate(let target), .parenthesized(let target),
      .label(_, let target), .array(let target?):
      return cost(target)
    case .array(nil): return .constant
    case .iterate(let target):
      return cost(target).map { $0.or(EvaluationCost(iterations: 1)) }
    case .index(let target, let index): return sum([target, index])
    case .slice(let target, let first, let last): return sum([target, first, last].compactMap { $0 })
    case .object(let entries): return cost(of: entries)
    case .pipe(let first, let second): return pipe(first, second)
    case .comma(let first, let second):
      return either([first, second]).map { $0.then(EvaluationCost(copies: 2), sharing: false) }
    case .binary(let symbol, let first, let second): return binary(symbol, first, second)
    case .update(_, let target, let value): return update(target, value)
    case .bind(let source, let patterns, let body): return bind(source, patterns, body)
    case .reduce(let source, let patterns, let initial, let update):
      return reduce(source, patterns, initial, update)
    case .foreach: return nil
    case .conditional(let branches, let otherwise):
      return either(branches.flatMap { [$0.condition, $0.consequence] } + [otherwise].compactMap { $0 })
    case .tryCatch(let body, let handler): return either([body, handler].compactMap { $0 })
    case .definition(let definition, let body): return define(definition, body)
    case .call(let name, let arguments): return call(name, arguments)
    }
  }

  private mutating func sum(_ expressions: [Expression]) -> EvaluationCost? {
    var total = EvaluationCost(copies: 0)
    for expression in expressions {
      guard let cost = cost(expression) else { return nil }
      total = total + cost
    }
    return EvaluationCost(iterations: total.iterations, copies: max(1, total.copies))
  }

  private mutating func either(_ expressions: [Expression]) -> EvaluationCost? {
    var worst = EvaluationCost.constant
    for expression in expressions {
      guard let cost = cost(expression) else { return nil }
      worst = worst.or(cost)
    }
    return worst
  }

  private mutating func cost(of template: StringTemplate) -> EvaluationCost? {
    sum(
      template.parts.compactMap { part in
        if case .interpolation(let value) = part { value } else { nil }
      })
  }

  private mutating func cost(of entries: [ObjectEntry]) -> EvaluationCost? {
    var expressions: [Expression] = []
    for entry in entries {
      switch entry.key {
      case .computed(let key): expressions.append(key)
      case .string(let template): expressions.append(Expression(.string(template)))
      case .name, .variable, .location: break
      }
      expressions += [entry.value].compactMap { $0 }
    }
    return sum(expressions)
  }

  private mutating func pipe(_ first: Expression, _ second: Expression) -> EvaluationCost? {
    guard let left = cost(first), let right = cost(second) else { return nil }
    return left.then(right, sharing: second.contains { if case .variable = $0.node { true } else { false } })
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ first: Expression, _ second: Expression
  ) -> EvaluationCost? {
    if symbol == .alternative || symbol == .and || symbol == .or { return either([first, second]) }
    guard let sum = sum([first, second]) else { return nil }
    guard symbol == .multiply else { return sum }
    // A number repeats a text: only a small one that stands there is no danger.
    guard let factor = [first, second].compactMap(\.smallNumber).first else { return nil }
    return sum.then(EvaluationCost(copies: max(1, factor)), sharing: false)
  }

  private mutating func bind(
    _ source: Expression, _ patterns: [Pattern], _ body: Expression
  ) -> EvaluationCost? {
    guard patterns.count == 1, let keys = either(patterns.flatMap(\.keyExpressions)) else { return nil }
    guard let source = cost(source), let body = cost(body) else { return nil }
    return source.or(keys).then(body, sharing: true)
  }

  /// A state that only grows by what does not hold it grows with the source.
  private mutating func reduce(
    _ source: Expression, _ patterns: [Pattern], _ initial: Expression, _ update: Expression
  ) -> EvaluationCost? {
    guard patterns.count == 1, update.growsByOthersOnly else { return nil }
    return sum([source, initial, update])
  }

  /// An update at places that stand there. A computed position may be a thousand million.
  private mutating func update(_ target: Expression, _ value: Expression) -> EvaluationCost? {
    target.isFixedPlace ? sum([target, value]) : nil
  }

  private mutating func define(_ definition: FunctionDefinition, _ body: Expression) -> EvaluationCost? {
    let key = "\(definition.name)/\(definition.parameters.count)"
    let isRecursive = definition.body.calledFunctions.contains(key)
    guard !isRecursive, functions.count < 20 else { return nil }
    let outer = parameters
    for case .filter(let name) in definition.parameters { parameters.insert(name) }
    guard let cost = cost(definition.body) else { return nil }
    parameters = outer
    functions[key] = cost
    return self.cost(body)
  }

  private mutating func call(_ name: String, _ arguments: [Expression]) -> EvaluationCost? {
    if arguments.isEmpty, parameters.contains(name) { return .constant }
    let key = "\(name)/\(arguments.count)"
    if let own = functions[key] {
      guard let passed = sum(arguments) else { return nil }
      return own.then(passed, sharing: true)
    }
    guard let builtin = BuiltinCosts.cost(key, arguments) else { return nil }
    guard let passed = sum(arguments) else { return nil }
    return EvaluationCost(
      iterations: max(builtin.iterations, passed.iterations + (builtin.runsArguments ? 1 : 0)),
      copies: min(1_000_000, max(1, passed.copies) * builtin.copies))
  }
}
