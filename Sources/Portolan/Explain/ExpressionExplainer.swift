import JQ
import RawJSON

/// Explains expressions that have been evaluated on one document.
struct ExpressionExplainer {
  let kind: String
  /// The document: valid, and in place for as long as this is used.
  let document: JSONScanner
  let evaluator: ExpressionEvaluator
  let environment: JQEnvironment

  /// Explains the expression at `place` of the evaluator; part by part where `inSteps` says so.
  func explain(
    _ expression: ConfigExpression, at place: Int, field: String, inSteps: Bool
  ) -> ExpressionExplanation {
    let rejection = evaluator.rejections[place]
    var hasFailed = false
    if case .failure = evaluator.results[place] { hasFailed = true }
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
    switch evaluator.results[place] {
    case .value: return .value(String(decoding: evaluator.json(place), as: UTF8.self))
    case .nothing: return .nothing
    case .failure(let message):
      return .failure(message, at: Self.failing(steps) ?? expression.location)
    }
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
    return ReadValues.find(program.reads, in: document)
  }
}
