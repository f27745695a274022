import RawJSON

/// A field of an entity: its place, and where its value stands in the entity's JSON.
struct EntityPart {
  let group: FieldGroup
  let name: String
  let value: Range<Int>
}

extension Entity {
  /// Calls `body` with every field of the entity.
  func withParts(_ body: (JSONScanner, [EntityPart]) -> Void) {
    json.withScanner { scanner in
      guard let document = try? scanner.checkDocument(), scanner.kind(document) == .object else { return }
      var parts: [EntityPart] = []
      for member in scanner.lastMembers(document.lowerBound) {
        let name = scanner.text(member.key)
        guard let group = FieldGroup(rawValue: name), group != .top,
          scanner.kind(member.value) == .object
        else {
          parts.append(EntityPart(group: .top, name: name, value: member.value))
          continue
        }
        parts += scanner.lastMembers(member.value.lowerBound).map {
          EntityPart(group: group, name: scanner.text($0.key), value: $0.value)
        }
      }
      body(scanner, parts)
    }
  }
}
