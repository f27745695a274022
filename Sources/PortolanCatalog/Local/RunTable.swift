import Crypto
import GRDB

/// A run as a catalog remembers it.
package struct RunRecord: Sendable, Hashable, Codable {
  /// How a run is, or how it ended.
  package enum State: String, Sendable, Hashable, Codable {
    case running
    case completed
    case failed
    case interrupted
    /// It has no end, and is not at work.
    case killed
  }

  package var id: String
  /// `port-ocean/{type}/{version}/{identifier}/exporter`
  package var datasource: String
  package var configHash: String
  package var configPath: String
  /// ISO 8601.
  package var startedAt: String
  package var endedAt: String?
  package var state: State
  package var created: Int
  package var changed: Int
  package var deleted: Int
  package var failed: Int
}

/// The runs of a catalog.
enum RunTable {
  /// The number of a run, which is noted where it is not.
  static func number(of run: CatalogRun, _ database: Database) throws -> Int64 {
    let known = try database.cachedStatement(sql: "SELECT number FROM run WHERE id = ?")
    return try Int64.fetchOne(known, arguments: [run.id]) ?? insert(run, database)
  }

  /// Notes that a run begins, or goes on.
  static func begin(_ run: CatalogRun, _ database: Database) throws {
    let number = try number(of: run, database)
    try database.execute(
      sql: "UPDATE run SET ended_at = NULL, state = NULL WHERE number = ?", arguments: [number])
  }

  private static func insert(_ run: CatalogRun, _ database: Database) throws -> Int64 {
    let hash = hash(Array(run.config.utf8))
    try database.execute(
      sql: "INSERT OR IGNORE INTO config (hash, text) VALUES (?, ?)", arguments: [hash, run.config])
    try database.execute(
      sql: """
        INSERT INTO run (id, type, integration, datasource, config_hash, config_path, started_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run.id, run.owner.type, run.owner.identifier, run.owner.description, hash, run.configPath,
        CatalogTime.text(run.startedAt),
      ])
    return database.lastInsertedRowID
  }

  /// Notes how a run ended.
  static func end(_ run: CatalogRun, _ result: RunResult, at time: String, _ database: Database) throws {
    let number = try number(of: run, database)
    try database.execute(
      sql: """
        UPDATE run SET ended_at = ?, state = ?, created = ?, changed = ?, deleted = ?, failed = ?
        WHERE number = ?
        """,
      arguments: [
        time, result.state.rawValue, result.created, result.changed, result.deleted, result.failed, number,
      ])
  }

  /// The SHA-256 of bytes in hexadecimal digits.
  static func hash(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in SHA256.hash(data: bytes) {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: Beginning and ending

extension LocalCatalog {
  /// Notes that a run begins. On this machine one of each owner is at work at a time.
  public func begin(_ run: CatalogRun) async throws {
    try locks.lock(run.owner, of: name, at: now)
    do {
      try await write { try RunTable.begin(run, $0) }
    } catch {
      locks.unlock(run.owner)
      throw error
    }
  }

  /// Notes how a run ended, lets the next one begin, and forgets raw objects whose time is over.
  public func end(_ run: CatalogRun, _ result: RunResult) async throws {
    defer { locks.unlock(run.owner) }
    let now = now
    try await write { database in
      try RunTable.end(run, result, at: now, database)
      try database.execute(sql: "DELETE FROM raw WHERE kept_until <= ?", arguments: [now])
    }
  }

  /// The config of the last run of `owner` that came to its end; otherwise the one that its integration has. Nil where there
  /// is none.
  public func appliedConfig(of owner: Datasource) async throws -> [UInt8]? {
    let ended = try await read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT config.text FROM run JOIN config ON config.hash = run.config_hash
          WHERE type = ? AND integration = ? AND state IN ('completed', 'failed') ORDER BY number DESC LIMIT 1
          """,
        arguments: [owner.type, owner.identifier])
    }
    if let ended { return Array(ended.utf8) }
    return try await storedConfig(of: owner)
  }

  /// The latest runs, newest first.
  package func runs(limit: Int) async throws -> [RunRecord] {
    let records = try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM run ORDER BY number DESC LIMIT ?", arguments: [limit]
      ).map { row in
        (record: RunTable.record(row), owner: Datasource(type: row["type"], identifier: row["integration"]))
      }
    }
    return records.map { entry in
      var record = entry.record
      // The lock goes with the process, so that what has no end and no lock was killed.
      if record.state == .running, !locks.isHeld(entry.owner, of: name) { record.state = .killed }
      return record
    }
  }

  /// The text of a config that a run applied, and where it was.
  package func config(hash: String) async throws -> (text: String, path: String)? {
    try await read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT text, coalesce((SELECT config_path FROM run WHERE config_hash = config.hash
            ORDER BY number DESC LIMIT 1), '') FROM config WHERE hash = ?
          """, arguments: [hash]
      ).map { ($0[0], $0[1]) }
    }
  }

  /// A raw object that is still kept.
  package func raw(hash: String) async throws -> [UInt8]? {
    try await read { database in
      try Row.fetchOne(database, sql: "SELECT bytes FROM raw WHERE hash = ?", arguments: [hash])
        .flatMap { $0.bytes(0) }
    }
  }
}

extension RunTable {
  fileprivate static func record(_ row: Row) -> RunRecord {
    RunRecord(
      id: row["id"], datasource: row["datasource"], configHash: row["config_hash"],
      configPath: row["config_path"], startedAt: row["started_at"], endedAt: row["ended_at"],
      state: (row["state"] as String?).flatMap { RunRecord.State(rawValue: $0) } ?? .running,
      created: row["created"], changed: row["changed"], deleted: row["deleted"], failed: row["failed"])
  }
}
