import GRDB
import Portolan
import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension PlanFile {
  /// Adds operations, each in place of one on the same entity that is there.
  package func put(_ operations: [PlannedOperation]) throws {
    _ = try apply(operations.map { PlanStep.put($0) })
  }

  /// Does steps, in one transaction.
  ///
  /// - Returns: what several entities with the same key came to, in the order of the steps.
  func apply(_ steps: [PlanStep]) throws -> [PlanCollision] {
    guard !steps.isEmpty else { return [] }
    var collisions: [PlanCollision] = []
    try database.write { database in
      let table = OperationTable(database)
      for step in steps {
        if let collision = try table.apply(step) { collisions.append(collision) }
      }
    }
    return collisions
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
    operation.cause = PlanCause(columnText: row["cause"])
    operation.hold = try decoded(row["hold"])
    operation.origin = EntityOrigin(columnText: row["origin"])
    operation.counterpart = try decoded(row["counterpart"])
    operation.foreignDatasource = row["foreign_datasource"]
    operation.dependents = try decoded(row["dependents"]) ?? []
    operation.dependentCount = row["dependent_count"]
    guard operation.action == .change else { return operation }
    let statement = try database.cachedStatement(
      sql: "SELECT * FROM change WHERE operation = ? ORDER BY field")
    operation.changes = try Row.fetchAll(statement, arguments: [number]).map { change in
      FieldChange(
        change["field"], before: change["before"], after: change["after"],
        cause: PlanCause(columnText: change["cause"]) ?? PlanCause(.unknown))
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

  /// JSON that is the same for the same value, so that SQL can group by it.
  static func encoded(_ value: (some Encodable)?) throws -> String? {
    guard let value else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func decoded<Value: Decodable>(_ text: String?) throws -> Value? {
    try text.map { try JSONDecoder().decode(Value.self, from: Data($0.utf8)) }
  }
}
