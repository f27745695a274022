import GRDB

// MARK: Writing

extension LocalCatalog {
  /// Writes entities in one transaction, and keeps what they were made of. Each is taken or refused by itself.
  public func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    try await write { [self] database in
      let writer = try CatalogWriter.run(run, now: clock(), database)
      return try transaction(database, writer).upsert(writes, of: blueprint, options)
    }
  }

  /// Writes for somebody who is no run of a sync: an API's client, whose `datasource` is its user agent. `validationOnly`
  /// checks and writes nothing.
  package func upsert(
    _ entities: [[UInt8]], of blueprint: String, _ options: UpsertOptions, datasource: String,
    validationOnly: Bool = false
  ) async throws -> [WriteOutcome] {
    let body = { @Sendable [self] (database: Database) throws -> [WriteOutcome] in
      let writer = try CatalogWriter.client(datasource, database)
      return try transaction(database, writer).upsert(
        entities.map { EntityWrite(json: $0) }, of: blueprint, options)
    }
    return validationOnly ? try await attempt(body) : try await write(body)
  }

  /// Deletes entities in one transaction; their history stays.
  public func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    try await write { [self] database in
      let writer = try CatalogWriter.run(run, now: clock(), database)
      return try transaction(database, writer).delete(
        identifiers, of: blueprint, deletingDependents: deletingDependents
      ).outcomes
    }
  }

  /// Deletes for somebody who is no run of a sync. The keys of all that was deleted, dependents too.
  package func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, datasource: String
  ) async throws -> (outcomes: [WriteOutcome], deleted: [EntityKey]) {
    try await write { [self] database in
      let writer = try CatalogWriter.client(datasource, database)
      return try transaction(database, writer).delete(
        identifiers, of: blueprint, deletingDependents: deletingDependents)
    }
  }

  /// Deletes all entities of a blueprint, and the blueprint too if asked to; how many entities there were.
  package func deleteEntities(of blueprint: String, andBlueprint: Bool, datasource: String) async throws
    -> Int
  {
    try await write { [self] database in
      let writer = try CatalogWriter.client(datasource, database)
      let count = try transaction(database, writer).deleteAll(of: blueprint)
      if andBlueprint { try BlueprintTable.delete(blueprint, database) }
      return count
    }
  }

  private func transaction(_ database: Database, _ writer: CatalogWriter) throws -> EntityTransaction {
    EntityTransaction(database, writer, try definitions.definitions(in: database), now: now)
  }
}

// MARK: Reading

extension LocalCatalog {
  /// Every entity that `owner` owns, in the order of blueprints and identifiers.
  public func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    let pages = OwnedPages(catalog: self, owner: owner)
    return AsyncThrowingStream { try await pages.next() }
  }

  /// Those entities of a blueprint that have one of `identifiers`, whoever owns them.
  public func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT DISTINCT entity.blueprint, entity.identifier, entity.doc, datasource.name
          FROM json_each(?) AS wanted CROSS JOIN entity ON blueprint = ? AND identifier = wanted.value
          LEFT JOIN datasource ON datasource.id = entity.datasource
          """, arguments: [KeyList.json(identifiers), blueprint])
      var entities: [CatalogEntity] = []
      while let row = try rows.next() {
        entities.append(
          CatalogEntity(EntityKey(row[0], row[1]), json: row.document(2), datasource: row[3]))
      }
      return entities
    }
  }

  /// Everything that relates to one of `keys`, whoever owns it.
  public func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] {
    try await read { try EntityTable.related(to: keys, $0) }
  }

  /// One entity.
  package func entity(_ key: EntityKey) async throws -> StoredEntity? {
    try await read { database in
      try Row.fetchOne(
        database,
        sql: "\(EntityTable.storedQuery) WHERE entity.blueprint = ? AND entity.identifier = ?",
        arguments: [key.blueprint, key.identifier]
      ).map { EntityTable.stored($0) }
    }
  }

  /// What a query finds, by key, after one of them.
  package func search(
    _ query: SearchQuery, after key: EntityKey? = nil, limit: Int? = nil
  ) async throws -> [StoredEntity] {
    try await read { try EntityTable.search(query, in: nil, after: key, limit: limit, $0) }
  }

  /// The entities of a blueprint, or of all, in the order of their keys, after one of them.
  package func list(blueprint: String?, after key: EntityKey?, limit: Int) async throws -> [StoredEntity] {
    try await read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          \(EntityTable.storedQuery) WHERE (entity.blueprint, entity.identifier) > (?, ?)
          \(blueprint == nil ? "" : "AND entity.blueprint = ?")
          ORDER BY entity.blueprint, entity.identifier LIMIT ?
          """,
        arguments: [key?.blueprint ?? blueprint ?? "", key?.identifier ?? ""]
          + StatementArguments([blueprint].compactMap { $0 }) + [limit])
      return try EntityTable.stored(rows)
    }
  }

  /// The entities whose datasource begins and ends so, in the order of their keys, after one of them: those that were
  /// changed before `updatedBefore`, ISO 8601, or all.
  package func entities(
    datasourcePrefix prefix: String, suffix: String, updatedBefore: String?, after key: EntityKey?, limit: Int
  ) async throws -> [StoredEntity] {
    try await read { database in
      let numbers = try DatasourceTable.names(database).filter {
        $0.value.utf8.starts(with: prefix.utf8)
          && $0.value.utf8.reversed().starts(with: suffix.utf8.reversed())
      }.map(\.key)
      let rows = try Row.fetchCursor(
        database,
        sql: """
          \(EntityTable.storedQuery) WHERE (entity.blueprint, entity.identifier) > (?, ?)
          AND entity.datasource IN \(DatasourceTable.list(numbers))
          \(updatedBefore == nil ? "" : "AND entity.updated_at < ?")
          ORDER BY entity.blueprint, entity.identifier LIMIT ?
          """,
        arguments: [key?.blueprint ?? "", key?.identifier ?? ""]
          + StatementArguments([updatedBefore].compactMap { $0 }) + [limit])
      return try EntityTable.stored(rows)
    }
  }

  /// How many entities each blueprint has.
  package func counts() async throws -> [(blueprint: String, count: Int)] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT identifier, (SELECT count(*) FROM entity WHERE entity.blueprint = blueprint.identifier)
          FROM blueprint ORDER BY identifier
          """
      ).map { ($0[0], $0[1]) }
    }
  }
}

extension EntityTable {
  /// The entities in rows of ``storedQuery``.
  static func stored(_ rows: RowCursor) throws -> [StoredEntity] {
    var entities: [StoredEntity] = []
    while let row = try rows.next() { entities.append(stored(row)) }
    return entities
  }
}

/// Gives the entities of an owner page by page, all as they are at the moment of the first.
private actor OwnedPages {
  private static let size = 1000

  private let catalog: LocalCatalog
  private let owner: Datasource
  private var snapshot: DatabaseSnapshot?
  private var last: Int64 = 0

  init(catalog: LocalCatalog, owner: Datasource) {
    self.catalog = catalog
    self.owner = owner
  }

  /// The next page, nil after the last one.
  func next() throws -> [CatalogEntity]? {
    try Task.checkCancellation()
    do {
      let snapshot = try self.snapshot ?? catalog.pool.makeSnapshot()
      self.snapshot = snapshot
      let (page, end) = try snapshot.read { [owner, last] in try Self.page(of: owner, after: last, $0) }
      last = end
      if page.isEmpty { self.snapshot = nil }
      return page.isEmpty ? nil : page
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: catalog.name)
    }
  }

  private static func page(of owner: Datasource, after last: Int64, _ database: Database) throws -> (
    [CatalogEntity], Int64
  ) {
    let names = try DatasourceTable.names(database)
    let numbers = names.filter { owner.owns($0.value) }.map(\.key)
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT id, blueprint, identifier, doc, datasource FROM entity
          WHERE id > ? AND datasource IN \(DatasourceTable.list(numbers)) ORDER BY id LIMIT \(size)
          """), arguments: [last])
    var page: [CatalogEntity] = []
    var end = last
    var size = 0
    while size < EntityTable.pageBytes, let row = try rows.next() {
      end = row[0]
      page.append(
        CatalogEntity(EntityKey(row[1], row[2]), json: row.document(3), datasource: names[row[4]]))
      size += page.last?.json.count ?? 0
    }
    return (page, end)
  }
}
