import GRDB

extension EntityTable {
  /// What a query finds, in the order of the keys.
  ///
  /// - Parameters:
  ///   - query: what is looked for.
  ///   - blueprint: of which blueprint, nil for all.
  ///   - key: the entity after which it is looked, nil for the beginning.
  ///   - limit: how many at most.
  ///   - database: where.
  /// - Returns: entities that match.
  /// - Throws: what SQLite has against it, and ``CatalogError`` for a query that asks too much.
  static func search(
    _ query: SearchQuery, in blueprint: String?, after key: EntityKey? = nil, limit: Int?,
    _ database: Database
  ) throws -> [StoredEntity] {
    let query = query.needsRelations ? try query.resolved(by: StoredRelations(database: database)) : query
    var (condition, arguments) = candidates(of: query, in: blueprint)
    if let key {
      condition += " AND (entity.blueprint, entity.identifier) > (?, ?)"
      arguments += [key.blueprint, key.identifier]
    }
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: "\(storedQuery) WHERE \(condition) ORDER BY entity.blueprint, entity.identifier"),
      arguments: arguments)
    var found: [StoredEntity] = []
    while found.count < limit ?? .max, let row = try rows.next() {
      let entity = stored(row)
      if query.matches(entity) { found.append(entity) }
    }
    return found
  }

  /// Which entities a query can find at all: those of its keys, or of its blueprints and identifiers, so that most queries
  /// look at few.
  private static func candidates(of query: SearchQuery, in blueprint: String?) -> (String, StatementArguments)
  {
    var condition = "true"
    var arguments: StatementArguments = []
    let blueprints = blueprint.map { [$0] } ?? query.blueprints
    if let keys = query.keys {
      condition += """
         AND (entity.blueprint, entity.identifier) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))
        """
      arguments += [KeyList.json(keys)]
    } else if let blueprints {
      condition += " AND entity.blueprint IN (SELECT value FROM json_each(?))"
      arguments += [KeyList.json(blueprints)]
    }
    if query.keys != nil, let blueprint {
      condition += " AND entity.blueprint = ?"
      arguments += [blueprint]
    } else if blueprints != nil, let identifiers = query.identifiers {
      condition += " AND entity.identifier IN (SELECT value FROM json_each(?))"
      arguments += [KeyList.json(identifiers)]
    }
    return (condition, arguments)
  }

  /// What entities relate to.
  static func relations(from keys: [EntityKey], _ database: Database) throws -> [RelatedEntity] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT source.blueprint, source.identifier, relation.name, target_blueprint, target
        FROM json_each(?) AS wanted
        CROSS JOIN entity AS source
          ON source.blueprint = wanted.value ->> 0 AND source.identifier = wanted.value ->> 1
        CROSS JOIN relation ON relation.entity = source.id
        """)
    return try related(Row.fetchCursor(statement, arguments: [KeyList.json(keys)]))
  }

  /// What relates to entities.
  static func related(to keys: [EntityKey], _ database: Database) throws -> [RelatedEntity] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT source.blueprint, source.identifier, relation.name, target_blueprint, target
        FROM json_each(?) AS wanted
        CROSS JOIN relation ON target_blueprint = wanted.value ->> 0 AND target = wanted.value ->> 1
        CROSS JOIN entity AS source ON source.id = relation.entity
        """)
    return try related(Row.fetchCursor(statement, arguments: [KeyList.json(keys)]))
  }

  private static func related(_ rows: RowCursor) throws -> [RelatedEntity] {
    var related: [RelatedEntity] = []
    while let row = try rows.next() {
      related.append(RelatedEntity(EntityKey(row[0], row[1]), row[2], to: EntityKey(row[3], row[4])))
    }
    return related
  }
}

/// The relations of a catalog, for queries that follow them.
private struct StoredRelations: RelationLookup {
  let database: Database

  func relations(from keys: [EntityKey]) throws -> [RelatedEntity] {
    try EntityTable.relations(from: keys, database)
  }

  func relations(to keys: [EntityKey]) throws -> [RelatedEntity] {
    try EntityTable.related(to: keys, database)
  }

  func isRequired(_ relation: String, of blueprint: String) throws -> Bool {
    try BlueprintTable.relation(relation, of: blueprint, database)?["required"]?.boolean ?? false
  }
}
