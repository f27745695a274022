import GRDB

/// What a plan comes to, by groups.
extension PlanFile {
  /// How many groups of one kind, members of a group or examples are named.
  private static var limit: Int { 5 }
  /// How many renames are named.
  private static var renameLimit: Int { 100 }
  /// How long a value is shown, in characters.
  private static var valueLimit: Int { 200 }

  /// How many operations there are of each action, by blueprint.
  func countsByBlueprint() throws -> [String: PlanCounts] {
    try database.read { database in
      var counts: [String: PlanCounts] = [:]
      let rows = try Row.fetchAll(
        database, sql: "SELECT blueprint, action, count(*) AS count FROM operation GROUP BY blueprint, action"
      )
      for row in rows {
        counts[row["blueprint"], default: PlanCounts()].add(row["action"], row["count"])
      }
      return counts
    }
  }

  /// How many entities that the catalog has are written without being compared, by blueprint.
  func knownWrites() throws -> [String: Int] {
    try database.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT blueprint, count(*) AS count FROM operation WHERE action = 'write' AND before IS NOT NULL
          GROUP BY blueprint
          """)
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["blueprint"], $0["count"]) })
    }
  }

  /// Who else wrote entities last that are written now, the most frequent first.
  func takeovers() throws -> [Takeover] {
    try database.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT foreign_datasource AS datasource, count(*) AS count FROM operation
          WHERE foreign_datasource IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT \(Self.limit)
          """)
      return rows.map { Takeover($0["datasource"], count: $0["count"]) }
    }
  }

  /// What is deleted and held, in the blueprints' order: what is deleted first, then by reason; of each the largest group
  /// first.
  func removals(
    owned: [String: Int], in order: [String], deletesDependents: Bool
  ) throws -> [RemovalGroup] {
    let places = Dictionary(order.enumerated().map { ($1, $0) }) { first, _ in first }
    return try database.read { database in
      // Of all columns that are not grouped by, SQLite takes the row with the least number.
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT blueprint, action, \(Self.word) AS word, cause, count(*) AS count, min(number) AS first,
            hold AS reason
          FROM operation WHERE action IN ('delete', 'hold') GROUP BY blueprint, action, word, cause
          ORDER BY action, count(*) DESC, first
          """)
      let groups = try rows.map { row in
        RemovalGroup(
          row["blueprint"], count: row["count"], owned: owned[row["blueprint"]] ?? 0,
          hold: try Self.decoded(try Self.reason(row, database)),
          cause: try Self.decoded(row["cause"]) ?? PlanCause(.unknown),
          examples: try Self.examples(row, database),
          pointers: try Self.pointers(row, deletesDependents: deletesDependents, database))
      }
      return groups.enumerated().sorted {
        (places[$0.1.blueprint] ?? 0, $0.0) < (places[$1.1.blueprint] ?? 0, $1.0)
      }.map(\.1)
    }
  }

  /// The word of a hold's reason: the only key of its JSON.
  private static var word: String { "substr(hold, 1, instr(hold, ':'))" }

  private static func group(_ row: Row) -> StatementArguments {
    [row["blueprint"] as String, row["action"] as String, row["word"] as String?, row["cause"] as String?]
  }

  private static var isOfGroup: String {
    "operation.blueprint = ? AND action = ? AND \(word) IS ? AND cause IS ?"
  }

  /// The reason that says most: of what relates to a group's entities, something that is not held itself.
  private static func reason(_ row: Row, _ database: Database) throws -> String? {
    guard let word = row["word"] as String?, word.contains("related") || word.contains("dependent") else {
      return row["reason"]
    }
    func source(_ part: String) -> String {
      "coalesce(json_extract(operation.hold, '$.related._0.source.\(part)'), "
        + "json_extract(operation.hold, '$.dependent._0.source.\(part)'))"
    }
    return try String.fetchOne(
      database,
      sql: """
        SELECT hold FROM operation WHERE \(isOfGroup) ORDER BY EXISTS (
          SELECT 1 FROM operation AS other WHERE other.blueprint = \(source("blueprint"))
          AND other.identifier = \(source("identifier")) AND other.action = 'hold'), number LIMIT 1
        """, arguments: group(row))
  }

  private static func examples(_ row: Row, _ database: Database) throws -> [String] {
    try String.fetchAll(
      database, sql: "SELECT identifier FROM operation WHERE \(isOfGroup) ORDER BY number LIMIT \(limit)",
      arguments: group(row))
  }

  /// What relates to a group's entities, the most frequent first.
  private static func pointers(
    _ row: Row, deletesDependents: Bool, _ database: Database
  ) throws -> [RemovalGroup.Pointers] {
    let found = """
      FROM operation JOIN pointer ON target_blueprint = operation.blueprint AND target_identifier = operation.identifier
      LEFT JOIN operation AS other ON other.blueprint = pointer.blueprint AND other.identifier = pointer.identifier
      WHERE \(isOfGroup.replacing("action", with: "operation.action").replacing("cause", with: "operation.cause")
        .replacing("hold,", with: "operation.hold,"))
      """
    let goes = """
      (other.action IS 'delete' OR (source = 2 AND operation.action = 'delete' AND \(deletesDependents)))
      """
    let groups = try Row.fetchAll(
      database,
      sql: """
        SELECT pointer.blueprint AS source, relation, \(goes) AS goes, count(DISTINCT pointer.identifier) AS count
        \(found) GROUP BY 1, 2, 3 ORDER BY count(DISTINCT pointer.identifier) DESC, 1, 2, 3
        """, arguments: group(row))
    return try groups.map { pointers in
      let examples = try String.fetchAll(
        database,
        sql: """
          SELECT DISTINCT pointer.identifier \(found) AND pointer.blueprint = ? AND relation = ? AND \(goes) = ?
          ORDER BY 1 LIMIT \(limit)
          """,
        arguments: group(row) + [
          pointers["source"] as String, pointers["relation"] as String, pointers["goes"] as Bool,
        ])
      let source: String = pointers["source"]
      return RemovalGroup.Pointers(
        source, pointers["relation"], count: pointers["count"], areDeleted: pointers["goes"],
        examples: examples.map { EntityKey(source, $0) })
    }
  }
}

// MARK: Changes

extension PlanFile {
  /// What changes, by blueprint, field and cause, the largest group first.
  func changes(owned: [String: Int]) throws -> [ChangeGroup] {
    try database.read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          WITH transition AS (
            SELECT blueprint, field, change.cause AS cause, substr(change.before, 1, \(Self.valueLimit + 1)) AS before,
              substr(change.after, 1, \(Self.valueLimit + 1)) AS after, count(*) AS count
            FROM change JOIN operation ON number = operation GROUP BY 1, 2, 3, 4, 5
          ), ranked AS (
            SELECT *, row_number() OVER (PARTITION BY blueprint, field, cause ORDER BY count DESC, before, after) AS rank,
              count(*) OVER (PARTITION BY blueprint, field, cause) AS transitions,
              sum(count) OVER (PARTITION BY blueprint, field, cause) AS total
            FROM transition
          )
          SELECT * FROM ranked WHERE rank <= \(Self.limit) ORDER BY total DESC, blueprint, field, cause, rank
          """)
      var groups: [ChangeGroup] = []
      while let row = try rows.next() {
        if row["rank"] == 1 { groups.append(try Self.changeGroup(row, owned, database)) }
        let transition = ChangeGroup.Transition(
          before: Self.shown(row["before"]), after: Self.shown(row["after"]), count: row["count"])
        groups[groups.count - 1].transitions.append(transition)
      }
      return groups
    }
  }

  private static func changeGroup(_ row: Row, _ owned: [String: Int], _ database: Database) throws
    -> ChangeGroup
  {
    let examples = try String.fetchAll(
      database,
      sql: """
        SELECT identifier FROM operation JOIN change ON operation = number
        WHERE action = 'change' AND blueprint = ? AND field = ? AND change.cause = ? ORDER BY number LIMIT \(limit)
        """, arguments: [row["blueprint"] as String, row["field"] as String, row["cause"] as String])
    return ChangeGroup(
      row["blueprint"], row["field"], cause: try decoded(row["cause"]) ?? PlanCause(.unknown),
      count: row["total"],
      owned: owned[row["blueprint"]] ?? 0, transitions: [],
      otherTransitions: max(0, row["transitions"] - limit), examples: examples)
  }

  private static func shown(_ json: String?) -> String? {
    guard let json, json.unicodeScalars.count > valueLimit else { return json }
    var shown = ""
    shown.unicodeScalars.append(contentsOf: json.unicodeScalars.prefix(valueLimit - 1))
    return shown + "…"
  }

  /// The first renames, and how many there are.
  func renames() throws -> ([Rename], Int) {
    let condition = "action = 'create' AND counterpart IS NOT NULL"
    let count = try count("SELECT count(*) FROM operation WHERE \(condition)")
    let renames = try database.read { database in
      try Row.fetchAll(
        database, sql: "SELECT * FROM operation WHERE \(condition) ORDER BY number LIMIT \(Self.renameLimit)"
      ).compactMap { row -> Rename? in
        let operation = try Self.operation(row, database)
        return try operation.counterpart.map {
          let cause = operation.cause ?? PlanCause(.unknown)
          var rename = Rename(
            from: $0, to: operation.key,
            rawIdentity: cause.kind == .mapping ? nil : operation.origin?.rawIdentity, cause: cause)
          rename.isHeld = try Self.isHeld($0, database)
          return rename
        }
      }
    }
    return (renames, count)
  }

  private static func isHeld(_ key: EntityKey, _ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: "SELECT 1 FROM operation WHERE blueprint = ? AND identifier = ? AND action = 'hold'",
      arguments: [key.blueprint, key.identifier]) ?? false
  }
}

extension PlanCounts {
  /// Adds how many operations there are of an action.
  fileprivate mutating func add(_ action: String, _ count: Int) {
    switch PlannedOperation.Action(rawValue: action) {
    case .create: create += count
    case .change: change += count
    case .delete: delete += count
    case .hold: hold += count
    case .write: write += count
    case nil: break
    }
  }
}
