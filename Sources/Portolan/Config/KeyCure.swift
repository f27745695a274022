import YAMLTree

/// What is to be done with a key that its mapping does not know: misspelt, in the wrong place, or neither.
struct KeyCure {
  /// The key that is meant, where only one is near.
  let nearest: String?
  /// The key that must be there and is not, because this is in its place.
  let standsFor: String?
  let message: String
  let help: String

  /// What stands for a key that must be there costs the whole mapping.
  var severity: Diagnostic.Severity { standsFor == nil ? .warning : .error }

  init(_ entry: YAMLMapping.Entry, in mapping: YAMLMapping, of part: Grammar.Part, _ grammar: Grammar) {
    let key = entry.keyText
    let rows = grammar.rows(of: part)
    let missing = rows.filter { $0.presence != .optional && mapping[$0.key] == nil }.map(\.key)
    let names = rows.map(\.key)
    let subject = "\(part.phrase) has no key `\(key)`"
    let other = Self.otherNames[key].flatMap { names.contains($0) && mapping[$0] == nil ? $0 : nil }
    if let name = other ?? Spelling.nearest(to: key, in: missing) ?? Spelling.nearest(to: key, in: names) {
      nearest = Spelling.onlyNearest(to: key, in: names)
      standsFor = missing.contains(name) ? name : nil
      help = "did you mean `\(name)`?"
    } else if let way = grammar.way(from: part, to: key) {
      nearest = nil
      standsFor = missing.contains(way[0]) ? way[0] : nil
      let place = way.map { "`\($0):`" }.joined(separator: ", and there under ")
      help = way.count == 1 || mapping[way[0]] != nil ? "move it under \(place)" : "put it under \(place)"
    } else {
      nearest = nil
      standsFor = nil
      help = Self.otherHelp(entry, part, grammar, names)
    }
    message = standsFor == nil ? "\(subject); it is ignored" : subject
  }

  /// What else the keys of a mapping are called, in other features of the catalog and elsewhere.
  private static let otherNames = [
    "name": "title", "displayName": "title", "property": "properties", "props": "properties",
    "attributes": "properties", "fields": "properties", "relationship": "relations",
    "relationships": "relations", "blueprintIdentifier": "blueprint", "entityIdentifier": "identifier",
    "id": "identifier", "teams": "team",
  ]

  private static func otherHelp(
    _ entry: YAMLMapping.Entry, _ part: Grammar.Part, _ grammar: Grammar, _ names: [String]
  ) -> String {
    let open = grammar.rows(of: part).filter(\.value.hasChosenKeys).map { "`\($0.key):`" }
    if !open.isEmpty, entry.value.scalar != nil || entry.value.mapping != nil {
      return "a key of your own stands under \(open.joined(separator: " or "))"
    }
    if let owner = grammar.parts.first(where: {
      $0 != part && grammar.rows(of: $0).contains { $0.key == entry.keyText }
    }) {
      return owner.phrase == "`\(owner.name)`"
        ? "move it under `\(owner.name):`" : "it is a key of \(owner.phrase): move it there"
    }
    if part == .resource, entry.value.mapping == nil {
      return "a setting of the integration stands under `selector:`"
    }
    // What only some integrations read is named where it is meant.
    let known = grammar.rows(of: part).filter(\.readers.isEmpty).map(\.key)
    return "it knows \(known.map { "`\($0)`" }.joined(separator: ", "))"
  }
}

extension Grammar {
  /// The keys that lead from `part` to the part below it that has `key`: `entity`, `mappings`.
  fileprivate func way(from part: Part, to key: String, depth: Int = 2) -> [String]? {
    guard depth > 0 else { return nil }
    for row in rows(of: part) {
      for child in row.value.parts {
        if rows(of: child).contains(where: { $0.key == key }) { return [row.key] }
      }
    }
    for row in rows(of: part) {
      for child in row.value.parts where child != part {
        if let way = way(from: child, to: key, depth: depth - 1) { return [row.key] + way }
      }
    }
    return nil
  }
}

extension Grammar.Value {
  /// The mappings that a value can hold, jq aside.
  fileprivate var parts: [Grammar.Part] {
    switch self {
    case .mapping(let part), .mappingOrList(let part): [part]
    case .list(let parts): parts
    default: []
    }
  }

  /// Whether it is a mapping whose keys the author chooses.
  fileprivate var hasChosenKeys: Bool {
    if case .members = self { true } else { false }
  }
}
