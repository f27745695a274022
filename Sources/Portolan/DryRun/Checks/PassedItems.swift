import JQ
import RawJSON

/// The items that a resource's raw objects give and its selector keeps, once more: what a field's expression saw.
struct PassedItems {
  let resource: ResourceConfig
  let source: RunSource
  let environment: JQEnvironment

  /// Calls `body` with each item. Objects that are not valid are passed over; the run has reported them.
  func forEach(_ body: (JSONView) -> Void) {
    let program = EvaluationProgram([resource.selector.query.expression])
    var selector = Evaluator(program, environment: environment)
    let items = resource.itemsToParse.map(ItemsPlan.init)
    var parser: ItemParser?
    if let items { parser = ItemParser(items, environment: environment) }
    for page in source.pages(for: FetchRequest(resource)) {
      page.forEachObject { object in
        guard object.defect == nil else { return }
        if items == nil { return pass(object.json, &selector, body) }
        guard case .items(let items)? = parser?.parse(object) else { return }
        for item in items {
          if let json = parser?.item(item) { pass(json, &selector, body) }
        }
      }
    }
  }

  private func pass(_ item: [UInt8], _ selector: inout Evaluator, _ body: (JSONView) -> Void) {
    let isKept = item.withScanner { try? selector.withResults(on: $0) { $0.boolean(at: 0) } }
    if isKept == true { body(JSONView(valid: item)) }
  }
}
