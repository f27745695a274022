import GRDB

/// What a plan knows that the catalog is compared with before the first write.
extension SyncWork {
  /// Whether the plan names an entity for something that goes with what is deleted, though somebody else owns it.
  func isDependent(_ key: EntityKey) throws -> Bool {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM dependent WHERE blueprint = ? AND identifier = ?")
      return try Int.fetchOne(statement, arguments: [key.blueprint, key.identifier]) != nil
    }
  }

  /// Whether the plan writes or deletes an entity.
  func isPlanned(_ key: EntityKey) throws -> Bool {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM operation WHERE blueprint = ? AND identifier = ? AND action <> 'hold'")
      return try Int.fetchOne(statement, arguments: [key.blueprint, key.identifier]) != nil
    }
  }

  /// Notes an entity of which it is not known who owns it.
  func addOwnerless(_ key: EntityKey) throws {
    try file.database.write { database in
      try database.cachedStatement(sql: "INSERT OR IGNORE INTO temp.sync_owner VALUES (?, ?)")
        .execute(arguments: [key.blueprint, key.identifier])
    }
  }

  /// Forgets those of them that are owned.
  func removeOwnerless(_ keys: [EntityKey]) throws {
    try file.database.write { database in
      let statement = try database.cachedStatement(
        sql: "DELETE FROM temp.sync_owner WHERE blueprint = ? AND identifier = ?")
      for key in keys { try statement.execute(arguments: [key.blueprint, key.identifier]) }
    }
  }

  /// How many of them are left, and the first ones.
  func ownerless(limit: Int) throws -> (count: Int, first: [EntityKey]) {
    try file.database.read { database in
      let first = try Row.fetchAll(
        database, sql: "SELECT * FROM temp.sync_owner ORDER BY blueprint, identifier LIMIT ?",
        arguments: [limit])
      return (
        try Int.fetchOne(database, sql: "SELECT count(*) FROM temp.sync_owner") ?? 0,
        first.map { EntityKey($0["blueprint"], $0["identifier"]) }
      )
    }
  }
}
