import GRDB
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is written to an inbox, one thing after another in one transaction.
struct InboxWriter {
  /// Something that is to be written.
  enum Change: Sendable {
    case add(QueuedEvent, due: Double)
    case finish(EventWork)
    case retry(EventWork, due: Double, error: String)
    case bury(EventWork, at: Double, error: String)
    case made(EventWork, [MadeEntity])
    case forget(before: Double, keeping: Int)
  }

  let database: Database

  /// Makes a change.
  ///
  /// - Returns: what became of an event that was added; ``Admission/kept`` for everything else.
  func make(_ change: Change) throws -> Admission {
    switch change {
    case .add(let event, let due): return try add(event, due)
    case .finish(let work): try finish(work)
    case .retry(let work, let due, let error):
      try database.cachedStatement(
        sql: "UPDATE object SET due = ?, attempts = ?, error = ? WHERE source = ? AND kind = ? AND key = ?"
      ).execute(
        arguments: [due, work.attempts + 1, error, work.source, work.object.kind, work.object.key])
    case .bury(let work, let time, let error): try bury(work, at: time, error)
    case .made(let work, let entities): try remember(entities, of: work)
    case .forget(let time, let count): try forget(before: time, keeping: count)
    }
    return .kept
  }

  // MARK: Adding

  private func add(_ event: QueuedEvent, _ due: Double) throws -> Admission {
    if let id = event.delivery {
      try database.cachedStatement(
        sql: "INSERT OR IGNORE INTO delivery (source, id, received) VALUES (?, ?, ?)"
      ).execute(arguments: [event.source, id, event.receivedAt])
      if database.changesCount == 0 { return .duplicate }
    }
    switch event.content {
    case .objects(let objects): for object in objects { try add(object, of: event, due) }
    case .notUnderstood(let error):
      try database.execute(
        sql: """
          INSERT INTO dead (source, received, buried, attempts, error, headers, body)
          VALUES (?, ?, ?, 0, ?, ?, ?)
          """,
        arguments: [
          event.source, event.receivedAt, event.receivedAt, error, KeptHeaders.json(event.event.headers),
          event.event.body.blob,
        ])
    }
    return .kept
  }

  private func add(_ object: EventObject, of event: QueuedEvent, _ due: Double) throws {
    let number = try number(of: object, event.source, due)
    try database.cachedStatement(
      sql: "INSERT INTO work (object, received, json, deleted) VALUES (?, ?, ?, ?)"
    ).execute(arguments: [number, event.receivedAt, object.json.blob, object.isDeleted])
  }

  /// The number of what waits for an object. What is tried again later is tried now: there is news of it.
  private func number(of object: EventObject, _ source: String, _ due: Double) throws -> Int64 {
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO object (source, kind, key, due) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (source, kind, key) DO UPDATE SET due = min(due, ?4) RETURNING number
        """)
    let number = try Int64.fetchOne(statement, arguments: [source, object.kind, object.key, due])
    guard let number else { throw EventQueueError.unavailable("an object has no number") }
    return number
  }

  // MARK: Ending

  private func finish(_ work: EventWork) throws {
    try drop(work)
    let rest = try database.cachedStatement(
      sql: """
        UPDATE object SET attempts = 0, error = NULL, due = 0
        WHERE source = ?1 AND kind = ?2 AND key = ?3
          AND EXISTS (SELECT 1 FROM work WHERE work.object = object.number)
        """)
    try rest.execute(arguments: [work.source, work.object.kind, work.object.key])
    if database.changesCount == 0 {
      try database.cachedStatement(
        sql: "DELETE FROM object WHERE source = ? AND kind = ? AND key = ?"
      ).execute(arguments: [work.source, work.object.kind, work.object.key])
    }
  }

  private func drop(_ work: EventWork) throws {
    let statement = try database.cachedStatement(sql: "DELETE FROM work WHERE number = ?")
    for number in work.numbers { try statement.execute(arguments: [number]) }
  }

  private func bury(_ work: EventWork, at time: Double, _ error: String) throws {
    try database.execute(
      sql: """
        INSERT INTO dead (source, kind, key, received, buried, attempts, error, json, deleted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        work.source, work.object.kind, work.object.key, work.receivedAt, time, work.attempts + 1, error,
        work.object.json.blob, work.object.isDeleted,
      ])
    try finish(work)
  }

  // MARK: Memory

  private func remember(_ entities: [MadeEntity], of work: EventWork) throws {
    let key: StatementArguments = [work.source, work.object.kind, work.object.key]
    try database.cachedStatement(sql: "DELETE FROM made WHERE source = ? AND kind = ? AND key = ?")
      .execute(arguments: key)
    let statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO made VALUES (?, ?, ?, ?, ?)")
    for entity in entities {
      try statement.execute(arguments: key + [entity.blueprint, entity.identifier])
    }
  }

  private func forget(before time: Double, keeping count: Int) throws {
    try database.execute(
      sql: """
        DELETE FROM delivery WHERE received < ?
          OR number <= (SELECT max(number) FROM delivery) - ?
        """, arguments: [time, count])
  }
}

/// An entity that was made of an object.
package struct MadeEntity: Sendable, Hashable {
  package var blueprint: String
  package var identifier: String

  package init(blueprint: String, identifier: String) {
    self.blueprint = blueprint
    self.identifier = identifier
  }
}

extension [UInt8] {
  /// The bytes as SQLite takes them.
  var blob: DatabaseValue { Data(self).databaseValue }
}
