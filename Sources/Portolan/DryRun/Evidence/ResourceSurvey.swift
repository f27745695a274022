import JQ
import RawJSON

/// What a second look at a resource's raw objects and items shows: which of the keys they have that its
/// expressions read.
struct ResourceSurvey {
  /// What the raw objects have of what `itemsToParse` reads.
  private(set) var objects: KeyCensus
  /// What the items have of what the selector reads.
  private(set) var items: KeyCensus
  /// What the items that the selector keeps have of what the fields read.
  private(set) var passed: KeyCensus
  private(set) var objectCount = 0
  private(set) var itemCount = 0
  private(set) var passedCount = 0
  /// The first raw object.
  private(set) var firstObject: JSONView?
  /// The first item that the selector keeps.
  private(set) var firstPassed: [UInt8]?
  /// What the items have where the selector compares.
  private(set) var comparisons: [SelectorComparison]
  /// What the items have where the selector and the fields call `has` with a path.
  private(set) var hasCalls: [HasCall]
  /// What the items have where the selector and the fields compare by size.
  private(set) var orderings: [OrderComparison]

  private static let selector = "selector.query"

  init(_ look: SecondLook, _ plan: ResourcePlan) {
    let resource = look.resource
    let selector = resource.selector.query.expression
    objects = KeyCensus(resource.itemsToParse.map { [$0.expression.expression.reads] } ?? [])
    items = KeyCensus([selector.reads])
    passed = KeyCensus(plan.item.fields.map(\.source.expression.reads))
    comparisons = SelectorComparison.all(in: selector)
    hasCalls =
      HasCall.all(in: resource.selector.query, field: Self.selector)
      + plan.item.fields.flatMap { HasCall.all(in: $0.source, field: $0.path) }
    orderings =
      OrderComparison.all(in: resource.selector.query, field: Self.selector)
      + plan.item.fields.flatMap { OrderComparison.all(in: $0.source, field: $0.path) }
    if resource.itemsToParse != nil {
      look.forEachObject { object in
        let view = JSONView(valid: object.json)
        if view.kind == .object { countObject(view) }
        return true
      }
    }
    look.forEachItem { item in
      let view = JSONView(valid: item.json)
      if resource.itemsToParse == nil { countObject(view) }
      count(view, item)
      return true
    }
  }

  private mutating func countObject(_ object: JSONView) {
    objectCount += 1
    objects.count(object)
    if firstObject == nil { firstObject = object }
  }

  private mutating func count(_ view: JSONView, _ item: SecondLook.Item) {
    itemCount += 1
    items.count(view)
    for place in comparisons.indices { comparisons[place].count(view) }
    for place in hasCalls.indices where item.isKept == true || hasCalls[place].field == Self.selector {
      hasCalls[place].count(view)
    }
    for place in orderings.indices where item.isKept == true || orderings[place].field == Self.selector {
      orderings[place].count(view)
    }
    guard item.isKept == true else { return }
    passedCount += 1
    passed.count(view)
    if firstPassed == nil { firstPassed = item.json }
  }
}

extension JQExpression {
  /// What is read of the input, all of it where that is not certain.
  var reads: ReadTree { program?.reads ?? .all }
}
