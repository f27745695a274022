import RawJSON

/// Runs an ``InterpretedProgram`` on one document after another, compiling it when it is first needed. It
/// belongs to one thread.
struct InterpretedRun: ~Copyable {
  private let program: InterpretedProgram
  private let order: JQBatch.Order
  private let environment: JQEnvironment
  private var compiled: JQBatch?
  private var hasBegun = false
  /// The number of the expression that ``next()`` runs.
  private(set) var position = 0

  init(_ program: InterpretedProgram, _ order: JQBatch.Order, _ environment: JQEnvironment) {
    self.program = program
    self.order = order
    self.environment = environment
  }

  /// The expressions that libjq does not compile, by their numbers.
  mutating func rejections() -> JQBatch.Rejections {
    batch().rejections
  }

  /// Begins with the document in which `matches` of `tree` were found, unless it has begun with it already.
  mutating func begin(_ document: JSONScanner, _ matches: borrowing PathMatches, _ tree: PathTree) {
    guard !hasBegun, let cut = program.cut else { return }
    hasBegun = true
    position = 0
    batch().start(cut.value(document, matches, tree), bytes: cut.bytes(matches, tree))
  }

  /// What the next expression comes to, of those that are run in turn.
  mutating func next() -> JQOutcome {
    position += 1
    return batch().next()
  }

  /// What the expression of that number comes to, of those that are run on demand.
  mutating func outcome(of number: Int) -> JQOutcome {
    batch().outcome(of: number)
  }

  /// Drops what the run on the current document still holds.
  mutating func stop() {
    guard hasBegun else { return }
    hasBegun = false
    compiled?.stop()
  }

  private mutating func batch() -> JQBatch {
    if let compiled { return compiled }
    let batch = JQBatch(program.expressions, order, environment: environment)
    compiled = batch
    return batch
  }
}
