import GRDB
import Portolan

/// Finds what waits in an inbox.
enum WaitingWork {
  /// How many events of one object are done with at once. The others follow.
  private static let together = 10_000

  /// The objects that are due, those that have waited longest first, each with all that came of it.
  static func fetch(
    _ limit: Int, at now: Double, without claimed: Set<ObjectName>, _ database: Database
  ) throws -> [EventWork] {
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: """
          SELECT number, source, kind, key, attempts FROM object WHERE due <= ? ORDER BY due, number LIMIT ?
          """), arguments: [now, limit + claimed.count])
    var work: [EventWork] = []
    while work.count < limit, let row = try rows.next() {
      let name = ObjectName(source: row[1], kind: row[2], key: row[3])
      guard !claimed.contains(name) else { continue }
      if let found = try events(of: row[0], name, attempts: row[4], database) { work.append(found) }
    }
    return work
  }

  /// The latest time at which something of what waits came, or failed last.
  static func latest(_ database: Database, _ longestPause: Double) throws -> Double {
    try Double.fetchOne(
      database,
      sql: "SELECT max((SELECT max(received) FROM work), (SELECT max(due) - ? FROM object))",
      arguments: [longestPause]) ?? 0
  }

  private static func events(
    of object: Int64, _ name: ObjectName, attempts: Int, _ database: Database
  ) throws -> EventWork? {
    let rows = try Row.fetchAll(
      database.cachedStatement(
        sql:
          "SELECT number, received, length(json) FROM work WHERE object = ? ORDER BY number LIMIT \(together)"
      ),
      arguments: [object])
    guard let first = rows.first, let last = rows.last else { return nil }
    let latest = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT json, deleted FROM work WHERE number = ?"),
      arguments: [last[0] as Int64])
    guard let latest else { return nil }
    let json: [UInt8] = try latest.withUnsafeData(atIndex: 0) { data in data.map { Array($0) } ?? [] }
    var work = EventWork(
      source: name.source,
      object: EventObject(kind: name.kind, key: name.key, json: json, isDeleted: latest[1]),
      numbers: rows.map { $0[0] }, receivedAt: first[1], attempts: attempts)
    work.bytes = rows.reduce(0) { $0 + ($1[2] as Int) }
    return work
  }
}

/// How much waits in an inbox.
package struct InboxCounts: Sendable, Hashable {
  /// How many events wait.
  package var events: Int
  /// How many bytes of objects wait.
  package var bytes: Int

  /// Nothing waits.
  package static let none = InboxCounts(events: 0, bytes: 0)

  package init(events: Int, bytes: Int) {
    self.events = events
    self.bytes = bytes
  }

  init(_ database: Database) throws {
    let row = try Row.fetchOne(database, sql: "SELECT count(*), coalesce(sum(length(json)), 0) FROM work")
    events = row?[0] ?? 0
    bytes = row?[1] ?? 0
  }
}
