import GRDB

extension EntityTransaction {
  /// How many dependents a refusal names.
  private static let namedDependents = 3

  /// Deletes entities of a blueprint: all of them, or none where something else relates to one and may not go too.
  ///
  /// - Returns: what became of each, and the keys of all that was deleted.
  func delete(_ identifiers: [String], of blueprint: String, deletingDependents: Bool) throws -> (
    outcomes: [WriteOutcome], deleted: [EntityKey]
  ) {
    try mark(identifiers, of: blueprint)
    if deletingDependents {
      try markDependents()
    } else if let refusal = try dependentsRefusal() {
      return (identifiers.map { _ in .refused(refusal) }, [])
    }
    let deleted = try markedKeys()
    try deleteMarked()
    return (identifiers.map { .done(identifier: $0, isNew: false) }, deleted)
  }

  /// Deletes all entities of a blueprint. What relates to them stays, and its relations lead nowhere.
  ///
  /// - Returns: how many there were.
  func deleteAll(of blueprint: String) throws -> Int {
    try clearMarks()
    try database.execute(
      sql: "INSERT INTO doomed (id) SELECT id FROM entity WHERE blueprint = ?", arguments: [blueprint])
    // What a run wrote is no longer all there, so that the next one has to look.
    try database.execute(
      sql: """
        UPDATE entity SET applied_hash = NULL WHERE applied_hash IS NOT NULL AND id IN
          (SELECT entity FROM relation WHERE target_blueprint = ?)
        """, arguments: [blueprint])
    try deleteMarked()
    return try Int.fetchOne(database, sql: "SELECT count(*) FROM doomed") ?? 0
  }

  // The marks are in a table of SQLite's temporary file, so that they take no memory, however many depend on one.
  private func clearMarks() throws {
    try database.execute(
      sql: """
        CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY, depth INTEGER NOT NULL DEFAULT 0);
        DELETE FROM doomed;
        """)
  }

  private func mark(_ identifiers: [String], of blueprint: String) throws {
    try clearMarks()
    try database.execute(
      sql: """
        INSERT INTO doomed (id) SELECT entity.id FROM json_each(?) AS wanted
          CROSS JOIN entity ON blueprint = ? AND identifier = wanted.value WHERE true
          ON CONFLICT DO NOTHING
        """, arguments: [KeyList.json(identifiers), blueprint])
  }

  /// Marks what relates to something that is marked, until there is no more.
  private func markDependents() throws {
    var depth = 0
    repeat {
      depth += 1
      try database.cachedStatement(
        sql: """
          INSERT INTO doomed (id, depth)
            SELECT DISTINCT relation.entity, ?1 FROM doomed
            CROSS JOIN entity ON entity.id = doomed.id
            CROSS JOIN relation ON target_blueprint = entity.blueprint AND target = entity.identifier
            WHERE doomed.depth = ?1 - 1
            ON CONFLICT DO NOTHING
          """
      ).execute(arguments: [depth])
    } while database.changesCount > 0
  }

  /// Why nothing is deleted, nil where nothing else depends on what is marked.
  private func dependentsRefusal() throws -> WriteOutcome.Refusal? {
    let dependents = try Row.fetchAll(
      database,
      sql: """
        SELECT entity.blueprint, entity.identifier, source.blueprint, source.identifier, relation.name FROM doomed
        CROSS JOIN entity ON entity.id = doomed.id
        CROSS JOIN relation ON target_blueprint = entity.blueprint AND target = entity.identifier
        CROSS JOIN entity AS source ON source.id = relation.entity
        WHERE relation.entity NOT IN (SELECT id FROM doomed) LIMIT ?
        """, arguments: [Self.namedDependents + 1])
    guard let first = dependents.first else { return nil }
    let names = dependents.prefix(Self.namedDependents).map {
      "\(EntityKey($0[2], $0[3])) by \($0[4] as String)"
    }
    let more = dependents.count > Self.namedDependents ? " and others" : ""
    return WriteOutcome.Refusal(
      status: 409, code: "has_dependents",
      message: "\(EntityKey(first[0], first[1])) has dependents, so that nothing was deleted:"
        + " \(names.joined(separator: ", "))\(more)")
  }

  private func markedKeys() throws -> [EntityKey] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT blueprint, identifier FROM doomed CROSS JOIN entity ON entity.id = doomed.id
        ORDER BY blueprint, identifier
        """
    ).map { EntityKey($0[0], $0[1]) }
  }

  /// Deletes what is marked; its versions stay, and one more that says that it is gone.
  private func deleteMarked() throws {
    guard try Int.fetchOne(database, sql: "SELECT 1 FROM doomed LIMIT 1") != nil else { return }
    let revision = try changeRevision()
    try database.execute(
      sql: """
        INSERT INTO version (blueprint, identifier, revision, until_revision, at, datasource, run, kind, resource,
          mapping, location, raw_hash, raw_identity, doc)
        SELECT blueprint, identifier, revision, ?, updated_at, datasource, run, kind, resource, mapping, location,
          raw_hash, raw_identity, doc FROM doomed CROSS JOIN entity ON entity.id = doomed.id;
        """, arguments: [revision])
    try database.execute(
      sql: """
        INSERT INTO version (blueprint, identifier, revision, at, datasource, run)
        SELECT blueprint, identifier, ?, ?, ?, ? FROM doomed CROSS JOIN entity ON entity.id = doomed.id
        """, arguments: [revision, now, writer.datasource, writer.run?.number])
    try database.execute(
      sql: """
        DELETE FROM relation WHERE entity IN (SELECT id FROM doomed);
        DELETE FROM entity WHERE id IN (SELECT id FROM doomed);
        """)
  }
}
