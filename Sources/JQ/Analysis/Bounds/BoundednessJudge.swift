extension JQExpression {
  /// Whether the expression is seen to end soon and in little memory on inputs of the usual sizes.
  ///
  /// Nearly all expressions of real mappings are. One that is not may be harmless too; it runs in a
  /// ``Sandbox``, where it cannot do harm if it is not. One that is runs there for inputs that its
  /// ``Allowance`` does not admit.
  package var isBounded: Bool {
    cost?.isSmall ?? false
  }

  /// What evaluating it may take; nil where no bound is seen.
  var cost: EvaluationCost? {
    guard let program, text.utf8.count <= 20_000 else { return nil }
    guard let body = program.body else { return .constant }
    var judge = BoundednessJudge()
    return judge.cost(body)
  }
}

/// Tells what an expression may take; nil for what no bound is seen for.
struct BoundednessJudge {
  /// What a name means in the judge's scope.
  enum Function: Sendable {
    /// A definition, and the names that are known before it.
    case defined(FunctionDefinition, Scope<Function, Void>)
    /// What was passed for a parameter.
    case passed(EvaluationCost?)
    /// A function inside its own body.
    case recursive
  }

  private(set) var scope = Scope<Function, Void>()
  /// Every call judges its function's body anew, so a short text can ask for endless judging.
  private var visits = 0
  private var depth = 0

  mutating func cost(_ expression: Expression) -> EvaluationCost? {
    visits += 1
    depth += 1
    defer { depth -= 1 }
    guard visits <= 5000, depth <= 2 * Parser.maximumDepth else { return nil }
    return cost(expression.node)
  }

  private mutating func cost(_ node: Node) -> EvaluationCost? {
    switch node {
    case .identity, .number, .null, .true, .false, .location, .breakOut: return .constant
    case .variable(let name): return EvaluationCost(variables: [name], givesVariables: true)
    case .recurse: return .visit
    // Each character can become five or six: `&quot;`, `\u0000`.
    case .format: return .pass.multiplied(by: 6)
    case .string(let template):
      let values = template.interpolations
      return values.isEmpty ? .constant : crossed(values)?.multiplied(by: 6)
    case .field(let target, _), .optional(let target), .negate(let target), .parenthesized(let target),
      .label(_, let target):
      return cost(target)
    case .array(let content): return content.map { cost($0)?.collected } ?? .constant
    case .iterate(let target): return cost(target)?.then(.elements)
    case .index(let target, let index): return part(of: target, at: [index])
    case .slice(let target, let first, let last):
      return slice(target, [first, last].compactMap { $0 })
    case .object(let entries): return crossed(entries.flatMap(\.expressions))
    default: return costOfOperator(node)
    }
  }

  private mutating func costOfOperator(_ node: Node) -> EvaluationCost? {
    switch node {
    case .pipe(let first, let second):
      guard let first = cost(first), let second = cost(second) else { return nil }
      return first.then(second)
    case .comma(let first, let second):
      guard let first = cost(first), let second = cost(second) else { return nil }
      return first.followed(by: second)
    case .binary(let symbol, let first, let second): return binary(symbol, first, second)
    case .update(let symbol, let target, let value): return update(symbol, target, value)
    case .bind(let source, let patterns, let body): return bind(source, patterns, body)
    case .reduce(let source, let patterns, let initial, let update):
      return reduce(source, patterns, initial, update)
    case .conditional(let branches, let otherwise): return conditional(branches, otherwise)
    case .tryCatch(let body, let handler): return either([body, handler].compactMap { $0 })
    case .definition(let definition, let body): return define(definition, body)
    case .call(let name, let arguments): return call(name, arguments)
    default: return nil
    }
  }

  private mutating func part(of target: Expression, at positions: [Expression]) -> EvaluationCost? {
    guard let whole = cost(target), let positions = crossed(positions) else { return nil }
    return whole.crossed(with: positions.givingNothingNew).limited(to: whole)
  }

  /// A text's characters are counted from its start, for each part that is taken.
  private mutating func slice(_ target: Expression, _ bounds: [Expression]) -> EvaluationCost? {
    guard let whole = cost(target)?.working(2), let bounds = crossed(bounds) else { return nil }
    return whole.crossed(with: bounds.givingNothingNew).limited(to: whole)
  }

  /// The cost of expressions whose outputs meet, each with each other.
  mutating func crossed(_ expressions: [Expression]) -> EvaluationCost? {
    var total: EvaluationCost?
    for expression in expressions {
      guard let cost = cost(expression) else { return nil }
      total = total?.crossed(with: cost) ?? cost
    }
    return total ?? .constant
  }

  private mutating func either(_ expressions: [Expression]) -> EvaluationCost? {
    var worst = EvaluationCost.constant
    for expression in expressions {
      guard let cost = cost(expression) else { return nil }
      worst = worst.or(cost)
    }
    return worst
  }

  private mutating func conditional(_ branches: [Branch], _ otherwise: Expression?) -> EvaluationCost? {
    var total = EvaluationCost.constant
    if let otherwise {
      guard let last = cost(otherwise) else { return nil }
      total = last
    }
    for branch in branches.reversed() {
      guard let condition = cost(branch.condition), let consequence = cost(branch.consequence) else {
        return nil
      }
      total = total.or(consequence)
      let tested = condition.givingNothingNew
      total = condition.isSingle ? total.or(tested) : tested.crossed(with: total)
    }
    return total
  }

  private mutating func binary(
    _ symbol: BinaryOperator, _ first: Expression, _ second: Expression
  ) -> EvaluationCost? {
    if symbol == .alternative { return either([first, second]) }
    guard let one = cost(first), let other = cost(second) else { return nil }
    let cost = one.crossed(with: other)
    switch symbol {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return comparison(cost, one, other, isShort: first.isConstant || second.isConstant).givingNothingNew
    case .and, .or: return cost.givingNothingNew
    case .subtract:
      // Each element of the one list is compared with each of the other.
      if second.isConstant || givesNumber(first) || givesNumber(second) { return cost }
      return cost.working(4, 2)
    case .multiply: return repetitions(first, times: second).map(cost.multiplied)
    default: return cost
    }
  }

  /// Comparing takes no longer than the smaller one is: that of both which is not out of a variable.
  private func comparison(
    _ cost: EvaluationCost, _ one: EvaluationCost, _ other: EvaluationCost, isShort: Bool
  ) -> EvaluationCost {
    guard !isShort else { return cost }
    var compared = cost
    compared.work =
      compared.work + Growth(factor: 4, power: max(one.size, other.size, one.outputs + other.outputs))
    compared.worksOnVariables =
      cost.worksOnVariables || (!one.variables.isEmpty && !other.variables.isEmpty)
    return compared
  }

  /// libjq 1.6 copies the whole at each place that it updates.
  private var copying: Double { 4 }

  /// An update at places that are written there; a computed position may be a thousand million.
  private mutating func update(
    _ symbol: UpdateOperator, _ target: Expression, _ value: Expression
  ) -> EvaluationCost? {
    guard isFixedPlace(target), let places = cost(target), var result = cost(value) else { return nil }
    switch symbol {
    case .modify:
      // A place inside another one is updated again, with what the first update has made of it.
      let isOnce = !namesPlacesTwice(target)
      guard isOnce || (result.copies == 1 && result.size <= 1) else { return nil }
      return EvaluationCost.constant.followed(by: places.then(result)).collected
        .working(copying, places.outputs == 0 ? 1 : 2)
    case .multiply:
      guard !namesPlacesTwice(target), let factor = repetitions(target, times: value) else {
        return nil
      }
      result = result.multiplied(by: factor)
    default: break
    }
    let isSingle = result.isSingle
    var cost = EvaluationCost.constant.crossed(with: places.collected).crossed(with: result)
    cost = cost.working(copying, places.outputs == 0 ? 1 : 2)
    cost.size = min(20, max(cost.size, places.outputs + result.size))
    cost.isSingle = isSingle
    return cost
  }

  private mutating func bind(
    _ source: Expression, _ patterns: [Pattern], _ body: Expression
  ) -> EvaluationCost? {
    guard patterns.count == 1, let pattern = patterns.first,
      let source = crossed([source] + pattern.keyExpressions), let body = cost(body)
    else { return nil }
    return source.bound(to: Set(pattern.variables), in: body)
  }

  /// A state that only grows by what does not hold it grows with the source.
  private mutating func reduce(
    _ source: Expression, _ patterns: [Pattern], _ initial: Expression, _ update: Expression
  ) -> EvaluationCost? {
    guard patterns.count == 1, let pattern = patterns.first,
      growsByOthersOnly(update) || (initial.isObject && addsToObject(update)),
      let source = crossed([source] + pattern.keyExpressions), let initial = cost(initial),
      let step = addition(update)
    else { return nil }
    var state = source.bound(to: Set(pattern.variables), in: step).collected
    if update.contains(\.isUpdate) { state = state.working(4, 2) }
    state = state.or(initial).multiplied(by: 2)
    state.isSingle = initial.isSingle
    return state.then(EvaluationCost(time: step.time == 0 ? 0 : 1))
  }

  /// The cost of a step of `reduce`: of an addition to the state it is that of what is added.
  private mutating func addition(_ update: Expression) -> EvaluationCost? {
    if case .update(_, let target, let value) = update.node {
      guard case .index(_, let index) = target.node else { return cost(value) }
      return crossed([index, value])
    }
    if case .pipe(let first, let second) = update.node {
      guard let first = addition(first), let second = addition(second) else { return nil }
      return first.crossed(with: second)
    }
    return cost(update)
  }

  private mutating func define(_ definition: FunctionDefinition, _ body: Expression) -> EvaluationCost? {
    let outer = scope
    defer { scope = outer }
    scope.define(definition.signature, as: .defined(definition, outer))
    return cost(body)
  }

  private mutating func call(_ name: String, _ arguments: [Expression]) -> EvaluationCost? {
    switch scope.functions[Signature(name, arguments.count)] {
    case .recursive: return nil
    case .passed(let cost): return cost
    case .defined(let definition, let names): return call(definition, names, arguments)
    case nil: return builtin(name, arguments).flatMap { cost(of: $0, arguments) }
    }
  }

  private mutating func call(
    _ definition: FunctionDefinition, _ names: Scope<Function, Void>, _ arguments: [Expression]
  ) -> EvaluationCost? {
    var inside = names
    inside.define(definition.signature, as: .recursive)
    var values = EvaluationCost.constant
    var valueNames: Set<String> = []
    for (parameter, argument) in zip(definition.parameters, arguments) {
      var passed = cost(argument)
      if passed?.variables.isEmpty == false { passed?.variables = [EvaluationCost.elsewhere] }
      switch parameter {
      case .filter: inside.define(parameter.signature, as: .passed(passed))
      case .value(let name):
        guard let passed else { return nil }
        values = values.crossed(with: passed)
        valueNames.insert(name)
        let value = EvaluationCost(variables: [name], givesVariables: true)
        inside.define(parameter.signature, as: .passed(value))
      }
    }
    let outer = scope
    scope = inside
    defer { scope = outer }
    guard let body = cost(definition.body) else { return nil }
    return valueNames.isEmpty ? body : values.bound(to: valueNames, in: body)
  }
}
