import JQ

/// A resource made ready to run: how a raw object becomes items, and an item entities.
struct ResourcePlan: Sendable {
  let config: ResourceConfig
  let items: ItemsPlan?
  let item: ItemPlan

  /// Plans a resource. Nothing is compiled yet: libjq takes its time, and a resource whose kind nobody fetches
  /// needs none.
  init(_ config: ResourceConfig) {
    self.config = config
    items = config.itemsToParse.map(ItemsPlan.init)
    item = ItemPlan(config)
  }

  /// The expression at a place of the item's program, and the field that it gives.
  func expression(at place: Int) -> (field: String, source: ConfigExpression) {
    guard place != ItemPlan.selector else { return ("selector.query", config.selector.query) }
    let field = item.fields[place - ItemPlan.place(ofField: 0)]
    return (field.path, field.source)
  }
}

/// An expression of a resource that libjq does not compile.
struct Rejection: Sendable {
  let field: String
  let source: ConfigExpression
  let error: JQCompileError
}
