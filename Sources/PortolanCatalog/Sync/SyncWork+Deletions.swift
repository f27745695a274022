import GRDB

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Which deletions are held back, because of what could not be written.
extension SyncWork {
  /// The conditions under which an operation was to be written, and is not.
  private static let unwritten = "action IN ('create', 'change', 'write') AND state <> 1"

  /// An operation's entity before and after it.
  func documents(of number: Int64) throws -> (before: [UInt8]?, after: [UInt8]?) {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT before, after FROM operation WHERE number = ?")
      let row = try Row.fetchOne(statement, arguments: [number])
      let (before, after): (Data?, Data?) = (row?["before"], row?["after"])
      return (before.map { Array($0) }, after.map { Array($0) })
    }
  }

  /// Keeps back the deletions of what has another name now, if that could not be written; and, where dependents go with
  /// what is deleted, of everything that an entity relates to that could not be written, by way of others that are to be
  /// deleted too.
  ///
  /// `relations` are those of each blueprint where dependents are deleted too, otherwise none. The result is how many
  /// deletions these are.
  func keepBack(dependents relations: [String: [String: BlueprintOrder.Relation]]) throws -> Int {
    try keepBackRenamed()
    if !relations.isEmpty { try keepBackTargets(relations) }
    return try file.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM temp.sync_kept") ?? 0 }
  }

  private func keepBackRenamed() throws {
    var last: Int64 = 0
    // By number, and not by an index, which would sort all of them for each one.
    let renamed = "action = 'delete' AND state = 0 AND counterpart IS NOT NULL"
    while let number = try nextNumber(after: last, where: renamed) {
      last = number
      guard let counterpart = try counterpart(of: number), try isUnwritten(counterpart) else { continue }
      _ = try keep(number)
    }
  }

  private func counterpart(of number: Int64) throws -> EntityKey? {
    let text = try file.database.read { database in
      let statement = try database.cachedStatement(sql: "SELECT counterpart FROM operation WHERE number = ?")
      return try String.fetchOne(statement, arguments: [number])
    }
    return try text.map { try JSONDecoder().decode(EntityKey.self, from: Data($0.utf8)) }
  }

  private func isUnwritten(_ key: EntityKey) throws -> Bool {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT 1 FROM operation WHERE blueprint = ? AND identifier = ? AND \(Self.unwritten)")
      return try Int.fetchOne(statement, arguments: [key.blueprint, key.identifier]) != nil
    }
  }

  private func keepBackTargets(_ relations: [String: [String: BlueprintOrder.Relation]]) throws {
    var last: Int64 = 0
    while let number = try nextNumber(after: last, where: "\(Self.unwritten) AND before IS NOT NULL") {
      last = number
      var open = [number]
      while let number = open.popLast() {
        open += try targets(of: number, relations).filter(keep)
      }
    }
  }

  /// The deletions of what an operation's entity relates to in the catalog.
  private func targets(
    of number: Int64, _ relations: [String: [String: BlueprintOrder.Relation]]
  ) throws -> [Int64] {
    guard
      let item = try items(numbered: [number]).first, let before = try documents(of: number).before,
      let relations = relations[item.key.blueprint]
    else { return [] }
    return try EntityRelations.targets(of: before, relations).compactMap {
      try self.number(of: $0.key, deleting: true)
    }
  }

  /// Keeps a deletion back; whether it was not kept back before.
  private func keep(_ number: Int64) throws -> Bool {
    try file.database.write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO temp.sync_kept (number) VALUES (?)", arguments: [number])
      return database.changesCount > 0
    }
  }

  private func nextNumber(after number: Int64, where condition: String) throws -> Int64? {
    try file.database.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT number FROM operation NOT INDEXED WHERE number > ? AND \(condition) ORDER BY number LIMIT 1
          """)
      return try Int64.fetchOne(statement, arguments: [number])
    }
  }
}
