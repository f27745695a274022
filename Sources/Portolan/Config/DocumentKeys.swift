/// What a `port-app-config.yml` or a `fetcher.yml` may hold at a place, for editors.
package struct DocumentKeys: Sendable {
  /// The keys of a `port-app-config.yml`.
  package static let config = DocumentKeys(grammar: .portAppConfig)
  /// The keys of a `fetcher.yml`.
  package static let fetcher = DocumentKeys(grammar: .fetcher)

  /// A key, and what it is for.
  package struct Key: Sendable {
    /// The key itself.
    package let name: String
    /// What it means, in one sentence.
    package let description: String
    /// Whether it must be there.
    package let isRequired: Bool
    /// Whether its value is on lines of its own.
    package let isNested: Bool
    /// Whether its value is a jq expression.
    package let isExpression: Bool
    /// Values that it can have, as they are written.
    package let values: [String]
  }

  private let grammar: Grammar

  /// The keys of the mapping that the keys `path` lead to; `siblings` are those that it has.
  package func keys(at path: [String], siblings: [String] = []) -> [Key] {
    var parts = [grammar.root]
    for (place, name) in path.enumerated() {
      let rows = parts.flatMap { grammar.rows(of: $0) }
      guard let row = rows.first(where: { $0.key == name }) else { return [] }
      if case .members(let value) = row.value {
        // The next name is the author's own.
        guard place + 1 < path.count else { return [] }
        let rest = value.parts
        return rest.isEmpty ? [] : keys(of: rest, siblings)
      }
      parts = row.value.parts
    }
    return keys(of: parts, siblings)
  }

  private func keys(of parts: [Grammar.Part], _ siblings: [String]) -> [Key] {
    let isKnown = parts.contains { part in grammar.rows(of: part).contains { siblings.contains($0.key) } }
    let chosen = isKnown ? grammar.part(of: parts, withKeys: siblings).map { [$0] } ?? parts : parts
    return chosen.flatMap { grammar.rows(of: $0) }.map(Key.init)
  }
}

extension DocumentKeys.Key {
  fileprivate init(_ row: Grammar.Row) {
    var isExpression = false
    var values = row.suggestions
    switch row.value {
    case .jq, .orMapping(.jq, _): isExpression = true
    case .flag: values = ["true", "false"]
    case .choice(let choices, _): values = choices
    default: break
    }
    self.init(
      name: row.key, description: row.description, isRequired: row.presence != .optional,
      isNested: !isExpression && !row.value.parts.isEmpty || row.value.hasMembers, isExpression: isExpression,
      values: values)
  }
}

extension Grammar.Value {
  /// What mappings the value, or an element of it, can be.
  fileprivate var parts: [Grammar.Part] {
    switch self {
    case .orMapping(_, let parts), .list(let parts): parts
    case .mapping(let part), .mappingOrList(let part): [part]
    default: []
    }
  }

  fileprivate var hasMembers: Bool {
    if case .members = self { return true }
    return false
  }
}
