import JQ
import RawJSON

/// What the expression at one place of a config gives on the first items of its fixtures. Nothing else of the mapping
/// is evaluated, so that an expression beside it that takes its time takes none here.
package struct ExpressionSample: Sendable {
  /// What the expression gave on one item.
  package struct Outcome: Sendable {
    /// The item's number, counted from 1 over all fixtures of the kind.
    package let number: Int
    /// What it gave, part by part.
    package let explanation: ExpressionExplanation
  }

  private let config: PortAppConfig
  private let plan: ResourcePlan
  private let field: String
  private let expression: ConfigExpression
  private let environment: JQEnvironment

  /// The expression that is on the line `line` of `config`, counted from 1; nil where there is none.
  package init?(_ config: PortAppConfig, line: Int, environment: JQEnvironment) {
    for resource in config.resources {
      let plan = ResourcePlan(resource)
      guard let found = Self.expression(onLine: line, of: plan) else { continue }
      self.config = config
      self.plan = plan
      (field, expression) = found
      self.environment = environment
      return
    }
    return nil
  }

  /// The kind of the objects that the expression is evaluated on.
  package var kind: String { plan.config.kind }

  /// The outcomes on the first `count` items; fewer where the task is cancelled meanwhile, or those that there are have
  /// taken longer than `patience`.
  package func outcomes(_ count: Int, on fixtures: FixtureFolder, patience: Duration) -> [Outcome] {
    let end = ContinuousClock.now + patience
    var outcomes: [Outcome] = []
    for (place, document) in documents(count, fixtures).enumerated() {
      if Task.isCancelled || !outcomes.isEmpty && ContinuousClock.now > end { break }
      if let explanation = document.withScanner({ explanation($0, until: end) }) {
        outcomes.append(Outcome(number: place + 1, explanation: explanation))
      }
    }
    return outcomes
  }

  /// The expression that begins on a line, or else the one whose text goes on there.
  private static func expression(onLine line: Int, of plan: ResourcePlan) -> (String, ConfigExpression)? {
    var all = plan.item.fields.map { ($0.path, $0.source) } + [("selector.query", plan.config.selector.query)]
    if let items = plan.items { all.append(("itemsToParse", items.config.expression)) }
    return all.first { $0.1.location.line == line }
      ?? all.first { _, expression in
        let length = expression.text.split(separator: "\n").count
        return (expression.location.line...expression.location.line + length).contains(line)
      }
  }

  /// The documents that the expression gets: items, or for `itemsToParse` whole objects.
  private func documents(_ count: Int, _ fixtures: FixtureFolder) -> [[UInt8]] {
    let parser = (field == "itemsToParse" ? nil : plan.items).map { items in
      ItemSource(items, environment: environment)
    }
    var documents: [[UInt8]] = []
    var pages = FixturePages(files: fixtures.files(ofKind: kind)).makeAsyncIterator()
    while documents.count < count, !Task.isCancelled, let page = try? pages.nextPage() {
      page.forEachObject { object in
        guard documents.count < count, !Task.isCancelled, object.defect == nil else { return }
        documents += parser?.items(of: object, count - documents.count) ?? [object.json]
      }
    }
    return documents
  }

  /// What it gives on a document, part by part; as a whole only where that has failed after `end`, as the parts would
  /// take as long.
  private func explanation(
    _ document: JSONScanner, until end: ContinuousClock.Instant
  ) -> ExpressionExplanation? {
    let program = EvaluationProgram([expression.expression])
    var evaluator = Evaluator(program, environment: environment)
    let explainer = ExpressionExplainer(
      kind: kind, config: config, document: document, environment: environment,
      rejections: evaluator.rejections(), strategies: program.strategies)
    return try? evaluator.withResults(on: document) { evaluator in
      if ContinuousClock.now > end, case .failure(let message) = evaluator.outcome(of: 0) {
        return ExpressionExplanation(
          field: field, expression: expression.text, location: expression.location,
          strategy: program.strategies[0], outcome: .failure(message, at: expression.location), reads: [],
          steps: [])
      }
      return explainer.explain(expression, at: 0, of: evaluator, field: field, inSteps: true)
    }
  }
}

/// Makes items of objects, as many as are wanted.
private final class ItemSource {
  private var parser: ItemParser

  init(_ plan: ItemsPlan, environment: JQEnvironment) {
    parser = ItemParser(plan, environment: environment)
  }

  func items(of object: RawObject, _ count: Int) -> [[UInt8]] {
    guard case .items(let ranges) = parser.parse(object) else { return [] }
    return ranges.prefix(count).map { parser.item($0) }
  }
}
