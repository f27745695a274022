import RawJSON

/// What a `relatedTo` asks for.
package struct RelatedRule: Sendable, Hashable {
  /// Which way relations are followed.
  package enum Direction: String, Sendable, Hashable, CaseIterable {
    /// What the entities relate to, and what that relates to.
    case upstream
    /// What relates to the entities, and what relates to that.
    case downstream
  }

  /// The entities that it starts from.
  package var keys: [EntityKey]
  /// Which way, nil for both.
  package var direction: Direction?
  /// Which relations: only required ones, only others, or, where nil, all.
  package var required: Bool?

  init(_ json: JSONView) throws(CatalogError) {
    guard let blueprint = json["blueprint"]?.text else {
      throw .query("`relatedTo` wants the `blueprint` of the entities in `value`, a string")
    }
    let values = json["value"]?.elements ?? json["value"].map { [$0] } ?? []
    guard !values.isEmpty, values.allSatisfy({ $0.kind == .string }) else {
      throw .query("`relatedTo` wants an identifier, or several, as its `value`")
    }
    keys = values.compactMap(\.text).map { EntityKey(blueprint, $0) }
    if let value = json["direction"], value.kind != .null {
      let names = Direction.allCases.map(\.rawValue)
      guard let name = value.text else { throw .query(SearchReader.unusable("direction", value)) }
      guard let direction = Direction(rawValue: name) else { throw .unknown("direction", name, names) }
      self.direction = direction
    }
    if let value = json["required"], value.kind != .null {
      guard let required = value.boolean else {
        throw .query("`relatedTo` has \(value.found) as `required`; it wants true or false")
      }
      self.required = required
    }
  }

  /// Everything that is related, near and far, without the entities that it starts from.
  func related(by lookup: some RelationLookup) throws -> Set<SearchKey> {
    var found: Set<SearchKey> = []
    for way in Direction.allCases where direction == nil || direction == way {
      found.formUnion(try follow(way, lookup))
    }
    return found
  }

  private func follow(_ way: Direction, _ lookup: some RelationLookup) throws -> Set<SearchKey> {
    let start = Set(keys.map(SearchKey.init))
    var seen = start
    var border = keys
    while !border.isEmpty {
      let relations =
        switch way {
        case .upstream: try lookup.relations(from: border)
        case .downstream: try lookup.relations(to: border)
        }
      border = []
      for relation in relations {
        if let required,
          try lookup.isRequired(relation.relation, of: relation.source.blueprint) != required
        {
          continue
        }
        let next = way == .upstream ? relation.target : relation.source
        if seen.insert(SearchKey(next)).inserted { border.append(next) }
      }
    }
    return seen.subtracting(start)
  }
}

/// The relations of a catalog, for queries that ask for what is related.
package protocol RelationLookup {
  /// What these entities relate to.
  func relations(from keys: [EntityKey]) throws -> [RelatedEntity]
  /// What relates to these entities.
  func relations(to keys: [EntityKey]) throws -> [RelatedEntity]
  /// Whether a blueprint's relation is required.
  func isRequired(_ relation: String, of blueprint: String) throws -> Bool
}
