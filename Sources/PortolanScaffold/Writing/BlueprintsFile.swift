import RawJSON

/// The `blueprints.json` of a plan.
enum BlueprintsFile {
  /// The file's bytes.
  static func bytes(_ plan: IntegrationPlan) -> [UInt8] {
    var writer = JSONWriter(.indented)
    writer.array { writer in
      for kind in plan.kinds { writer.object { write(kind, of: plan.name, into: &$0) } }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private static func write(_ kind: KindPlan, of name: IntegrationName, into writer: inout JSONWriter) {
    writer.add("identifier", text: kind.blueprint)
    writer.add("title", text: kind.title)
    writer.add("icon", text: kind.icon)
    writer.key("schema")
    writer.object { writer in
      writer.key("properties")
      writer.object { writer in
        for property in kind.properties {
          writer.key(property.name)
          writer.object { write(property, into: &$0) }
        }
      }
      writer.key("required")
      writer.array { _ in }
    }
    for key in ["mirrorProperties", "calculationProperties"] {
      writer.key(key)
      writer.object { _ in }
    }
    writer.key("relations")
    writer.object { writer in
      for relation in kind.relations {
        writer.key(relation.name)
        writer.object { write(relation, into: &$0) }
      }
    }
  }

  private static func write(_ property: PropertyPlan, into writer: inout JSONWriter) {
    writer.add("type", text: property.type.rawValue)
    writer.add("title", text: property.title)
    if let format = property.format { writer.add("format", text: format.word) }
    if let description = property.description { writer.add("description", text: description) }
    if !property.values.isEmpty {
      writer.key("enum")
      writer.array { writer in
        for value in property.values { writer.text(value) }
      }
    }
    guard let items = property.itemsType else { return }
    writer.key("items")
    writer.object { writer in
      writer.add("type", text: items.rawValue)
      if let format = property.itemsFormat { writer.add("format", text: format.word) }
    }
  }

  private static func write(_ relation: RelationPlan, into writer: inout JSONWriter) {
    writer.add("title", text: relation.title)
    writer.add("target", text: relation.target)
    writer.add("many", relation.isMany)
    writer.add("required", false)
  }
}
