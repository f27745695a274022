import JQ
import RawJSON

/// Explains single items of one resource. It belongs to one thread.
final class ItemExplainer {
  private let plan: ResourcePlan
  private let environment: JQEnvironment
  private let wanted: FieldChoice

  init(_ plan: ResourcePlan, wanted: FieldChoice, environment: JQEnvironment) {
    self.plan = plan
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
    var evaluator = ExpressionEvaluator(plan.item.expressions, environment: environment)
    do throws(JSONError) {
      try evaluator.evaluate(item)
    } catch {
      return explanation(found, total, list, verdict: .invalid(diagnostic(error, found.object)))
    }
    let explainer = ExpressionExplainer(
      kind: plan.config.kind, document: item, evaluator: evaluator, environment: environment)
    let selector = explainer.explain(
      plan.config.selector.query, at: ItemPlan.selector, field: "selector.query",
      inSteps: wanted.names("selector.query"))
    let fields = plan.item.fields.indices.filter { wanted.includes(plan.item.fields[$0].path) }.map {
      number in
      explainer.explain(
        plan.item.fields[number].source, at: ItemPlan.place(ofField: number),
        field: plan.item.fields[number].path, inSteps: wanted.isOne)
    }
    let verdict = Self.verdict(selector.outcome)
    return explanation(
      found, total, list, selector: selector, verdict: verdict, fields: fields,
      results: verdict == .kept ? results(evaluator, item) : [])
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
      var evaluator = ExpressionEvaluator(items.expression, environment: environment)
      guard (try? evaluator.evaluate(document)) != nil else { return nil }
      let explainer = ExpressionExplainer(
        kind: plan.config.kind, document: document, evaluator: evaluator, environment: environment)
      var count: Int?
      if evaluator.firstByte(0, document) == UInt8(ascii: "[") {
        var elements = 0
        evaluator.json(0, document).withScanner { $0.forEachElement(0) { _ in elements += 1 } }
        count = elements
      }
      return ListExplanation(
        expression: explainer.explain(
          items.config.expression, at: 0, field: "itemsToParse", inSteps: wanted.names("itemsToParse")),
        count: count, place: found.place.map { $0 + 1 }, name: items.name, removed: items.removed?.description
      )
    }
  }

  private func results(_ evaluator: ExpressionEvaluator, _ item: JSONScanner) -> [ItemExplanation.Result] {
    plan.item.entities.map { template in
      guard template.hasIdentifier(evaluator, item) else { return .skipped(field: "identifier") }
      guard template.hasBlueprint(evaluator, item) else { return .skipped(field: "blueprint") }
      return .entity(template.entity(evaluator, item))
    }
  }

  private static func verdict(_ selector: ExpressionOutcome) -> ItemExplanation.Verdict {
    switch selector {
    case .value("true"): .kept
    case .value("false"): .filtered
    case .value(let json): failed(.value(json))
    case .nothing: failed(.nothing)
    case .failure(let message, _): failed(.error(message))
    case .rejected: failed(.rejected)
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
      at: object.location(ofOffset: error.offset))
  }
}
