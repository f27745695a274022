import GRDB

/// The entities that a transaction has seen, so that none is looked up twice.
struct KnownEntities {
  /// Of the blueprint that is written to, by the bytes of their identifiers.
  private var heads: [[UInt8]: EntityTable.Head]
  /// Entities that are there, of any blueprint.
  private var present: Set<[UInt8]> = []

  init(_ heads: [[UInt8]: EntityTable.Head]) {
    self.heads = heads
  }

  /// What is known of an entity of the blueprint that is written to; `wasLookedUp` says whether it would be known if it
  /// were there.
  mutating func head(
    _ identifier: String, of blueprint: String, wasLookedUp: Bool, _ database: Database
  ) throws -> EntityTable.Head? {
    let name = Array(identifier.utf8)
    if let head = heads[name] { return head }
    guard !wasLookedUp else { return nil }
    let head = try EntityTable.heads([identifier], of: blueprint, database)[name]
    heads[name] = head
    return head
  }

  mutating func remember(_ identifier: String, _ head: EntityTable.Head) {
    heads[Array(identifier.utf8)] = head
  }

  /// Whether there is an entity.
  mutating func has(_ key: EntityKey, _ database: Database) throws -> Bool {
    let name = Self.name(key)
    if present.contains(name) { return true }
    guard try EntityTable.has(key.identifier, of: key.blueprint, database) else { return false }
    present.insert(name)
    return true
  }

  /// Says that there is an entity now.
  mutating func add(_ key: EntityKey) {
    present.insert(Self.name(key))
  }

  private static func name(_ key: EntityKey) -> [UInt8] {
    Array(key.blueprint.utf8) + [0] + Array(key.identifier.utf8)
  }
}
