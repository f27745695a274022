import RawJSON

/// An entity's JSON, as catalogs keep it.
package enum EntityDocument {
  /// What a catalog has after `desired` was written over `stored` (nil where there was nothing), as one line of JSON
  /// with the members in a set order; nulls are kept, as Port keeps them.
  ///
  /// With `merging`, what `desired` names replaces what is there, each property and relation by itself, and the rest
  /// stays. A `team` is always an array, and an identifier a text.
  package static func written(_ desired: [UInt8], over stored: [UInt8]?, merging: Bool) -> [UInt8] {
    let new = JSONView(valid: desired)
    let old = merging ? stored.map { JSONView(valid: $0) } : nil
    return JSONWriter.object { entity in
      for name in ["identifier", "blueprint"] {
        guard let value = new[name] ?? old?[name] else { continue }
        entity.key(name)
        if let text = value.identifierText { entity.text(text) } else { entity.value(value) }
      }
      for name in ["title", "icon"] {
        guard let value = new[name] ?? old?[name] else { continue }
        entity.key(name)
        entity.value(value)
      }
      if let team = new["team"] ?? old?["team"] {
        entity.key("team")
        writeTeam(team, into: &entity)
      }
      for name in ["properties", "relations"] {
        entity.key(name)
        writeGroup(new[name], over: old?[name], into: &entity)
      }
    }
  }

  private static func writeTeam(_ team: JSONView, into entity: inout JSONWriter) {
    guard team.kind == .string else { return entity.value(team) }
    entity.array { $0.value(team) }
  }

  /// Writes properties or relations. What is no object is no group: it names nothing.
  private static func writeGroup(_ new: JSONView?, over old: JSONView?, into entity: inout JSONWriter) {
    let members = new?.members ?? []
    let places = Dictionary(uniqueKeysWithValues: members.enumerated().map { (Array($1.key.utf8), $0) })
    var written: Set<Int> = []
    entity.object { group in
      for (name, value) in old?.members ?? [] {
        let place = places[Array(name.utf8)]
        if let place { written.insert(place) }
        group.key(name)
        group.value(place.map { members[$0].value } ?? value)
      }
      for (place, (name, value)) in members.enumerated() where !written.contains(place) {
        group.key(name)
        group.value(value)
      }
    }
  }

  /// The identifiers that an entity relates to, relation by relation. What is no text, such as a search query, is left
  /// out.
  package static func relations(of json: [UInt8]) -> [(name: String, identifiers: [String])] {
    (JSONView(valid: json)["relations"]?.members ?? []).compactMap { name, value in
      var seen: Set<[UInt8]> = []
      let identifiers = (value.elements ?? [value]).compactMap(\.text)
        .filter { seen.insert(Array($0.utf8)).inserted }
      return identifiers.isEmpty ? nil : (name, identifiers)
    }
  }

  /// An entity of which nothing is known but what it is called.
  package static func bare(_ key: EntityKey) -> [UInt8] {
    JSONWriter.object { entity in
      entity.add("identifier", text: key.identifier)
      entity.add("blueprint", text: key.blueprint)
      entity.key("properties")
      entity.object { _ in }
      entity.key("relations")
      entity.object { _ in }
    }
  }
}

extension JSONView {
  /// The value as an identifier: a text, or the text of a number or a boolean; nil for anything else.
  package var identifierText: String? {
    switch kind {
    case .string: text
    case .number, .boolean: json
    case .null, .array, .object: nil
    }
  }
}
