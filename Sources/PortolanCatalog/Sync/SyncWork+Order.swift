import GRDB

/// Which operations wait for which: on disk, since there may be a million.
extension SyncWork {
  /// An operation that waits for another one.
  struct Edge {
    /// The operation that is to be done first.
    var first: Int64
    /// The one that waits for it.
    var waiting: Int64
    /// The relation for whose sake it waits.
    var relation: String
    /// Whether it can not be done without.
    var isRequired: Bool
  }

  /// Whether an operation can be done.
  enum Readiness {
    /// It waits for nothing.
    case ready
    /// It could be done without some relations.
    case breakable
    /// It is there.
    case any
  }

  /// Makes empty what waits.
  func clearOrder() throws {
    try file.database.write {
      try $0.execute(
        sql: """
          DROP TABLE IF EXISTS temp.sync_pending;
          DROP TABLE IF EXISTS temp.sync_edge;
          CREATE TEMP TABLE sync_pending (number INTEGER PRIMARY KEY, blueprint TEXT NOT NULL,
            waits INTEGER NOT NULL DEFAULT 0, required INTEGER NOT NULL DEFAULT 0);
          CREATE TEMP TABLE sync_edge (first INTEGER NOT NULL, waiting INTEGER NOT NULL, relation TEXT NOT NULL,
            required INTEGER NOT NULL, PRIMARY KEY (first, waiting, relation)) WITHOUT ROWID;
          """)
    }
  }

  /// Adds operations to those that are to be done, and what some of them wait for.
  func addPending(_ items: [SyncItem], _ edges: [Edge]) throws {
    try file.database.write { database in
      let pending = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO temp.sync_pending (number, blueprint) VALUES (?, ?)")
      for item in items { try pending.execute(arguments: [item.number, item.key.blueprint]) }
      let edge = try database.cachedStatement(
        sql: """
          INSERT OR IGNORE INTO temp.sync_edge (first, waiting, relation, required) VALUES (?, ?, ?, ?)
          """)
      for new in edges {
        try edge.execute(arguments: [new.first, new.waiting, new.relation, new.isRequired ? 1 : 0])
      }
    }
  }

  /// Counts what everything waits for, after all has been added.
  func closeOrder() throws {
    try file.database.write {
      try $0.execute(
        sql: """
          CREATE INDEX temp.sync_edge_waiting ON sync_edge (waiting);
          DELETE FROM temp.sync_edge WHERE first NOT IN (SELECT number FROM temp.sync_pending);
          UPDATE temp.sync_pending SET
            waits = (SELECT count(*) FROM temp.sync_edge WHERE waiting = number),
            required = (SELECT coalesce(sum(required), 0) FROM temp.sync_edge WHERE waiting = number);
          CREATE INDEX temp.sync_pending_ready ON sync_pending (blueprint, waits, number);
          CREATE INDEX temp.sync_pending_breakable ON sync_pending (blueprint, required, number);
          """)
    }
  }

  /// The first pending operations of a blueprint.
  func pending(_ readiness: Readiness, of blueprint: String, limit: Int) throws -> [Int64] {
    let condition =
      switch readiness {
      case .ready: "AND waits = 0"
      case .breakable: "AND required = 0"
      case .any: ""
      }
    return try file.database.read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT number FROM temp.sync_pending WHERE blueprint = ? \(condition) ORDER BY number LIMIT ?
            """), arguments: [blueprint, limit])
    }
  }

  /// Takes operations out of those that are to be done.
  func takePending(_ numbers: [Int64]) throws {
    try file.database.write { database in
      let statement = try database.cachedStatement(sql: "DELETE FROM temp.sync_pending WHERE number = ?")
      for number in numbers { try statement.execute(arguments: [number]) }
    }
  }

  /// The relations for whose sake an operation waits, and that it can do without.
  func waitingRelations(of number: Int64) throws -> Set<String> {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT relation FROM temp.sync_edge WHERE waiting = ? AND required = 0")
      return try String.fetchSet(statement, arguments: [number])
    }
  }

  /// An operation that could be done without some relations, and that waits, by way of others, for itself. It is looked
  /// for where a pending one leads that waits; nil where none is found.
  func circle(from number: Int64) throws -> Int64? {
    var path = [number]
    var places = [number: 0]
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT first FROM temp.sync_edge WHERE waiting = ? LIMIT 1")
      while path.count < Self.longestSearch, let last = path.last {
        guard let next = try Int64.fetchOne(statement, arguments: [last]) else { return path = [] }
        if let place = places[next] { return path.removeFirst(place) }
        places[next] = path.count
        path.append(next)
      }
      path = []
    }
    return try path.first(where: isBreakable)
  }

  private static var longestSearch: Int { 10_000 }

  private func isBreakable(_ number: Int64) throws -> Bool {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM temp.sync_pending WHERE number = ? AND required = 0")
      return try Int.fetchOne(statement, arguments: [number]) != nil
    }
  }

  /// The relations for whose sake others wait for an operation, and that its entity can do without.
  func keepingRelations(of number: Int64) throws -> Set<String> {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT relation FROM temp.sync_edge WHERE first = ? AND required = 0")
      return try String.fetchSet(statement, arguments: [number])
    }
  }

  /// Lets go what waits for an operation for the sake of relations that its entity can do without.
  func loosen(_ number: Int64) throws {
    try release([number], required: 0...0)
  }

  /// Lets go what waits for these operations.
  func release(_ numbers: [Int64]) throws {
    try release(numbers, required: 0...1)
  }

  private func release(_ numbers: [Int64], required: ClosedRange<Int>) throws {
    let edges = "temp.sync_edge WHERE first = ? AND required BETWEEN ? AND ?"
    try file.database.write { database in
      let waiting = try database.cachedStatement(sql: "SELECT waiting, required FROM \(edges)")
      let update = try database.cachedStatement(
        sql: "UPDATE temp.sync_pending SET waits = waits - 1, required = required - ? WHERE number = ?")
      let delete = try database.cachedStatement(sql: "DELETE FROM \(edges)")
      for number in numbers {
        let arguments: StatementArguments = [number, required.lowerBound, required.upperBound]
        for row in try Row.fetchAll(waiting, arguments: arguments) {
          try update.execute(arguments: [row["required"] as Int, row["waiting"] as Int64])
        }
        try delete.execute(arguments: arguments)
      }
    }
  }

  /// The number of the operation, not done so far, that creates an entity, or deletes it.
  func number(of key: EntityKey, deleting: Bool) throws -> Int64? {
    try file.database.read { database in
      let condition = deleting ? "action = 'delete'" : "action IN ('create', 'write') AND before IS NULL"
      let statement = try database.cachedStatement(
        sql: """
          SELECT number FROM operation WHERE blueprint = ? AND identifier = ? AND state = 0 AND \(condition)
          """)
      return try Int64.fetchOne(statement, arguments: [key.blueprint, key.identifier])
    }
  }
}
