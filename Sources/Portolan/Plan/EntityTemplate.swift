import RawJSON

/// An entity's shape: which fields' values stand where.
struct EntityTemplate: Sendable {
  /// A value in the shape.
  indirect enum Value: Sendable {
    /// The value of a field, by its number in ``ItemPlan/fields``.
    case field(Int)
    /// An object: its members' keys as JSON, with the colon.
    case object([(key: [UInt8], value: Value)])
    /// An array.
    case array([Value])
  }

  let identifier: Value
  let blueprint: Int
  let root: Value
  /// The numbers of the fields that make this entity.
  let fields: Range<Int>

  /// The shape of `mapping`, whose fields are added to `fields`.
  init(_ mapping: EntityMapping, prefix: String, fields: inout [ItemPlan.Field]) {
    var builder = Builder(prefix: prefix, fields: fields)
    let start = fields.count
    identifier = builder.value(mapping.identifier, "identifier")
    var members = [Builder.member("identifier", identifier)]
    if let title = mapping.title { members.append(Builder.member("title", builder.field(title, "title"))) }
    if let icon = mapping.icon { members.append(Builder.member("icon", builder.field(icon, "icon"))) }
    blueprint = builder.fields.count
    members.append(Builder.member("blueprint", builder.field(mapping.blueprint, "blueprint")))
    if let team = mapping.team { members.append(Builder.member("team", builder.value(team, "team"))) }
    if let properties = mapping.properties {
      let values = properties.map { name, expression in
        Builder.member(name, builder.field(expression, "properties.\(name)"))
      }
      members.append(Builder.member("properties", .object(values)))
    }
    if let relations = mapping.relations {
      let values = relations.map { name, mapping in
        Builder.member(name, builder.value(mapping, "relations.\(name)"))
      }
      members.append(Builder.member("relations", .object(values)))
    }
    root = .object(members)
    fields = builder.fields
    self.fields = start..<fields.count
  }
}

extension EntityTemplate {
  /// Numbers the fields while the shape is built.
  private struct Builder {
    let prefix: String
    var fields: [ItemPlan.Field]

    mutating func field(_ expression: ConfigExpression, _ path: String) -> Value {
      fields.append(ItemPlan.Field(path: prefix + path, source: expression))
      return .field(fields.count - 1)
    }

    mutating func value(_ mapping: FieldMapping, _ path: String) -> Value {
      switch mapping {
      case .expression(let expression):
        return field(expression, path)
      case .query(let members):
        var values: [(key: [UInt8], value: Value)] = []
        for (key, member) in members { values.append(Self.member(key, value(member, "\(path).\(key)"))) }
        return .object(values)
      case .list(let elements):
        var values: [Value] = []
        for (index, element) in elements.enumerated() { values.append(value(element, "\(path)[\(index)]")) }
        return .array(values)
      }
    }

    static func member(_ key: String, _ value: Value) -> (key: [UInt8], value: Value) {
      var json: [UInt8] = []
      JSONText.encode(key, into: &json)
      json.append(UInt8(ascii: ":"))
      return (json, value)
    }
  }
}
