import GRDB

/// Writes into each deletion, and each that is held, what relates to it: how many entities, and the first of them.
struct PointerNames {
  /// How many are named.
  static let limit = 5

  private let file: PlanFile
  private let deletesDependents: Bool

  init(_ file: PlanFile, deletesDependents: Bool) {
    self.file = file
    self.deletesDependents = deletesDependents
  }

  func write() throws {
    var number: Int64 = 0
    while true {
      try Task.checkCancellation()
      let next = try write(after: number)
      guard let next else { return }
      number = next
    }
  }

  /// Does some operations; the last one's number, nil where there was none.
  private func write(after number: Int64) throws -> Int64? {
    try file.database.write { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT number, action, blueprint, identifier FROM operation
          WHERE action IN ('delete', 'hold') AND number > ? AND EXISTS (
            SELECT 1 FROM pointer WHERE target_blueprint = operation.blueprint
            AND target_identifier = operation.identifier)
          ORDER BY number LIMIT 500
          """, arguments: [number])
      for row in rows { try name(row, database) }
      return rows.last?["number"]
    }
  }

  /// Where dependents go with a deletion, what depends on these goes too.
  private func name(_ operation: Row, _ database: Database) throws {
    let goesOn = deletesDependents && operation["action"] == "delete"
    let closure = """
      WITH RECURSIVE gone (blueprint, identifier) AS (
        SELECT ?, ? UNION SELECT pointer.blueprint, pointer.identifier FROM gone
        JOIN pointer ON target_blueprint = gone.blueprint AND target_identifier = gone.identifier
        WHERE source = 2 AND \(goesOn)
      )
      """
    let key: StatementArguments = [operation["blueprint"] as String, operation["identifier"] as String]
    let pointers =
      "FROM gone JOIN pointer ON target_blueprint = gone.blueprint AND target_identifier = gone.identifier"
    let count =
      try Int.fetchOne(
        database,
        sql: """
          \(closure) SELECT count(*) FROM (SELECT DISTINCT pointer.blueprint, pointer.identifier \(pointers))
          """, arguments: key) ?? 0
    let first = try Row.fetchAll(
      database,
      sql: """
        \(closure) SELECT pointer.* \(pointers)
        ORDER BY source \(goesOn ? "DESC" : ""), pointer.blueprint, pointer.identifier, relation LIMIT \(Self.limit)
        """, arguments: key
    ).map(RelatedEntity.init(pointer:))
    try database.execute(
      sql: "UPDATE operation SET dependents = ?, dependent_count = ? WHERE number = ?",
      arguments: [try PlanFile.encoded(first), count, operation["number"] as Int64])
  }
}
