/// Keeps a sync and whoever else writes the same entities from undoing each other.
///
/// What somebody else has written since the sync began to read is newer than what it has read, and stays.
public protocol SyncGate: Sendable {
  /// Those of `keys` that somebody else has written, or deleted, since the sync began to read.
  func overtaken(_ keys: [EntityKey]) async -> Set<EntityKey>

  /// Says that the sync is about to write, or delete, `keys`, and waits until nobody else writes one of them.
  ///
  /// - Returns: those that somebody else has written meanwhile: the sync leaves them alone.
  func enter(_ keys: [EntityKey]) async -> Set<EntityKey>

  /// Says that the catalog has answered what was said of `keys`.
  func leave(_ keys: [EntityKey]) async
}
