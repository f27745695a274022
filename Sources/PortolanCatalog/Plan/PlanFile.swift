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
    CREATE TABLE raw (hash TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// Creates an empty plan, in place of whatever is at `path`; only the user may read it.
  package init(creating path: String) throws {
    for suffix in ["", "-wal", "-shm", "-journal"] {
      try? FileManager.default.removeItem(atPath: path + suffix)
    }
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

  private static func noPlan(_ path: String) -> CatalogError {
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

// MARK: Operations

extension PlanFile {
  /// Adds operations, each in place of one on the same entity that is there.
  package func put(_ operations: [PlannedOperation]) throws {
    try database.write { database in
      for operation in operations { try Self.put(operation, database) }
    }
  }

  static func put(_ operation: PlannedOperation, _ database: Database) throws {
    try remove(operation.key, database)
    try database.cachedStatement(
      sql: """
        INSERT INTO operation (action, blueprint, identifier, after, before, cause, hold, origin, resource, counterpart,
          foreign_datasource, dependents, dependent_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      operation.action.rawValue, operation.key.blueprint, operation.key.identifier,
      operation.after.map { Data($0) }, operation.before.map { Data($0) }, try encoded(operation.cause),
      try encoded(operation.hold), try encoded(operation.origin), operation.origin?.resource,
      try encoded(operation.counterpart), operation.foreignDatasource,
      operation.dependents.isEmpty ? nil : try encoded(operation.dependents), operation.dependentCount,
    ])
    let number = database.lastInsertedRowID
    for change in operation.changes {
      try database.cachedStatement(
        sql: "INSERT INTO change (operation, field, before, after, cause) VALUES (?, ?, ?, ?, ?)"
      ).execute(arguments: [number, change.field, change.before, change.after, try encoded(change.cause)])
    }
  }

  /// Takes out the operation on an entity, if there is one.
  package func remove(_ key: EntityKey) throws {
    try database.write { try Self.remove(key, $0) }
  }

  static func remove(_ key: EntityKey, _ database: Database) throws {
    let number = try database.cachedStatement(
      sql: "SELECT number FROM operation WHERE blueprint = ? AND identifier = ?")
    guard let number = try Int64.fetchOne(number, arguments: [key.blueprint, key.identifier]) else { return }
    try database.execute(sql: "DELETE FROM change WHERE operation = ?", arguments: [number])
    try database.execute(sql: "DELETE FROM operation WHERE number = ?", arguments: [number])
  }

  /// Some operations, in the order of their numbers.
  ///
  /// - Parameters:
  ///   - actions: which ones.
  ///   - blueprint: of which blueprint, nil for all.
  ///   - state: what a sync has done of them, nil for all.
  ///   - number: after which one.
  ///   - limit: how many at most.
  /// - Returns: the operations.
  /// - Throws: what SQLite has against it.
  package func operations(
    _ actions: Set<PlannedOperation.Action>, of blueprint: String? = nil, in state: State? = nil,
    after number: Int64 = 0, limit: Int = 500
  ) throws -> [PlannedOperation] {
    let words = actions.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    return try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM operation WHERE action IN (\(words)) AND number > :number
          AND (:blueprint IS NULL OR blueprint = :blueprint) AND (:state IS NULL OR state = :state)
          ORDER BY number LIMIT :limit
          """,
        arguments: [
          "number": number, "limit": limit, "blueprint": blueprint, "state": state?.rawValue,
        ]
      ).map { try Self.operation($0, database) }
    }
  }

  /// The operation on an entity, nil where it stays as it is.
  package func operation(on key: EntityKey) throws -> PlannedOperation? {
    try database.read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM operation WHERE blueprint = ? AND identifier = ?",
        arguments: [key.blueprint, key.identifier]
      ).map { try Self.operation($0, database) }
    }
  }

  static func operation(_ row: Row, _ database: Database) throws -> PlannedOperation {
    let number: Int64 = row["number"]
    var operation = PlannedOperation(
      PlannedOperation.Action(rawValue: row["action"]) ?? .write,
      EntityKey(row["blueprint"], row["identifier"]),
      after: (row["after"] as Data?).map { Array($0) }, before: (row["before"] as Data?).map { Array($0) })
    operation.number = number
    operation.cause = try decoded(row["cause"])
    operation.hold = try decoded(row["hold"])
    operation.origin = try decoded(row["origin"])
    operation.counterpart = try decoded(row["counterpart"])
    operation.foreignDatasource = row["foreign_datasource"]
    operation.dependents = try decoded(row["dependents"]) ?? []
    operation.dependentCount = row["dependent_count"]
    operation.changes = try Row.fetchAll(
      database, sql: "SELECT * FROM change WHERE operation = ? ORDER BY field", arguments: [number]
    ).map { change in
      FieldChange(
        change["field"], before: change["before"], after: change["after"],
        cause: try decoded(change["cause"]) ?? PlanCause(.unknown))
    }
    return operation
  }

  /// Says what a sync has done of operations.
  package func mark(_ numbers: [Int64], _ state: State, _ refusal: WriteOutcome.Refusal? = nil) throws {
    try database.write { database in
      for number in numbers {
        try database.cachedStatement(sql: "UPDATE operation SET state = ?, refusal = ? WHERE number = ?")
          .execute(arguments: [state.rawValue, try Self.encoded(refusal), number])
      }
    }
  }

  /// How many operations there are of each action, in one state or in all.
  package func counts(in state: State? = nil) throws -> [PlannedOperation.Action: Int] {
    try database.read { database in
      let rows = try Row.fetchAll(
        database,
        sql:
          "SELECT action, count(*) AS count FROM operation \(state.map { "WHERE state = \($0.rawValue)" } ?? "") GROUP BY action"
      )
      return Dictionary(
        uniqueKeysWithValues: rows.compactMap { row in
          PlannedOperation.Action(rawValue: row["action"]).map { ($0, row["count"]) }
        })
    }
  }

  private static func encoded(_ value: (some Encodable)?) throws -> String? {
    try value.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }
  }

  private static func decoded<Value: Decodable>(_ text: String?) throws -> Value? {
    try text.map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
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
