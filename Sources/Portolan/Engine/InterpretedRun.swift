import JQ
import RawJSON

/// Runs an ``InterpretedPlan`` on one document after another, compiling it when it is first needed. It
/// belongs to one thread.
struct InterpretedRun {
  private let expressions: [JQExpression]
  private let cut: BoundCut?
  private let environment: JQEnvironment
  private var compiled: JQBatch?
  /// The next expression on the current document; nil while no document is being run.
  private var next: Int?

  init(_ plan: InterpretedPlan, _ tree: PathTree, _ environment: JQEnvironment) {
    expressions = plan.expressions
    cut = plan.cut(tree)
    self.environment = environment
  }

  /// The expressions that libjq does not compile, by their numbers.
  var rejections: JQBatch.Rejections {
    mutating get { batch().rejections }
  }

  /// What expression `number` gives on `document`. On one document numbers must rise.
  mutating func outcome(
    _ number: Int, _ document: JSONScanner, _ matches: borrowing PathMatches
  ) -> JQOutcome {
    let batch = batch()
    if next == nil {
      batch.start(
        cut?.value(document, matches) ?? JQValue(document, document.skipWhitespace(0)..<document.count))
    }
    for _ in (next ?? 0)..<number { _ = batch.next() }
    next = number + 1
    return batch.next()
  }

  /// Drops what the run on the current document still holds.
  mutating func stop() {
    guard next != nil else { return }
    compiled?.stop()
    next = nil
  }

  private mutating func batch() -> JQBatch {
    if let compiled { return compiled }
    let batch = JQBatch(expressions, environment: environment)
    compiled = batch
    return batch
  }
}
