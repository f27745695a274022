import JQ
import RawJSON

/// A resource's raw objects and items once more, for what counts do not tell: the first of them, as much as
/// ``limit`` holds.
struct SecondLook {
  /// How many bytes of raw objects are looked at.
  static let limit = 4 << 20

  /// An item, and what the selector says of it.
  struct Item {
    /// The item's JSON.
    let json: [UInt8]
    /// Whether it is kept, nil where the selector is neither true nor false.
    let isKept: Bool?
    /// Where its raw object begins.
    let origin: SourceLocation?
  }

  let resource: ResourceConfig
  let source: RunSource
  let environment: JQEnvironment
  /// The fields whose expressions were ended, and are not evaluated again.
  let ended: Set<String>

  /// Calls `body` with one valid raw object after another, as long as it says to go on.
  func forEachObject(_ body: (RawObject) -> Bool) {
    var bytes = 0
    var goesOn = true
    for page in source.pages(for: FetchRequest(resource)) where goesOn {
      page.visitObjects(while: { object in
        bytes += object.json.count
        guard object.defect == nil else { return true }
        goesOn = body(object) && bytes < Self.limit
        return goesOn
      })
    }
  }

  /// Calls `body` with one item after another, as long as it says to go on: with none where the list of them is not
  /// evaluated again.
  func forEachItem(_ body: (Item) -> Bool) {
    guard !ended.contains("itemsToParse") else { return }
    var selector = Evaluator(
      EvaluationProgram([resource.selector.query.expression]), environment: environment)
    guard let items = resource.itemsToParse.map(ItemsPlan.init) else {
      return forEachObject { object in
        item(object.json, object, &selector).map(body) ?? true
      }
    }
    var parser = ItemParser(items, environment: environment)
    forEachObject { object in
      guard case .items(let ranges) = parser.parse(object) else { return true }
      for range in ranges {
        guard let item = item(parser.item(range), object, &selector) else { continue }
        if !body(item) { return false }
      }
      return true
    }
  }

  /// Nil for what is no JSON object.
  private func item(_ json: [UInt8], _ object: RawObject, _ selector: inout Evaluator) -> Item? {
    if ended.contains("selector.query") { return Item(json: json, isKept: nil, origin: object.origin) }
    return json.withScanner { text in
      do throws(JSONError) {
        let isKept = try selector.withResults(on: text) { $0.boolean(at: 0) }
        return Item(json: json, isKept: isKept, origin: object.origin)
      } catch {
        return nil
      }
    }
  }
}
