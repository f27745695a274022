import JQ
import RawJSON

/// Explains expressions that have been evaluated on one document.
struct ExpressionExplainer {
  let kind: String
  /// The config, whose findings say what is wrong with an expression that does not compile.
  let config: PortAppConfig
  /// The document: valid, and in place for as long as this is used.
  let document: JSONScanner
  let environment: JQEnvironment
  let rejections: [Int: JQCompileError]
  let strategies: [EvaluationStrategy]

  /// Explains the expression at `place` of the evaluator, which has evaluated it on the document; part by part
  /// where `inSteps` says so.
  func explain(
    _ expression: ConfigExpression, at place: Int, of evaluator: borrowing Evaluator, field: String,
    inSteps: Bool
  ) -> ExpressionExplanation {
    let rejection = rejections[place]
    let found = evaluator.outcome(of: place)
    let hasFailed = if case .failure = found { true } else { false }
    // The parts tell which of them raised an error.
    let steps =
      rejection == nil && (inSteps || hasFailed)
      ? StepRunner.steps(of: expression, on: document, environment: environment) : []
    let outcome = outcome(expression, found, rejection, field, steps)
    return ExpressionExplanation(
      field: field, expression: expression.text, location: expression.location,
      strategy: strategies[place], outcome: outcome, reads: reads(expression), steps: inSteps ? steps : [])
  }

  private func outcome(
    _ expression: ConfigExpression, _ found: EvaluationOutcome, _ rejection: JQCompileError?,
    _ field: String, _ steps: [ExpressionStep]
  ) -> ExpressionOutcome {
    if let rejection {
      return .rejected(
        config.error(ofExpressionAround: expression.location)
          ?? Diagnostic(expression, rejection, field: field, kind: kind))
    }
    return switch found {
    case .nothing: .nothing
    case .failure(let message): .failure(message, at: Self.failing(steps) ?? expression.location)
    case .value(let json): .value(String(decoding: json, as: UTF8.self))
    }
  }

  /// Where the innermost part is that raised the error first.
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
    return ReadValues.find(program.reads, in: JSONView(copying: document))
  }
}
