import JQ
import RawJSON

/// The items that a resource's fixtures give and its selector keeps, once more: what a field's expression saw.
struct PassedItems {
  let resource: ResourceConfig
  let fixtures: FixtureFolder
  let environment: JQEnvironment

  /// Calls `body` with each item. Objects that are not valid are passed over; the run has reported them.
  func forEach(_ body: (JSONScanner) -> Void) {
    let selector = ExpressionEvaluator(
      ExpressionPlan([resource.selector.query.expression]), environment: environment)
    let parser = resource.itemsToParse.map { ItemParser(ItemsPlan($0), environment: environment) }
    for file in fixtures.files(ofKind: resource.kind) {
      guard let bytes = try? FileBytes.read(file) else { continue }
      var reader = RawObjectReader(bytes, file: file)
      while let page = reader.nextPage() {
        for object in page where object.defect == nil {
          if let parser {
            guard case .items(let items) = parser.parse(object) else { continue }
            for item in items { parser.withItem(item) { pass($0, selector, body) } }
          } else {
            object.json.withScanner { pass($0, selector, body) }
          }
        }
      }
    }
  }

  private func pass(_ item: JSONScanner, _ selector: ExpressionEvaluator, _ body: (JSONScanner) -> Void) {
    guard (try? selector.evaluate(item) { _ in true }) != nil, selector.firstByte(0) == UInt8(ascii: "t")
    else { return }
    body(item)
  }
}
