import RawJSON

extension EntityTemplate {
  /// Appends the entity that the evaluated fields of `document` make, as one line of JSON without its end.
  func write(_ fields: borrowing ExpressionEvaluator, _ document: JSONScanner, into json: inout [UInt8]) {
    for part in parts {
      switch part {
      case .text(let text): json.append(contentsOf: text)
      case .field(let field): fields.write(ItemPlan.place(ofField: field), document, into: &json)
      }
    }
  }

  /// The entity that the evaluated fields of `document` make, by mapping number `mapping` of `object`.
  func entity(
    _ fields: borrowing ExpressionEvaluator, _ document: JSONScanner, mapping: Int = 0,
    of object: RawObject? = nil
  ) -> Entity {
    var json: [UInt8] = []
    write(fields, document, into: &json)
    return Entity(json: json, origin: object?.origin, mapping: mapping)
  }

  /// Whether the identifier names anything. A search query does.
  func hasIdentifier(_ fields: borrowing ExpressionEvaluator, _ document: JSONScanner) -> Bool {
    guard let identifier else { return true }
    return fields.isTruthy(ItemPlan.place(ofField: identifier), document)
  }

  /// Whether the blueprint names anything.
  func hasBlueprint(_ fields: borrowing ExpressionEvaluator, _ document: JSONScanner) -> Bool {
    fields.isTruthy(ItemPlan.place(ofField: blueprint), document)
  }
}
