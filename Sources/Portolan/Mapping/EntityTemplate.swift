import JQ
import RawJSON

/// An entity's shape: a text with a hole for the value of each field.
struct EntityTemplate: Sendable {
  /// A field, and the text before its value.
  struct Part: Sendable {
    /// Where the text is in ``text``.
    var text: Range<Int>
    /// The place of the field's expression in ``ItemPlan/program``.
    var place: Int
  }

  /// A field without which there is no entity.
  enum RequiredField: Int, Sendable {
    case identifier
    case blueprint

    /// Its name in a mapping.
    var name: String {
      switch self {
      case .identifier: "identifier"
      case .blueprint: "blueprint"
      }
    }
  }

  /// The place of the expression that is the identifier; nil for a search query, which is one whatever it finds.
  let identifier: Int?
  /// The place of the expression that is the blueprint.
  let blueprint: Int
  /// The text of every entity, without the fields' values.
  let text: [UInt8]
  let parts: [Part]

  /// The shape of `mapping`, whose fields are added to `fields`.
  init(_ mapping: EntityMapping, prefix: String, fields: inout [ItemPlan.Field]) {
    var builder = Builder(prefix: prefix, fields: fields)
    if case .expression = mapping.identifier { identifier = builder.nextPlace } else { identifier = nil }
    builder.object { builder in
      builder.member("identifier", mapping.identifier, "identifier")
      if let title = mapping.title { builder.member("title", .expression(title), "title") }
      if let icon = mapping.icon { builder.member("icon", .expression(icon), "icon") }
      builder.blueprint = builder.nextPlace
      builder.member("blueprint", .expression(mapping.blueprint), "blueprint")
      if let team = mapping.team { builder.member("team", team, "team") }
      if let properties = mapping.properties {
        builder.member("properties", properties.map { ($0.0, .expression($0.1)) })
      }
      if let relations = mapping.relations {
        builder.member("relations", relations.map { ($0.0, $0.1) })
      }
    }
    blueprint = builder.blueprint
    text = builder.text
    parts = builder.parts
    fields = builder.fields
  }

  /// Appends the entity that the evaluated fields make, as one line of JSON without its end.
  ///
  /// - Returns: where the identifier, unless it is a search query, and the blueprint are in `json`.
  func write(
    _ fields: borrowing Evaluator, into json: inout ByteBuffer
  ) -> (identifier: Range<Int>?, blueprint: Range<Int>) {
    var identifierRange: Range<Int>?
    var blueprintRange = 0..<0
    for part in parts {
      json.append(text, part.text)
      let start = json.count
      fields.write(part.place, into: &json)
      if part.place == blueprint {
        blueprintRange = start..<json.count
      } else if part.place == identifier {
        identifierRange = start..<json.count
      }
    }
    json.append(text, (parts.last?.text.upperBound ?? 0)..<text.count)
    return (identifierRange, blueprintRange)
  }

  /// The field without which the evaluated fields make no entity: nil where they make one. A search query is an
  /// identifier whatever it finds.
  func missingField(_ fields: borrowing Evaluator) -> RequiredField? {
    if let identifier, fields.isBlank(identifier) { return .identifier }
    return fields.isBlank(blueprint) ? .blueprint : nil
  }
}

extension EntityTemplate {
  /// Numbers the fields and puts the text around them together.
  private struct Builder {
    let prefix: String
    var fields: [ItemPlan.Field]
    var blueprint = 0
    private(set) var parts: [Part] = []
    private(set) var text: [UInt8] = []
    private var isFirst = true

    /// The place of the expression of the field that is added next.
    var nextPlace: Int { ItemPlan.place(ofField: fields.count) }

    init(prefix: String, fields: [ItemPlan.Field]) {
      self.prefix = prefix
      self.fields = fields
    }

    mutating func object(_ members: (inout Builder) -> Void) {
      list("{", "}", members)
    }

    /// Adds an object of values, each named by its key after `name`.
    mutating func member(_ name: String, _ values: [(String, FieldMapping)]) {
      key(name)
      object { builder in
        for (key, mapping) in values { builder.member(key, mapping, "\(name).\(key)") }
      }
    }

    mutating func member(_ key: String, _ mapping: FieldMapping, _ path: String) {
      self.key(key)
      value(mapping, path)
    }

    private mutating func value(_ mapping: FieldMapping, _ path: String) {
      switch mapping {
      case .expression(let expression):
        parts.append(Part(text: (parts.last?.text.upperBound ?? 0)..<text.count, place: nextPlace))
        fields.append(ItemPlan.Field(path: prefix + path, source: expression))
      case .query(let members):
        object { builder in
          for (key, member) in members { builder.member(key, member, "\(path).\(key)") }
        }
      case .list(let elements):
        list("[", "]") { builder in
          for (index, element) in elements.enumerated() {
            builder.separate()
            builder.value(element, "\(path)[\(index)]")
          }
        }
      }
    }

    private mutating func list(_ open: String, _ close: String, _ content: (inout Builder) -> Void) {
      text += open.utf8
      isFirst = true
      content(&self)
      text += close.utf8
      isFirst = false
    }

    private mutating func key(_ key: String) {
      separate()
      JSONText.encode(key, into: &text)
      text += ":".utf8
    }

    private mutating func separate() {
      if !isFirst { text += ",".utf8 }
      isFirst = false
    }
  }
}
