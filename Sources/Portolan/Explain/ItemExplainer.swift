import JQ
import RawJSON

/// Explains single items of one resource. It belongs to one thread.
final class ItemExplainer {
  private let plan: ResourcePlan
  private let config: PortAppConfig
  private let environment: JQEnvironment
  private let wanted: FieldChoice

  /// An explainer of `plan`, a resource of `config`.
  init(_ plan: ResourcePlan, of config: PortAppConfig, wanted: FieldChoice, environment: JQEnvironment) {
    self.plan = plan
    self.config = config
    self.wanted = wanted
    self.environment = environment
  }

  /// Explains what `found` becomes, the resource having `total` items.
  func explain(_ found: FoundItem, total: Int) -> ItemExplanation {
    let list = explainList(found)
    guard let item = itemJSON(found) else {
      return explanation(
        found, total, list, verdict: invalidity(found.object).map { .invalid($0) } ?? .noItem)
    }
    return item.withScanner { explain($0, found, total, list) }
  }

  private func explain(
    _ item: JSONScanner, _ found: FoundItem, _ total: Int, _ list: ListExplanation?
  ) -> ItemExplanation {
    var evaluator = Evaluator(plan.item.program, environment: environment)
    let explainer = ExpressionExplainer(
      kind: plan.config.kind, config: config, document: item, environment: environment,
      rejections: evaluator.rejections(), strategies: plan.item.program.strategies)
    do throws(JSONError) {
      return try evaluator.withResults(on: item) { evaluator in
        explain(explainer, evaluator, found, total, list)
      }
    } catch {
      return explanation(found, total, list, verdict: .invalid(diagnostic(error, found.object)))
    }
  }

  private func explain(
    _ explainer: ExpressionExplainer, _ evaluator: borrowing Evaluator, _ found: FoundItem, _ total: Int,
    _ list: ListExplanation?
  ) -> ItemExplanation {
    let selector = explainer.explain(
      plan.config.selector.query, at: ItemPlan.selector, of: evaluator, field: "selector.query",
      inSteps: wanted.names("selector.query"))
    var fields: [ExpressionExplanation] = []
    for (number, field) in plan.item.fields.enumerated() where wanted.includes(field.path) {
      fields.append(
        explainer.explain(
          field.source, at: ItemPlan.place(ofField: number), of: evaluator, field: field.path,
          inSteps: wanted.isOne))
    }
    let verdict = Self.verdict(selector.outcome, evaluator)
    return explanation(
      found, total, list, selector: selector, verdict: verdict, fields: fields,
      results: verdict == .kept ? results(evaluator) : [])
  }

  private func explanation(
    _ found: FoundItem, _ total: Int, _ list: ListExplanation?, selector: ExpressionExplanation? = nil,
    verdict: ItemExplanation.Verdict, fields: [ExpressionExplanation] = [],
    results: [ItemExplanation.Result] = []
  ) -> ItemExplanation {
    ItemExplanation(
      kind: plan.config.kind, location: plan.config.location, origin: found.object.origin,
      number: found.number, total: total, list: list, selector: selector, verdict: verdict, fields: fields,
      results: results)
  }

  /// The document that the item's expressions get, nil where there is none.
  private func itemJSON(_ found: FoundItem) -> [UInt8]? {
    guard let items = plan.items else { return found.object.defect == nil ? found.object.json : nil }
    guard let place = found.place else { return nil }
    var parser = ItemParser(items, environment: environment)
    guard case .items(let ranges) = parser.parse(found.object), ranges.indices.contains(place) else {
      return nil
    }
    return parser.item(ranges[place])
  }

  private func explainList(_ found: FoundItem) -> ListExplanation? {
    guard let items = plan.items, found.object.defect == nil else { return nil }
    return found.object.json.withScanner { document -> ListExplanation? in
      var evaluator = Evaluator(items.program, environment: environment)
      let explainer = ExpressionExplainer(
        kind: plan.config.kind, config: config, document: document, environment: environment,
        rejections: evaluator.rejections(), strategies: items.program.strategies)
      return try? evaluator.withResults(on: document) { evaluator in
        let expression = explainer.explain(
          items.config.expression, at: 0, of: evaluator, field: "itemsToParse",
          inSteps: wanted.names("itemsToParse"))
        return ListExplanation(
          expression: expression, count: Self.elementCount(evaluator.outcome(of: 0)),
          place: found.place.map { $0 + 1 }, name: items.name, removed: items.removed?.description)
      }
    }
  }

  /// How many elements a list has; nil for anything else.
  private static func elementCount(_ outcome: EvaluationOutcome) -> Int? {
    guard case .value(let json) = outcome else { return nil }
    return JSONView(valid: json).elements?.count
  }

  private func results(_ evaluator: borrowing Evaluator) -> [ItemExplanation.Result] {
    var results: [ItemExplanation.Result] = []
    for (mapping, template) in plan.item.entities.enumerated() {
      if let field = template.missingField(evaluator) {
        results.append(.skipped(field: field.name))
      } else {
        var output = EntityWriter()
        output.add(template, evaluator, resource: plan.config.index, mapping: mapping)
        let (lines, entries) = output.take(into: [])
        results += entries.map { .entity(Entity(lines, $0, origin: nil)) }
      }
    }
    return results
  }

  private static func verdict(
    _ selector: ExpressionOutcome, _ evaluator: borrowing Evaluator
  ) -> ItemExplanation.Verdict {
    if case .rejected = selector { return failed(.rejected) }
    return switch evaluator.boolean(at: ItemPlan.selector) {
    case true?: .kept
    case false?: .filtered
    case nil: failed(.outcome(evaluator.outcome(of: ItemPlan.selector)))
    }
  }

  private static func failed(_ failure: SelectorFailure) -> ItemExplanation.Verdict {
    .failed("the selector \(failure)")
  }

  /// What is wrong with an object that is not valid, nil for one that is.
  private func invalidity(_ object: RawObject) -> Diagnostic? {
    if let defect = object.defect { return diagnostic(defect, object) }
    do throws(JSONError) {
      try object.json.withScanner { (document) throws(JSONError) in
        let range = try document.checkDocument()
        if document.kind(range) != .object { throw JSONError(.notAnObject, at: range.lowerBound) }
      }
      return nil
    } catch {
      return diagnostic(error, object)
    }
  }

  private func diagnostic(_ error: JSONError, _ object: RawObject) -> Diagnostic {
    Diagnostic(
      error, in: .rawObject(kind: plan.config.kind, number: nil),
      at: object.origin?.advanced(to: error.offset, in: object.json))
  }
}
