/// What evaluating an expression may take at most, as powers of its input's size.
///
/// The size counts characters and elements; a variable counts as being as large as the input.
struct EvaluationCost: Sendable {
  /// The power that the time grows with: 1 to pass the input once, 2 for each element with each other.
  var time = 0
  /// The power that the number of outputs grows with; 0 for a fixed number.
  var outputs = 0
  /// The power that the size of all outputs together grows with.
  var size = 1
  /// How many times that size they may have: 2 for `[., .]`.
  var copies = 1
  /// Whether there is never more than one output.
  var isSingle = true
  /// The variables that it looks back to. What it makes of a small input can be as large as they are.
  var variables: Set<String> = []
  /// Whether the outputs can hold what the variables hold. `select(. == $x)` only compares with it.
  var givesVariables = false
  /// What searches, comparisons and copies inside of functions take besides, in nanoseconds for the bytes.
  var work = Growth.none
  /// Whether that work is done on what variables hold.
  var worksOnVariables = false
  /// Whether a text is made into as many values as it has characters: `explode`.
  var breaksTexts = false

  /// The cost of what neither looks far nor makes much.
  static let constant = EvaluationCost()
  /// `.[]`
  static let elements = EvaluationCost(time: 1, outputs: 1, isSingle: false)
  /// `paths`: what is deep inside is part of everything that it is inside of.
  static let everything = EvaluationCost(time: 2, outputs: 1, size: 2, isSingle: false)
  /// `..` by itself: each value once.
  static let visit = EvaluationCost(time: 1, outputs: 1, size: 2, isSingle: false)
  /// A builtin that passes its input once.
  static let pass = EvaluationCost(time: 1)

  /// Stands for variables of another place, which no `as` of this one binds.
  static let elsewhere = "(elsewhere)"

  private static let most = 1_000_000

  /// Whether an expression of this cost ends soon and in little memory on inputs of the usual sizes.
  ///
  /// Each element with each other one is what a join of two lists takes. The factor counts as often as
  /// the power says.
  var isSmall: Bool {
    time <= 2 && size <= 2 && copies <= 1000 && Self.power(copies, max(time, size)) <= 5000
  }

  private static func power(_ base: Int, _ exponent: Int) -> Int {
    var result = 1
    for _ in 0..<min(exponent, 20) { result = min(most, result * base) }
    return result
  }

  /// The cost of `self | next`: the next one passes what this one gives; variables it passes for each.
  func then(_ next: EvaluationCost) -> EvaluationCost {
    let passes = next.variables.isEmpty ? 0 : outputs
    var cost = joined(with: next)
    cost.time = min(20, max(time, passes + size * next.time))
    cost.outputs = min(20, max(outputs, next.outputs == 0 ? 0 : passes + size * next.outputs))
    cost.size = min(
      20, max(outputs, (next.givesVariables || next.outputs > 0 ? passes : 0) + size * next.size))
    cost.copies = min(Self.most, Self.power(copies, max(1, next.size)) * next.copies)
    cost.isSingle = isSingle && next.isSingle
    cost.work =
      work
      + next.work.of(copies: copies, power: size).repeated(
        power: next.worksOnVariables && next.work.factor > 0 ? outputs : 0)
    return cost
  }

  /// What is true of two that come together, however they do.
  private func joined(with other: EvaluationCost) -> EvaluationCost {
    EvaluationCost(
      variables: variables.union(other.variables), givesVariables: givesVariables || other.givesVariables,
      work: work + other.work,
      worksOnVariables: worksOnVariables || other.worksOnVariables
        || (givesVariables && other.work.factor > 0),
      breaksTexts: breaksTexts || other.breaksTexts)
  }

  /// The cost of `self as $x | body`, where the patterns bind `names`.
  func bound(to names: Set<String>, in body: EvaluationCost) -> EvaluationCost {
    var inside = body
    inside.variables.insert(Self.elsewhere)
    inside.worksOnVariables = true
    var cost = then(inside)
    cost.variables = variables.union(body.variables.subtracting(names))
    return cost
  }

  /// The cost of two whose outputs meet, each with each other: `self + other`, `[self, other]` as a pair.
  func crossed(with other: EvaluationCost) -> EvaluationCost {
    var cost = joined(with: other)
    cost.time = min(20, max(time + other.outputs, other.time + outputs))
    cost.outputs = min(20, outputs + other.outputs)
    cost.size = min(20, max(size + other.outputs, other.size + outputs))
    cost.copies = min(
      Self.most, isSingle && other.isSingle ? copies + other.copies : 2 * copies * other.copies)
    cost.isSingle = isSingle && other.isSingle
    cost.work = work.repeated(power: other.outputs) + other.work.repeated(power: outputs)
    return cost
  }

  /// The cost of `self, other`.
  func followed(by other: EvaluationCost) -> EvaluationCost {
    var cost = or(other)
    cost.copies = min(Self.most, copies + other.copies)
    cost.isSingle = false
    return cost
  }

  /// The cost of one or the other.
  func or(_ other: EvaluationCost) -> EvaluationCost {
    var cost = joined(with: other)
    cost.time = max(time, other.time)
    cost.outputs = max(outputs, other.outputs)
    cost.size = max(size, other.size)
    cost.copies = max(copies, other.copies)
    cost.isSingle = isSingle && other.isSingle
    return cost
  }

  /// The cost of `[self]`.
  var collected: EvaluationCost {
    var cost = self
    cost.time = max(time, outputs)
    cost.outputs = 0
    cost.isSingle = true
    return cost
  }

  /// The cost where each output is true or false, or the input or a part of it.
  var givingNothingNew: EvaluationCost {
    var cost = self
    cost.givesVariables = false
    if isSingle {
      cost.size = 1
      cost.copies = 1
    }
    return cost
  }

  /// The cost where one output is no larger than that of `whole`.
  func limited(to whole: EvaluationCost) -> EvaluationCost {
    var cost = self
    if isSingle { cost.copies = whole.copies }
    cost.givesVariables = whole.givesVariables
    return cost
  }

  /// With its outputs so many times as large.
  func multiplied(by factor: Int) -> EvaluationCost {
    var cost = self
    cost.copies = min(Self.most, copies * max(1, min(factor, Self.most)))
    return cost
  }

  /// With so much more work inside of it, done on its input.
  func worked(_ more: Growth) -> EvaluationCost {
    var cost = self
    cost.work = work + more
    return cost
  }

  /// With so much more work inside of it, done on its outputs.
  func working(_ factor: Double, _ power: Int = 1) -> EvaluationCost {
    then(EvaluationCost(work: Growth(factor: factor, power: power)))
  }
}
