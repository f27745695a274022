import RawJSON

/// The relations in an entity's JSON.
enum EntityRelations {
  /// The entities that `json` relates to, in blueprints that the relations lead to.
  static func targets(
    of json: [UInt8], _ relations: [String: BlueprintOrder.Relation]
  ) -> [(relation: String, key: EntityKey, isRequired: Bool)] {
    guard !relations.isEmpty, let members = JSONView(valid: json)["relations"]?.members else { return [] }
    return members.flatMap { name, value in
      guard let relation = relations[name] else { return [(String, EntityKey, Bool)]() }
      let identifiers = value.elements?.compactMap(\.text) ?? value.text.map { [$0] } ?? []
      return identifiers.map { (name, EntityKey(relation.target, $0), relation.isRequired) }
    }
  }

  /// What is written over an entity so that it has none of some relations.
  static func clearing(_ relations: Set<String>, of key: EntityKey) -> [UInt8] {
    JSONWriter.object { entity in
      entity.add("identifier", text: key.identifier)
      entity.add("blueprint", text: key.blueprint)
      entity.key("relations")
      entity.object { writer in
        for relation in relations.sorted() {
          writer.key(relation)
          writer.null()
        }
      }
    }
  }

  /// The entity without some of its relations.
  static func leavingOut(_ relations: Set<String>, from json: [UInt8]) -> [UInt8] {
    JSONWriter.object { entity in
      for (key, value) in JSONView(valid: json).members ?? [] {
        entity.key(key)
        guard key == "relations", let members = value.members else {
          entity.value(value)
          continue
        }
        entity.object { writer in
          for (name, value) in members where !relations.contains(name) {
            writer.key(name)
            writer.value(value)
          }
        }
      }
    }
  }
}
