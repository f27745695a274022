/// What tells an entity from all others of a catalog.
public struct EntityKey: Sendable, Hashable, Codable {
  /// The blueprint's identifier.
  public var blueprint: String
  /// The entity's identifier in its blueprint.
  public var identifier: String

  /// Creates a key.
  public init(_ blueprint: String, _ identifier: String) {
    self.blueprint = blueprint
    self.identifier = identifier
  }
}

extension EntityKey: CustomStringConvertible {
  /// `blueprint/identifier`
  public var description: String { "\(blueprint)/\(identifier)" }
}

/// An entity as a catalog has it.
public struct CatalogEntity: Sendable, Hashable {
  /// What it is known by.
  public var key: EntityKey
  /// The entity as one line of JSON, UTF-8: `identifier`, `blueprint`, `title`, `icon`, `team`, `properties` and
  /// `relations`, as far as it has them, and nothing that the catalog calculates.
  public var json: [UInt8]
  /// Who wrote it, nil where that is not known.
  public var datasource: String?

  /// Creates an entity.
  public init(_ key: EntityKey, json: [UInt8], datasource: String? = nil) {
    self.key = key
    self.json = json
    self.datasource = datasource
  }
}

/// An entity that relates to another one.
public struct RelatedEntity: Sendable, Hashable, Codable {
  /// The entity that has the relation.
  public var source: EntityKey
  /// The relation's name.
  public var relation: String
  /// The entity that it leads to.
  public var target: EntityKey

  /// Creates a relation.
  public init(_ source: EntityKey, _ relation: String, to target: EntityKey) {
    self.source = source
    self.relation = relation
    self.target = target
  }
}
