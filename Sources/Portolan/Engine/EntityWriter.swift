/// Puts evaluated fields together into an entity.
struct EntityWriter {
  private let evaluator: ExpressionEvaluator

  init(_ evaluator: ExpressionEvaluator) {
    self.evaluator = evaluator
  }

  /// The entity that mapping number `mapping`, whose shape is `template`, makes of `object`.
  func entity(_ template: EntityTemplate, mapping: Int = 0, of object: RawObject? = nil) -> Entity {
    var json: [UInt8] = []
    json.reserveCapacity(evaluator.values.count + 64 + 24 * template.fields.count)
    write(template.root, into: &json)
    return Entity(json: json, origin: object?.origin, mapping: mapping)
  }

  /// Appends the entity of `template`, as one line of JSON without its end.
  func write(_ template: EntityTemplate, into json: inout [UInt8]) {
    write(template.root, into: &json)
  }

  /// Whether the value names anything: not null, false, `""`, 0, `[]` or `{}`. A search query does.
  func isTruthy(_ value: EntityTemplate.Value) -> Bool {
    guard case .field(let field) = value else { return true }
    let json = evaluator.json(ItemPlan.place(ofField: field))
    switch json.first {
    case UInt8(ascii: "n"), UInt8(ascii: "f"): return false
    case UInt8(ascii: "\""), UInt8(ascii: "["), UInt8(ascii: "{"): return json.count > 2
    case UInt8(ascii: "t"): return true
    default: return !isZero(json)
    }
  }

  /// Whether a number is 0, however it is written: `0`, `-0.0`, `0e5`.
  private func isZero(_ number: ArraySlice<UInt8>) -> Bool {
    let mantissa = number.prefix { $0 | 0x20 != UInt8(ascii: "e") }
    return !mantissa.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }

  private func write(_ value: EntityTemplate.Value, into json: inout [UInt8]) {
    switch value {
    case .field(let field):
      json.append(contentsOf: evaluator.json(ItemPlan.place(ofField: field)))
    case .object(let members):
      json.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { json.append(UInt8(ascii: ",")) }
        json.append(contentsOf: member.key)
        write(member.value, into: &json)
      }
      json.append(UInt8(ascii: "}"))
    case .array(let elements):
      json.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { json.append(UInt8(ascii: ",")) }
        write(element, into: &json)
      }
      json.append(UInt8(ascii: "]"))
    }
  }
}
