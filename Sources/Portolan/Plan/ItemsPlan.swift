import JQ
import RawJSON

/// How one raw object becomes many items.
struct ItemsPlan: Sendable {
  /// The one expression, which gives the list.
  let expression: ExpressionPlan
  /// The path that is removed from the object, nil where nothing is.
  let removed: JSONPath?
  /// The key under which an item stands.
  let name: String
  let config: ItemsToParse

  init(_ config: ItemsToParse) {
    self.config = config
    name = config.name
    expression = ExpressionPlan([config.expression.expression])
    removed = config.removesParsedArray ? config.expression.expression.parsedPath : nil
  }
}
