import GRDB
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is done to a plan's operations.
enum PlanStep: Sendable {
  /// Adds an operation, in place of one on the same entity that is there.
  case put(PlannedOperation)
  /// Adds an operation, unless there is one on the same entity that a later resource made.
  case create(PlannedOperation)
  /// Takes out the operation on an entity, if there is one.
  case remove(EntityKey)
}

/// Several entities that were made with the same key.
struct PlanCollision: Sendable {
  var key: EntityKey
  /// What the operation that was there is made of.
  var earlier: EntityOrigin?
  /// What the one that came later is made of, whichever of them counts.
  var later: EntityOrigin?
  /// Whether the catalog does not have it.
  var isNew = false
}

/// The operations of a plan, in a transaction.
struct OperationTable {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func apply(_ step: PlanStep) throws -> PlanCollision? {
    switch step {
    case .put(let operation):
      if try insert(operation) { return nil }
      let earlier = try remove(operation.key)
      _ = try insert(operation)
      return earlier.map {
        PlanCollision(key: operation.key, earlier: $0, later: operation.origin)
      }
    case .create(let operation):
      if try insert(operation) { return nil }
      return try collide(operation)
    case .remove(let key):
      return try remove(key).map { PlanCollision(key: key, earlier: $0, later: nil) }
    }
  }

  private func collide(_ operation: PlannedOperation) throws -> PlanCollision? {
    let earlier = try row(operation.key)?.origin
    let stays = (earlier?.resource ?? 0) > operation.origin?.resource ?? 0
    if !stays {
      _ = try remove(operation.key)
      _ = try insert(operation)
    }
    return PlanCollision(key: operation.key, earlier: earlier, later: operation.origin, isNew: true)
  }

  /// Whether there was no operation on the same entity.
  private func insert(_ operation: PlannedOperation) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO operation (action, blueprint, identifier, after, before, cause, hold, origin, resource, counterpart,
          foreign_datasource, dependents, dependent_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING
        """)
    try statement.execute(arguments: [
      operation.action.rawValue, operation.key.blueprint, operation.key.identifier,
      operation.after.map { Data($0) }, operation.before.map { Data($0) },
      operation.cause?.columnText, try PlanFile.encoded(operation.hold), operation.origin?.columnText,
      operation.origin?.resource, try PlanFile.encoded(operation.counterpart), operation.foreignDatasource,
      operation.dependents.isEmpty ? nil : try PlanFile.encoded(operation.dependents),
      operation.dependentCount,
    ])
    guard database.changesCount > 0 else { return false }
    if !operation.changes.isEmpty { try insert(operation.changes, of: database.lastInsertedRowID) }
    return true
  }

  private func insert(_ changes: [FieldChange], of number: Int64) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO change (operation, field, before, after, cause) VALUES (?, ?, ?, ?, ?)")
    for change in changes {
      try statement.execute(arguments: [
        number, change.field, change.before, change.after, change.cause.columnText,
      ])
    }
  }

  private func row(_ key: EntityKey) throws -> (number: Int64, origin: EntityOrigin?)? {
    let statement = try database.cachedStatement(
      sql: "SELECT number, origin FROM operation WHERE blueprint = ? AND identifier = ?")
    guard let row = try Row.fetchOne(statement, arguments: [key.blueprint, key.identifier]) else {
      return nil
    }
    return (row["number"], EntityOrigin(columnText: row["origin"]))
  }

  /// What the operation was made of; nil within nil where there was none.
  private func remove(_ key: EntityKey) throws -> EntityOrigin?? {
    guard let row = try row(key) else { return nil }
    for sql in ["DELETE FROM change WHERE operation = ?", "DELETE FROM operation WHERE number = ?"] {
      try database.cachedStatement(sql: sql).execute(arguments: [row.number])
    }
    return .some(row.origin)
  }
}
