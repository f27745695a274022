import JQ
import RawJSON

/// Evaluates the parts of an expression on one document.
struct StepRunner {
  private let expression: ConfigExpression
  private let planner: StepPlanner
  /// What each of the planner's expressions came to.
  private let outcomes: [EvaluationOutcome]
  private var steps: [ExpressionStep] = []

  /// The parts of `expression` on the valid `document`, those that were not reached left out.
  static func steps(
    of expression: ConfigExpression, on document: JSONScanner, environment: JQEnvironment
  ) -> [ExpressionStep] {
    guard let syntax = expression.expression.program, let body = syntax.body else { return [] }
    var planner = StepPlanner(syntax)
    let parts = planner.parts(body)
    guard !parts.steps.isEmpty else { return [] }
    let program = EvaluationProgram(planner.expressions)
    var evaluator = Evaluator(program, environment: environment)
    let outcomes = try? evaluator.withResults(on: document) { evaluator in
      (0..<program.count).map { evaluator.outcome(of: $0) }
    }
    guard let outcomes else { return [] }
    var runner = StepRunner(expression: expression, planner: planner, outcomes: outcomes)
    runner.add(parts.steps, parts.composition, depth: 0)
    return runner.steps
  }

  private init(expression: ConfigExpression, planner: StepPlanner, outcomes: [EvaluationOutcome]) {
    self.expression = expression
    self.planner = planner
    self.outcomes = outcomes
  }

  private mutating func add(
    _ parts: [PlannedStep], _ composition: PlannedStep.Composition, depth: Int
  ) {
    if composition == .conditional { return addBranches(parts[...], depth: depth) }
    for part in parts {
      let result = add(part, depth: depth)
      // After a stage without outputs, nothing is evaluated.
      if composition == .pipe, result.outputs.isEmpty { return }
    }
  }

  /// Follows the branch that the conditions lead to, where they are clear: one output each.
  private mutating func addBranches(_ parts: ArraySlice<PlannedStep>, depth: Int) {
    guard let condition = parts.first else { return }
    let tested = add(condition, depth: depth)
    guard condition.role != "else", let consequence = parts.dropFirst().first, tested.outputs.count == 1
    else { return }
    if tested.outputs[0] == "false" || tested.outputs[0] == "null" {
      addBranches(parts.dropFirst(2), depth: depth)
    } else {
      add(consequence, depth: depth)
    }
  }

  @discardableResult
  private mutating func add(_ part: PlannedStep, depth: Int) -> ExpressionStep {
    let (outputs, failure) = outcome(part.place)
    let step = ExpressionStep(
      depth: depth, role: part.role, text: part.text, location: expression.location(ofOffset: part.offset),
      outputs: Array(outputs.prefix(StepPlanner.outputLimit)),
      hasMore: outputs.count > StepPlanner.outputLimit, failure: failure)
    steps.append(step)
    add(part.parts, part.composition, depth: depth + 1)
    return step
  }

  private func outcome(_ place: Int) -> (outputs: [String], failure: String?) {
    let json: [UInt8]
    switch outcomes[place] {
    case .nothing: return ([], nil)
    case .failure(let message): return ([], message)
    case .value(let value): json = value
    }
    guard planner.expressions[place].plain == nil else {
      return ([String(decoding: json, as: UTF8.self)], nil)
    }
    return Self.collected(JSONView(valid: json))
  }

  /// Reads what ``StepPlanner`` has outputs collected as.
  private static func collected(_ list: JSONView) -> (outputs: [String], failure: String?) {
    var outputs: [String] = []
    var failure: String?
    for (key, value) in (list.elements ?? []).flatMap({ $0.members ?? [] }) {
      if key == "v" {
        outputs.append(value.json)
      } else {
        failure = value.text ?? value.json
      }
    }
    return (outputs, failure)
  }
}
