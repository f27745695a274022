import RawJSON

/// An entity's shape: which fields' values stand where.
struct EntityTemplate: Sendable {
  /// A field, and the text that stands before its value.
  struct Part: Sendable {
    /// Where the text stands in ``text``.
    var text: Range<Int>
    /// The field's number in ``ItemPlan/fields``.
    var field: Int
  }

  /// The number of the field that is the identifier; nil for a search query, which is one whatever it finds.
  let identifier: Int?
  /// The number of the field that is the blueprint.
  let blueprint: Int
  /// The text of every entity, without the fields' values.
  let text: [UInt8]
  let parts: [Part]
  /// The numbers of the fields that make this entity.
  let fields: Range<Int>

  /// The shape of `mapping`, whose fields are added to `fields`.
  init(_ mapping: EntityMapping, prefix: String, fields: inout [ItemPlan.Field]) {
    var builder = Builder(prefix: prefix, fields: fields)
    let start = fields.count
    if case .expression = mapping.identifier { identifier = start } else { identifier = nil }
    builder.object { builder in
      builder.member("identifier", mapping.identifier, "identifier")
      if let title = mapping.title { builder.member("title", .expression(title), "title") }
      if let icon = mapping.icon { builder.member("icon", .expression(icon), "icon") }
      builder.blueprint = builder.fields.count
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
    self.fields = start..<fields.count
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

    init(prefix: String, fields: [ItemPlan.Field]) {
      self.prefix = prefix
      self.fields = fields
    }

    mutating func object(_ members: (inout Builder) -> Void) {
      list("{", "}", members)
    }

    /// Adds an object of values, each named by its key behind `name`.
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
        parts.append(Part(text: (parts.last?.text.upperBound ?? 0)..<text.count, field: fields.count))
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
