/// What calls of jq's own functions may take.
extension BoundednessJudge {
  /// The cost of a builtin called with `arguments`; nil where no bound is seen.
  mutating func cost(of builtin: Builtin, _ arguments: [Expression]) -> EvaluationCost? {
    if let search = builtin.search { return cost(of: search, arguments) }
    guard var cost = growth(of: builtin, arguments) else { return nil }
    if builtin.traits.contains(.breaksTexts) { cost.breaksTexts = true }
    guard let work = builtin.work else { return cost }
    return cost.worked(isOnce(builtin, arguments) ? Growth(factor: work.factor, power: 1) : work)
  }

  /// Whether a function that goes through its input for each part of what it is given is given one part only.
  private mutating func isOnce(_ builtin: Builtin, _ arguments: [Expression]) -> Bool {
    if builtin.traits.contains(.pairs) { return arguments.allSatisfy(\.isConstant) }
    guard case .places = builtin.cost else { return false }
    return crossed(arguments)?.outputs == 0
  }

  private mutating func growth(of builtin: Builtin, _ arguments: [Expression]) -> EvaluationCost? {
    switch builtin.cost {
    case nil: return nil
    case .pass: return crossed(arguments)?.givingNothingNew.crossed(with: .pass).limited(to: .pass)
    case .growth(let factor):
      return crossed(arguments)?.givingNothingNew.crossed(with: .pass).limited(to: .pass).multiplied(
        by: factor)
    case .eachElement: return crossed(arguments).map { EvaluationCost.elements.then($0).collected }
    case .choice: return crossed(arguments)?.givingNothingNew.crossed(with: .constant).limited(to: .constant)
    case .outputs: return crossed(arguments)?.crossed(with: .constant)
    case .collection: return crossed(arguments)?.collected
    case .chain: return chain(arguments)?.collected
    case .count: return count(arguments)
    case .everything: return crossed(arguments).map(EvaluationCost.everything.then)
    case .visit: return .visit
    case .descent: return arguments.allSatisfy(\.descends) ? .everything : nil
    case .places:
      guard arguments.allSatisfy(isFixedPlace) else { return nil }
      return crossed(arguments)?.crossed(with: .pass).collected
    case .joining: return join(arguments)
    }
  }

  /// The cost of the arguments, each run on the one before it.
  private mutating func chain(_ arguments: [Expression]) -> EvaluationCost? {
    var total = EvaluationCost.constant
    for argument in arguments {
      guard let next = cost(argument) else { return nil }
      total = total.then(next)
    }
    return total
  }

  /// It counts up to as many whatever it is given.
  private mutating func count(_ bounds: [Expression]) -> EvaluationCost? {
    guard bounds.allSatisfy(isSmallCount), let bounds = crossed(bounds) else { return nil }
    let count = EvaluationCost(
      time: 1, outputs: 1, isSingle: false, variables: [EvaluationCost.elsewhere], givesVariables: true,
      breaksTexts: true)
    return bounds.then(count)
  }

  /// The separator is put between all elements.
  private mutating func join(_ arguments: [Expression]) -> EvaluationCost? {
    guard let separator = arguments.first, let cost = cost(separator) else { return nil }
    let joined = EvaluationCost.elements.then(cost.crossed(with: .constant)).collected
    return joined.limited(to: .pass).multiplied(by: max(6, cost.copies * (separator.textLength + 1)))
  }

  /// Matching can take ages with repetitions inside repetitions, and what is put in for each match
  /// can be as large as a variable.
  private mutating func cost(of search: Builtin.Search, _ arguments: [Expression]) -> EvaluationCost? {
    guard arguments.indices.contains(search.pattern), let text = arguments[search.pattern].constantText
    else { return nil }
    let shape = RegexShape(text)
    guard shape.isHarmless else { return nil }
    if let flags = arguments.dropFirst(search.flags).first {
      let harmless: Set<Character> = ["g", "i", "n", "s"]
      let isHarmless = flags.constantText?.allSatisfy(harmless.contains) ?? (flags.node == .null)
      guard isHarmless else { return nil }
    }
    // A match of one character is an object of a dozen.
    var found = EvaluationCost(time: 1, outputs: 1, copies: 12, isSingle: false, breaksTexts: true)
    found.work = work(of: shape, search)
    switch search.gives {
    case .matches: return found
    case .value: return found.collected
    case .verdict:
      found.breaksTexts = false
      return found.collected
    case .replacement: return replacement(arguments[1], found.work)
    }
  }

  /// A search may begin at each place of a text, and libjq counts a match's characters from the text's start. Of
  /// one that can be empty libjq 1.6 is asked one by one.
  private func work(of shape: RegexShape, _ search: Builtin.Search) -> Growth {
    let choices = Double(shape.choices)
    if case .verdict = search.gives { return Growth(factor: 10 * choices, power: shape.power) }
    return Growth(factor: (shape.canMatchEmpty ? 50 : 15) * choices, power: max(2, shape.power))
  }

  private mutating func replacement(_ expression: Expression, _ work: Growth) -> EvaluationCost? {
    guard let replacement = cost(expression) else { return nil }
    var result = EvaluationCost(time: 1, outputs: 1, copies: 2, work: work, breaksTexts: true).then(
      replacement
    )
    .multiplied(by: expression.textLength + 1)
    // Each output of the replacement is a text of its own.
    result.isSingle = replacement.isSingle
    result.outputs = replacement.outputs
    return result
  }
}
