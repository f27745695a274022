import GRDB

/// What is remembered while a plan is made, on disk like the plan, and gone afterwards.
extension PlanFile {
  /// A search query of an entity that is desired.
  struct Query: Sendable, Hashable {
    /// The entity's blueprint.
    var blueprint: String
    /// Its field: `identifier`, `team`, `relations.owner`.
    var field: String
    var json: String
  }

  func add(_ queries: [Query]) throws {
    guard !queries.isEmpty else { return }
    try database.write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO query (blueprint, relation, json) VALUES (?, ?, ?)")
      for query in queries { try statement.execute(arguments: [query.blueprint, query.field, query.json]) }
    }
  }

  /// Remembers that a new entity's raw object was another entity before.
  func add(oldKeys keys: [(new: EntityKey, old: EntityKey)]) throws {
    guard !keys.isEmpty else { return }
    try database.write { database in
      let statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO old_key VALUES (?, ?, ?, ?)")
      for (new, old) in keys {
        try statement.execute(arguments: [new.blueprint, new.identifier, old.blueprint, old.identifier])
      }
    }
  }

  /// Queries of entities that are desired, some at a time, after one of them.
  func queries(after query: Query?, limit: Int = 500) throws -> [Query] {
    try database.read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM query WHERE (blueprint, relation, json) > (?, ?, ?) ORDER BY blueprint, relation, json LIMIT ?
          """, arguments: [query?.blueprint ?? "", query?.field ?? "", query?.json ?? "", limit]
      ).map { Query(blueprint: $0["blueprint"], field: $0["relation"], json: $0["json"]) }
    }
  }

  /// The blueprints of which entities are created, or the like.
  func blueprints(of action: PlannedOperation.Action) throws -> [String] {
    try database.read {
      try String.fetchAll(
        $0, sql: "SELECT DISTINCT blueprint FROM operation WHERE action = ? ORDER BY blueprint",
        arguments: [action.rawValue])
    }
  }

  /// Runs statements.
  func execute(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
    try database.write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// How many rows a query counts.
  func count(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
    try database.read { try Int.fetchOne($0, sql: sql, arguments: arguments) ?? 0 }
  }

  /// Takes deletions out of the plan: the entities stay as they are.
  func drop(_ keys: [EntityKey]) throws {
    guard !keys.isEmpty else { return }
    try database.write { database in
      let statement = try database.cachedStatement(
        sql: "DELETE FROM operation WHERE blueprint = ? AND identifier = ? AND action = 'delete'")
      for key in keys { try statement.execute(arguments: [key.blueprint, key.identifier]) }
    }
  }

  /// Holds deletions.
  func hold(_ numbers: [(number: Int64, reason: HoldReason)]) throws {
    guard !numbers.isEmpty else { return }
    try database.write { database in
      let statement = try database.cachedStatement(
        sql: "UPDATE operation SET action = 'hold', hold = ? WHERE number = ? AND action = 'delete'")
      for (number, reason) in numbers { try statement.execute(arguments: [Self.encoded(reason), number]) }
    }
  }
}
