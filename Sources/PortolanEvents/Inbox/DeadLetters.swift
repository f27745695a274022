import GRDB
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Events that were given up, or not understood: they wait in an inbox for somebody to look at them.
package struct DeadLetters: Sendable {
  private let pool: DatabasePool
  private let path: String

  /// The dead letters of an inbox that is open.
  package init(inbox: EventInbox) {
    pool = inbox.pool
    path = inbox.path
  }

  /// The dead letters of the inbox at `path`, which another process may have open.
  ///
  /// - Throws: ``EventQueueError/unavailable(_:)``.
  package init(path: String) throws(EventQueueError) {
    pool = try InboxFile.open(path)
    self.path = path
  }

  /// All of them, the oldest first; those with these numbers, if some are named.
  package func list(_ numbers: [Int64]? = nil) async throws(EventQueueError) -> [DeadLetter] {
    try await access { pool in
      try await pool.read { database in
        let filter = numbers.map { "WHERE number IN (\($0.map(String.init).joined(separator: ", ")))" } ?? ""
        return try Row.fetchAll(database, sql: "SELECT * FROM dead \(filter) ORDER BY number")
          .map(DeadLetter.init)
      }
    }
  }

  /// How many there are.
  package func count() async throws(EventQueueError) -> Int {
    try await access { pool in
      try await pool.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM dead") ?? 0 }
    }
  }

  /// Puts some back into the queue, as if they had just come.
  ///
  /// - Returns: how many. One that was not understood has no object to be asked for, and stays.
  package func retry(_ numbers: [Int64]) async throws(EventQueueError) -> Int {
    let letters = try await list(numbers).filter { $0.object != nil }
    try await access { pool in
      try await pool.write { database in
        let writer = InboxWriter(database: database)
        for letter in letters {
          guard let object = letter.object else { continue }
          _ = try writer.make(
            .add(
              QueuedEvent(
                source: letter.source, delivery: nil, receivedAt: letter.receivedAt,
                event: RawEvent(body: []), content: .objects([object])), due: letter.receivedAt))
          try database.execute(sql: "DELETE FROM dead WHERE number = ?", arguments: [letter.number])
        }
      }
    }
    return letters.count
  }

  /// Drops some for good.
  ///
  /// - Returns: how many.
  package func drop(_ numbers: [Int64]) async throws(EventQueueError) -> Int {
    try await access { pool in
      try await pool.write { database in
        try numbers.reduce(0) { count, number in
          try database.execute(sql: "DELETE FROM dead WHERE number = ?", arguments: [number])
          return count + database.changesCount
        }
      }
    }
  }

  private func access<Value: Sendable>(
    _ body: (DatabasePool) async throws -> Value
  ) async throws(EventQueueError) -> Value {
    do {
      return try await body(pool)
    } catch {
      throw EventQueueError(error, path)
    }
  }
}

/// An event that was given up, or not understood.
package struct DeadLetter: Sendable, Hashable {
  /// What it is known by.
  package var number: Int64
  /// The integration.
  package var source: String
  /// When it came, in seconds since 1970.
  package var receivedAt: Double
  /// When it was given up.
  package var buriedAt: Double
  /// How often it was tried.
  package var attempts: Int
  /// Why it was given up.
  package var error: String
  /// The object that it is about; nil where that was not understood.
  package var object: EventObject?
  /// The request, where it was not understood.
  package var event: RawEvent?

  init(_ row: Row) {
    number = row["number"]
    source = row["source"]
    receivedAt = row["received"]
    buriedAt = row["buried"]
    attempts = row["attempts"]
    error = row["error"]
    if let kind = row["kind"] as String?, let key = row["key"] as String? {
      object = EventObject(
        kind: kind, key: key, json: Array((row["json"] as Data?) ?? Data()), isDeleted: row["deleted"])
    }
    if let body = row["body"] as Data? {
      event = RawEvent(
        headers: KeptHeaders.headers((row["headers"] as String?) ?? "{}"), body: Array(body))
    }
  }
}
