import GRDB
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A plan on disk: its summary, and an operation for each entity that does not stay as it is.
///
/// It is an SQLite file, so that a plan of a million entities takes no memory. `state` of an operation is what a sync
/// has done of it.
package final class PlanFile: Sendable {
  /// What a sync has done of an operation.
  package enum State: Int, Sendable {
    case open = 0
    case done = 1
    case refused = 2
  }

  let database: DatabaseQueue
  /// Where it is.
  package let path: String

  static let schema = """
    CREATE TABLE summary (id INTEGER PRIMARY KEY CHECK (id = 1), json TEXT NOT NULL) STRICT;
    CREATE TABLE operation (
      number INTEGER PRIMARY KEY,
      action TEXT NOT NULL,
      blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL,
      after BLOB,
      before BLOB,
      cause TEXT,
      hold TEXT,
      origin TEXT,
      resource INTEGER,
      counterpart TEXT,
      foreign_datasource TEXT,
      dependents TEXT,
      dependent_count INTEGER NOT NULL DEFAULT 0,
      state INTEGER NOT NULL DEFAULT 0,
      refusal TEXT,
      UNIQUE (blueprint, identifier)
    ) STRICT;
    CREATE INDEX operation_by_action ON operation (action, blueprint, number);
    CREATE TABLE change (
      operation INTEGER NOT NULL,
      field TEXT NOT NULL,
      before TEXT,
      after TEXT,
      cause TEXT NOT NULL,
      PRIMARY KEY (operation, field)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dependent (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, PRIMARY KEY (blueprint, identifier)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE raw (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// What is needed while a plan is made, and goes with the connection.
  static let scratch = """
    CREATE TEMP TABLE query (
      blueprint TEXT NOT NULL, relation TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (blueprint, relation, json)
    ) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE old_key (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, old_blueprint TEXT NOT NULL, old_identifier TEXT NOT NULL,
      PRIMARY KEY (blueprint, identifier, old_blueprint, old_identifier)
    ) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE removal (
      snapshot INTEGER PRIMARY KEY, blueprint TEXT NOT NULL, identifier TEXT NOT NULL, identity TEXT
    ) STRICT;
    CREATE TEMP TABLE pair (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, old_blueprint TEXT NOT NULL, old_identifier TEXT NOT NULL
    ) STRICT;
    CREATE TEMP TABLE sure (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, old_blueprint TEXT NOT NULL, old_identifier TEXT NOT NULL
    ) STRICT;
    CREATE TEMP TABLE target (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, round INTEGER NOT NULL, PRIMARY KEY (blueprint, identifier)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX temp.target_by_identifier ON target (identifier);
    CREATE INDEX temp.target_by_round ON target (round, blueprint, identifier);
    CREATE TEMP TABLE pointer (
      target_blueprint TEXT NOT NULL, target_identifier TEXT NOT NULL, blueprint TEXT NOT NULL,
      identifier TEXT NOT NULL, relation TEXT NOT NULL, source INTEGER NOT NULL,
      PRIMARY KEY (target_blueprint, target_identifier, source, blueprint, identifier, relation)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX temp.pointer_by_source ON pointer (blueprint, identifier);
    CREATE TEMP TABLE staying (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, PRIMARY KEY (blueprint, identifier)
    ) STRICT, WITHOUT ROWID;
    """

  /// Creates an empty plan, in place of whatever is at `path`; only the user may read it.
  package init(creating path: String) throws {
    Self.remove(path)
    guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
      throw CatalogError(
        .unreadable, "cannot write the plan \(path)",
        advice: "check that its folder exists and may be written")
    }
    self.path = path
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      try database.execute(sql: "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF")
    }
    database = try DatabaseQueue(path: path, configuration: configuration)
    try database.write { database in
      try database.execute(sql: "PRAGMA application_id = \(Self.applicationID); PRAGMA user_version = 1")
      try database.execute(sql: Self.schema)
      try database.execute(sql: Self.scratch)
    }
  }

  /// Removes a plan, and what SQLite keeps beside it.
  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
  }

  /// Opens a plan that was made before.
  ///
  /// - Throws: ``CatalogError`` where there is none.
  package init(opening path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw CatalogError(
        .notFound, "there is no plan \(path)", advice: "make one with `portolan plan --output \(path)`")
    }
    let isPlan: Bool
    do {
      database = try DatabaseQueue(path: path)
      isPlan = try database.read { database in
        try Int.fetchOne(database, sql: "PRAGMA application_id") == Self.applicationID
          && Int.fetchOne(database, sql: "PRAGMA user_version") == 1
      }
    } catch {
      throw Self.noPlan(path)
    }
    guard isPlan else { throw Self.noPlan(path) }
    self.path = path
  }

  /// "PLAN" as a number: what tells a plan from other SQLite files.
  private static let applicationID = 0x504C_414E

  static func noPlan(_ path: String) -> CatalogError {
    CatalogError(
      .unreadable, "\(path) is no plan, or one of another version",
      advice: "make one with `portolan plan --output FILE`")
  }
}

// MARK: The summary

extension PlanFile {
  /// What the plan comes to.
  package var summary: PlanSummary {
    get throws {
      let json = try database.read { try String.fetchOne($0, sql: "SELECT json FROM summary") }
      guard let json else { throw Self.noPlan(path) }
      return try JSONDecoder().decode(PlanSummary.self, from: Data(json.utf8))
    }
  }

  /// Sets what the plan comes to.
  package func setSummary(_ summary: PlanSummary) throws {
    let json = String(decoding: try JSONEncoder().encode(summary), as: UTF8.self)
    try database.write {
      try $0.execute(sql: "INSERT OR REPLACE INTO summary (id, json) VALUES (1, ?)", arguments: [json])
    }
  }
}

// MARK: Raw objects

extension PlanFile {
  /// Keeps a raw object, so that the catalog can.
  package func keep(_ raw: [UInt8], hash: String) throws {
    try database.write {
      try $0.execute(
        sql: "INSERT OR IGNORE INTO raw (hash, bytes) VALUES (?, ?)", arguments: [hash, Data(raw)])
    }
  }

  /// A raw object that was kept.
  package func raw(_ hash: String) throws -> [UInt8]? {
    try database.read {
      try Data.fetchOne($0, sql: "SELECT bytes FROM raw WHERE hash = ?", arguments: [hash]).map { Array($0) }
    }
  }
}
