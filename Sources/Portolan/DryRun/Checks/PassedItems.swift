import JQ
import RawJSON

/// The items that a resource's fixtures give and its selector keeps, once more: what a field's expression saw.
struct PassedItems {
  let resource: ResourceConfig
  let fixtures: FixtureFolder
  let environment: JQEnvironment

  /// Calls `body` with each item. Objects that are not valid are passed over; the run has reported them.
  func forEach(_ body: (JSONScanner) -> Void) {
    var selector = ExpressionEvaluator(
      ExpressionPlan([resource.selector.query.expression]), environment: environment)
    var parser = resource.itemsToParse.map { ItemParser(ItemsPlan($0), environment: environment) }
    for file in fixtures.files(ofKind: resource.kind) {
      guard let bytes = try? FileBytes.read(file) else { continue }
      var reader = RawObjectReader(bytes, file: file)
      while let page = reader.nextPage() {
        for object in page where object.defect == nil {
          if parser == nil { pass(object.json, &selector, body) }
          guard case .items(let items) = parser?.parse(object) else { continue }
          for item in items {
            if let json = parser?.item(item) { pass(json, &selector, body) }
          }
        }
      }
    }
  }

  private func pass(_ item: [UInt8], _ selector: inout ExpressionEvaluator, _ body: (JSONScanner) -> Void) {
    item.withScanner { item in
      guard (try? selector.evaluate(item)) != nil, selector.firstByte(0, item) == UInt8(ascii: "t") else {
        return
      }
      body(item)
    }
  }
}
