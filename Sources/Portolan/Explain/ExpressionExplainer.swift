import JQ
import RawJSON

/// Explains expressions that have been evaluated on one document.
struct ExpressionExplainer {
  let kind: String
  /// The document: valid, and in place for as long as this is used.
  let document: JSONScanner
  private let view: JSONView
  let evaluator: ExpressionEvaluator
  let environment: JQEnvironment
  private let rejections: [Int: JQCompileError]

  init(
    kind: String, document: JSONScanner, evaluator: ExpressionEvaluator, environment: JQEnvironment
  ) {
    self.kind = kind
    self.document = document
    view = JSONView(copying: document)
    self.evaluator = evaluator
    self.environment = environment
    var compiled = evaluator
    rejections = compiled.rejections
  }

  /// Explains the expression at `place` of the evaluator; part by part where `inSteps` says so.
  func explain(
    _ expression: ConfigExpression, at place: Int, field: String, inSteps: Bool
  ) -> ExpressionExplanation {
    let rejection = rejections[place]
    let hasFailed = evaluator.failure(place) != nil
    // The parts tell which of them raised an error.
    let steps =
      rejection == nil && (inSteps || hasFailed)
      ? StepRunner.steps(of: expression, on: document, environment: environment) : []
    let outcome = outcome(expression, place, rejection, field, steps)
    return ExpressionExplanation(
      field: field, expression: expression.text, location: expression.location, outcome: outcome,
      reads: reads(expression), steps: inSteps ? steps : [])
  }

  private func outcome(
    _ expression: ConfigExpression, _ place: Int, _ rejection: JQCompileError?, _ field: String,
    _ steps: [ExpressionStep]
  ) -> ExpressionOutcome {
    if let rejection { return .rejected(Diagnostic(expression, rejection, field: field, kind: kind)) }
    if evaluator.isNothing(place) { return .nothing }
    if let message = evaluator.failure(place) {
      return .failure(message, at: Self.failing(steps) ?? expression.location)
    }
    return .value(String(decoding: evaluator.json(place, document), as: UTF8.self))
  }

  /// Where the innermost part stands that raised the error first.
  private static func failing(_ steps: [ExpressionStep]) -> SourceLocation? {
    guard let first = steps.firstIndex(where: { $0.failure != nil }) else { return nil }
    var found = steps[first]
    for step in steps[first...].dropFirst() {
      if step.depth <= found.depth { break }
      if step.failure != nil { found = step }
    }
    return found.location
  }

  private func reads(_ expression: ConfigExpression) -> [ReadValue] {
    guard let program = expression.expression.program else { return [] }
    return ReadValues.find(program.reads, in: view)
  }
}
