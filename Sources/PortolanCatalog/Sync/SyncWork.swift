import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a sync notes beside a plan while it carries it out: on disk, and gone with the connection.
///
/// Nothing that comes after depends on it: where a sync is cut off, the next plan sees what the catalog has. Only that a
/// saved plan was begun stays in its file.
struct SyncWork: Sendable {
  /// What is noted.
  static let schema = """
    CREATE TABLE IF NOT EXISTS sync_run (id TEXT PRIMARY KEY) STRICT;
    DROP TABLE IF EXISTS temp.sync_partial;
    DROP TABLE IF EXISTS temp.sync_kept;
    DROP TABLE IF EXISTS temp.sync_owner;
    CREATE TEMP TABLE sync_partial (number INTEGER PRIMARY KEY);
    CREATE TEMP TABLE sync_kept (number INTEGER PRIMARY KEY);
    CREATE TEMP TABLE sync_owner (
      blueprint TEXT NOT NULL, identifier TEXT NOT NULL, PRIMARY KEY (blueprint, identifier)
    ) STRICT, WITHOUT ROWID;
    """

  let file: PlanFile

  private var database: DatabaseQueue { file.database }

  /// Makes ready for a run. What an earlier one was refused is tried again.
  ///
  /// - Returns: whether an earlier run has begun with this plan.
  func prepare() throws -> Bool {
    try database.inDatabase { database in
      // A plan need not outlive a power cut, only its process.
      try database.execute(sql: "PRAGMA synchronous = OFF")
      try database.execute(sql: Self.schema)
      try database.execute(
        sql: "UPDATE operation SET state = 0, refusal = NULL WHERE state = ?",
        arguments: [PlanFile.State.refused.rawValue])
      return try Int.fetchOne(database, sql: "SELECT count(*) FROM sync_run") ?? 0 > 0
    }
  }

  /// Notes that from now on the catalog may be otherwise than the plan says, by what the plan says.
  func begin(_ run: String) throws {
    try database.write {
      try $0.execute(sql: "INSERT OR IGNORE INTO sync_run (id) VALUES (?)", arguments: [run])
    }
  }

  /// The blueprints of everything that is not held, in their first operations' order.
  func blueprints() throws -> [String] {
    try database.read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT blueprint FROM operation WHERE action IN ('create', 'change', 'write', 'delete')
          GROUP BY blueprint ORDER BY min(number)
          """)
    }
  }

  /// How many operations of one kind are in a state.
  func count(_ actions: Set<PlannedOperation.Action>, in state: PlanFile.State) throws -> Int {
    let counts = try file.counts(in: state)
    return actions.reduce(0) { $0 + (counts[$1] ?? 0) }
  }
}

// MARK: Reading operations

extension SyncWork {
  /// Some operations of a lane in one state, with what is written.
  func items(
    _ lane: SyncLane, in state: PlanFile.State, after number: Int64, limit: Int
  ) throws -> [SyncItem] {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT number, action, blueprint, identifier, after, origin FROM operation
          WHERE action = ?1 AND blueprint = ?2 AND number > ?3 AND state = ?4
          AND (?5 IS NULL OR (action = 'write' AND substr(identifier, 1, 1) = '{') = ?5) ORDER BY number LIMIT ?6
          """)
      let rows = try Row.fetchAll(
        statement,
        arguments: [
          lane.action.rawValue, lane.blueprint, number, state.rawValue, lane.areQueries, limit,
        ])
      return try rows.map(Self.item)
    }
  }

  /// Some deletions of a blueprint that are neither done nor kept back.
  func deletions(of blueprint: String, after number: Int64, limit: Int) throws -> [SyncItem] {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT number, action, blueprint, identifier, NULL AS after, NULL AS origin FROM operation
          WHERE action = 'delete' AND blueprint = ? AND number > ? AND state = 0
          AND number NOT IN (SELECT number FROM temp.sync_kept) ORDER BY number LIMIT ?
          """)
      return try Row.fetchAll(statement, arguments: [blueprint, number, limit]).map(Self.item)
    }
  }

  /// Some operations that were refused for a cause that `isTried` takes, with what is written.
  func refusedItems(
    _ lane: SyncLane, after number: Int64, limit: Int, where isTried: (WriteOutcome.Refusal) -> Bool
  ) throws -> [SyncItem] {
    var (items, last): ([SyncItem], Int64) = ([], number)
    while items.count < limit {
      let rows = try refusedRows(lane, after: last, limit: limit)
      guard let end = rows.last else { break }
      last = end.item.number
      items += rows.filter { $0.refusal.map(isTried) ?? false }.map(\.item)
    }
    return items
  }

  private func refusedRows(
    _ lane: SyncLane, after number: Int64, limit: Int
  ) throws -> [(item: SyncItem, refusal: WriteOutcome.Refusal?)] {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT number, action, blueprint, identifier, after, origin, refusal FROM operation
          WHERE action = ? AND blueprint = ? AND number > ? AND state = ? ORDER BY number LIMIT ?
          """)
      return try Row.fetchAll(
        statement,
        arguments: [
          lane.action.rawValue, lane.blueprint, number, PlanFile.State.refused.rawValue, limit,
        ]
      ).map { (try Self.item($0), try Self.decoded($0["refusal"])) }
    }
  }

  /// The first operations that were refused, and the catalog's words.
  func refused(limit: Int) throws -> [(item: SyncItem, refusal: WriteOutcome.Refusal)] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT number, action, blueprint, identifier, NULL AS after, origin, refusal FROM operation
          WHERE state = ? AND refusal IS NOT NULL ORDER BY number LIMIT ?
          """, arguments: [PlanFile.State.refused.rawValue, limit]
      ).compactMap { row in
        let refusal: WriteOutcome.Refusal? = try Self.decoded(row["refusal"])
        return try refusal.map { (try Self.item(row), $0) }
      }
    }
  }

  /// The operations with these numbers, in their order, with what is written.
  func items(numbered numbers: [Int64]) throws -> [SyncItem] {
    try database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT number, action, blueprint, identifier, after, origin FROM operation WHERE number = ?")
      return try numbers.compactMap { try Row.fetchOne(statement, arguments: [$0]).map(Self.item) }
    }
  }

  private static func item(_ row: Row) throws -> SyncItem {
    SyncItem(
      number: row["number"], action: PlannedOperation.Action(rawValue: row["action"]) ?? .write,
      key: EntityKey(row["blueprint"], row["identifier"]),
      json: (row["after"] as Data?).map { Array($0) } ?? [],
      origin: try decoded(row["origin"]))
  }

  private static func decoded<Value: Decodable>(_ text: String?) throws -> Value? {
    try text.map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
  }
}

// MARK: What became of operations

/// What became of the operations of a batch.
struct BatchOutcome {
  /// Those that are done.
  var done: [SyncItem] = []
  /// Those that are written, but for some relations.
  var partial: [SyncItem] = []
  /// Those that were refused.
  var refused: [(item: SyncItem, refusal: WriteOutcome.Refusal)] = []
}

extension SyncWork {
  /// Notes what became of operations.
  func note(_ outcome: BatchOutcome) throws {
    try database.write { database in
      let mark = try database.cachedStatement(
        sql: "UPDATE operation SET state = ?, refusal = ? WHERE number = ?")
      let unfinished = try database.cachedStatement(sql: "DELETE FROM temp.sync_partial WHERE number = ?")
      for item in outcome.done {
        try mark.execute(arguments: [PlanFile.State.done.rawValue, nil, item.number])
        try unfinished.execute(arguments: [item.number])
      }
      for (item, refusal) in outcome.refused {
        let text = String(decoding: try JSONEncoder().encode(refusal), as: UTF8.self)
        try mark.execute(arguments: [PlanFile.State.refused.rawValue, text, item.number])
        try unfinished.execute(arguments: [item.number])
      }
      let begun = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO temp.sync_partial (number) VALUES (?)")
      for item in outcome.partial { try begun.execute(arguments: [item.number]) }
    }
  }

  /// Some of the blueprint's entities that are written but for some relations, with all that is to be written.
  func partialItems(of lane: SyncLane, after number: Int64, limit: Int) throws -> [SyncItem] {
    let numbers = try database.read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT sync_partial.number FROM temp.sync_partial CROSS JOIN operation
            ON operation.number = sync_partial.number
            WHERE sync_partial.number > ? AND action = ? AND blueprint = ?
            ORDER BY sync_partial.number LIMIT ?
            """), arguments: [number, lane.action.rawValue, lane.blueprint, limit])
    }
    return try items(numbered: numbers)
  }
}
