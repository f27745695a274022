import RawJSON

/// A JSON value of a schema, its keys in their order, written as Swift literals.
indirect enum SchemaValue: Sendable {
  case object([(key: String, value: SchemaValue)])
  case array([SchemaValue])
  case text(String)
  case number(Double)
  case boolean(Bool)
  /// Any value, as JSON.
  case json(String)

  /// An array of texts.
  static func texts(_ texts: [String]) -> SchemaValue { .array(texts.map(SchemaValue.text)) }

  /// The object with `members` at its end; anything else unchanged.
  func adding(_ members: [(key: String, value: SchemaValue)]) -> SchemaValue {
    if case .object(let own) = self { .object(own + members) } else { self }
  }

  /// An object's members; none of anything else.
  var members: [(key: String, value: SchemaValue)] {
    if case .object(let members) = self { members } else { [] }
  }

  /// The definitions that it refers to, itself or in a part of it.
  var references: Set<String> {
    switch self {
    case .object(let members):
      members.reduce(into: []) { references, member in
        if member.key == "$ref", case .text(let path) = member.value,
          let name = path.split(separator: "/").last
        {
          references.insert(String(name))
        }
        references.formUnion(member.value.references)
      }
    case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.references) }
    case .text, .number, .boolean, .json: []
    }
  }

  /// Writes the value.
  func write(into writer: inout JSONWriter) {
    switch self {
    case .object(let members):
      writer.object { writer in
        for member in members {
          writer.key(member.key)
          member.value.write(into: &writer)
        }
      }
    case .array(let elements):
      writer.array { writer in
        for element in elements { element.write(into: &writer) }
      }
    case .text(let text): writer.text(text)
    case .number(let number): writer.json((Int(exactly: number).map(String.init) ?? "\(number)").utf8)
    case .boolean(let boolean): writer.boolean(boolean)
    case .json(let json): writer.json(json.utf8)
    }
  }
}

extension SchemaValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByStringInterpolation, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral
{
  init(dictionaryLiteral elements: (String, SchemaValue)...) {
    self = .object(elements.map { (key: $0, value: $1) })
  }
  init(arrayLiteral elements: SchemaValue...) { self = .array(elements) }
  init(stringLiteral value: String) { self = .text(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
}
