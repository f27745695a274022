import JQ
import RawJSON

/// Evaluates the parts of an expression on one document.
struct StepRunner {
  private let expression: ConfigExpression
  private let planner: StepPlanner
  private let evaluator: ExpressionEvaluator
  private let document: JSONScanner
  private var steps: [ExpressionStep] = []

  /// The parts of `expression` on the valid `document`, those that were not reached left out.
  static func steps(
    of expression: ConfigExpression, on document: JSONScanner, environment: JQEnvironment
  ) -> [ExpressionStep] {
    guard let program = expression.expression.program, let body = program.body else { return [] }
    var planner = StepPlanner(program)
    let parts = planner.parts(body)
    guard !parts.steps.isEmpty else { return [] }
    var evaluator = ExpressionEvaluator(ExpressionPlan(planner.expressions), environment: environment)
    guard (try? evaluator.evaluate(document)) != nil else { return [] }
    var runner = StepRunner(
      expression: expression, planner: planner, evaluator: evaluator, document: document)
    runner.add(parts.steps, parts.composition, depth: 0)
    return runner.steps
  }

  private init(
    expression: ConfigExpression, planner: StepPlanner, evaluator: ExpressionEvaluator, document: JSONScanner
  ) {
    self.expression = expression
    self.planner = planner
    self.evaluator = evaluator
    self.document = document
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
    if evaluator.isNothing(place) { return ([], nil) }
    if let message = evaluator.failure(place) { return ([], message) }
    let json = evaluator.json(place, document)
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
