import RawJSON

extension EntityTemplate {
  /// Appends the entity that the evaluated fields of `document` make, as one line of JSON without its end.
  func write(_ fields: borrowing ExpressionEvaluator, _ document: JSONScanner, into json: inout ByteBuffer) {
    for part in parts {
      json.append(text, part.text)
      fields.write(ItemPlan.place(ofField: part.field), document, into: &json)
    }
    json.append(text, (parts.last?.text.upperBound ?? 0)..<text.count)
  }

  /// The entity that the evaluated fields of `document` make, by mapping number `mapping` of `object`.
  func entity(
    _ fields: borrowing ExpressionEvaluator, _ document: JSONScanner, mapping: Int = 0,
    of object: RawObject? = nil
  ) -> Entity {
    var output = ByteBuffer()
    write(fields, document, into: &output)
    var json: [UInt8] = []
    output.append(to: &json)
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
