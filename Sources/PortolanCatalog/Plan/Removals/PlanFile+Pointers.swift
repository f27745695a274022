import GRDB

/// What relates to what is deleted, while a plan is made.
extension PlanFile {
  /// A relation of an entity as it will be; its target may be a deletion.
  struct OpenPointer: Sendable {
    var source: EntityKey
    var relation: String
    /// The target's blueprint, nil where that is not known.
    var blueprint: String?
    var identifier: String
  }

  /// Entities to which something may relate that matters, in the order of their keys.
  func targets(round: Int, after key: EntityKey?, limit: Int) throws -> [EntityKey] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT blueprint, identifier FROM target
          WHERE round = ? AND (blueprint, identifier) > (?, ?) ORDER BY blueprint, identifier LIMIT ?
          """,
        arguments: [round, key?.blueprint ?? "", key?.identifier ?? "", limit]
      ).map { EntityKey($0["blueprint"], $0["identifier"]) }
    }
  }

  /// The blueprints of such entities.
  func targetBlueprints() throws -> Set<String> {
    try database.read { Set(try String.fetchAll($0, sql: "SELECT DISTINCT blueprint FROM target")) }
  }

  /// Adds what relates to targets. What is foreign becomes a target itself, since it may go with what it relates to.
  func add(_ pointers: [(RelatedEntity, Int)], foreignRound: Int) throws {
    guard !pointers.isEmpty else { return }
    try database.write { database in
      let insert = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO pointer VALUES (?, ?, ?, ?, ?, ?)")
      let target = try database.cachedStatement(sql: "INSERT OR IGNORE INTO target VALUES (?, ?, ?)")
      for (related, source) in pointers {
        try insert.execute(arguments: [
          related.target.blueprint, related.target.identifier, related.source.blueprint,
          related.source.identifier, related.relation, source,
        ])
        if source == 2 {
          try target.execute(arguments: [
            related.source.blueprint, related.source.identifier, foreignRound,
          ])
        }
      }
    }
  }

  /// Adds relations of desired entities, as far as they lead to targets.
  func add(_ pointers: [OpenPointer]) throws {
    guard !pointers.isEmpty else { return }
    try database.write { database in
      let insert = try database.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO pointer
          SELECT blueprint, identifier, ?, ?, ?, 0 FROM target
          WHERE identifier = ? AND (? IS NULL OR blueprint = ?) AND NOT (blueprint = ? AND identifier = ?)
          """)
      for pointer in pointers {
        try insert.execute(arguments: [
          pointer.source.blueprint, pointer.source.identifier, pointer.relation, pointer.identifier,
          pointer.blueprint, pointer.blueprint, pointer.source.blueprint, pointer.source.identifier,
        ])
      }
    }
  }

  /// Finds all targets that something that stays relates to, through others that stay for it.
  func findStaying(deletesDependents: Bool) throws {
    try execute(
      """
      INSERT INTO staying
      WITH RECURSIVE stays (blueprint, identifier) AS (
        SELECT target_blueprint, target_identifier FROM pointer WHERE source = 0 OR (source = 2 AND \(!deletesDependents))
        UNION SELECT blueprint, identifier FROM operation WHERE action = 'hold'
        UNION SELECT target_blueprint, target_identifier FROM stays
          JOIN pointer ON pointer.blueprint = stays.blueprint AND pointer.identifier = stays.identifier
      ) SELECT blueprint, identifier FROM stays
      """)
  }

  /// Notes for the sync which entities of others go with what is deleted.
  func keepDependents() throws {
    try execute(
      """
      INSERT INTO dependent
      WITH RECURSIVE gone (blueprint, identifier) AS (
        SELECT blueprint, identifier FROM operation
        WHERE action = 'delete' AND EXISTS (SELECT 1 FROM pointer WHERE source = 2)
        UNION SELECT pointer.blueprint, pointer.identifier FROM gone
        JOIN pointer ON target_blueprint = gone.blueprint AND target_identifier = gone.identifier WHERE source = 2
      ) SELECT blueprint, identifier FROM gone EXCEPT SELECT blueprint, identifier FROM operation
      """)
  }

  /// Deletions to which something relates that stays, each with that which says most: what is desired, before what is
  /// held, before what is foreign.
  func stayingDeletions(
    after number: Int64, limit: Int, deletesDependents: Bool
  ) throws -> [(number: Int64, related: RelatedEntity, source: Int)] {
    try database.read { database in
      var found: [(number: Int64, related: RelatedEntity, source: Int)] = []
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT operation.number AS number, pointer.* FROM operation NOT INDEXED
          CROSS JOIN staying ON staying.blueprint = operation.blueprint AND staying.identifier = operation.identifier
          CROSS JOIN pointer ON target_blueprint = operation.blueprint AND target_identifier = operation.identifier
          WHERE action = 'delete' AND operation.number > ? AND (source = 0 OR (source = 2 AND \(!deletesDependents))
            OR EXISTS (SELECT 1 FROM staying AS other WHERE other.blueprint = pointer.blueprint
              AND other.identifier = pointer.identifier))
          ORDER BY operation.number, source, pointer.blueprint, pointer.identifier, relation
          """, arguments: [number])
      while let row = try rows.next() {
        let number: Int64 = row["number"]
        if number == found.last?.number { continue }
        if found.count == limit { break }
        found.append((number, RelatedEntity(pointer: row), row["source"]))
      }
      return found
    }
  }
}

extension RelatedEntity {
  /// A row of the table of pointers.
  init(pointer row: Row) {
    self.init(
      EntityKey(row["blueprint"], row["identifier"]), row["relation"],
      to: EntityKey(row["target_blueprint"], row["target_identifier"]))
  }
}
