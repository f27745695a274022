import RawJSON

/// A field of an entity, and its value.
struct EntityPart {
  let group: FieldGroup
  let name: String
  let value: JSONView
}

extension Entity {
  /// Every field of the entity.
  var parts: [EntityPart] {
    (JSONView(valid: json).members ?? []).flatMap { name, value -> [EntityPart] in
      guard let group = FieldGroup(rawValue: name), group != .top, let fields = value.members else {
        return [EntityPart(group: .top, name: name, value: value)]
      }
      return fields.map { EntityPart(group: group, name: $0.key, value: $0.value) }
    }
  }
}
