/// The gate between a sync and live events of one process: an entity is written by one of them at a time, and what an
/// event has written is not undone by a sync that read before.
///
/// ```swift
/// let gate = WriteGate()
/// await gate.beginSync()
/// // … plan, and sync with `options.gate = gate`
/// await gate.endSync()
/// ```
public actor WriteGate: SyncGate {
  /// A moment, by which it is seen what was written after it.
  public struct Moment: Sendable, Hashable {
    fileprivate var number: Int
  }

  private var isSyncing = false
  private var number = 0
  /// What is being written.
  private var busy: Set<EntityKey> = []
  /// What events have written since the sync began.
  private var touched: Set<EntityKey> = []
  /// When the sync wrote what.
  private var synced: [EntityKey: Int] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Creates a gate that nobody is at.
  public init() {}

  // MARK: The sync

  /// Says that a sync begins to read.
  public func beginSync() {
    isSyncing = true
    touched = []
    synced = [:]
  }

  /// Says that the sync has written all that it wrote.
  public func endSync() {
    isSyncing = false
    touched = []
  }

  public func overtaken(_ keys: [EntityKey]) -> Set<EntityKey> { touched.intersection(keys) }

  public func enter(_ keys: [EntityKey]) async -> Set<EntityKey> {
    await becomeBusy(keys)
    let overtaken = touched.intersection(keys)
    number += 1
    for key in keys where !overtaken.contains(key) { synced[key] = number }
    return overtaken
  }

  public func leave(_ keys: [EntityKey]) {
    busy.subtract(keys)
    let waiting = waiting
    self.waiting = []
    for one in waiting { one.resume() }
  }

  // MARK: Events

  /// Now: before an object is asked for.
  public var now: Moment { Moment(number: number) }

  /// Writes entities of an object that was asked for at a moment.
  ///
  /// - Parameters:
  ///   - keys: what is written or deleted.
  ///   - moment: when the object was asked for.
  ///   - body: writes them.
  /// - Returns: what `body` gives; nil, with nothing done, where a sync has written one of them since: then the object is
  ///   to be asked for again.
  /// - Throws: what `body` throws.
  public func write<Value: Sendable>(
    _ keys: [EntityKey], askedAt moment: Moment, _ body: @Sendable () async throws -> Value
  ) async throws -> Value? {
    await becomeBusy(keys)
    defer { leave(keys) }
    if keys.contains(where: { synced[$0, default: 0] > moment.number }) { return nil }
    if isSyncing { touched.formUnion(keys) }
    return try await body()
  }

  private func becomeBusy(_ keys: [EntityKey]) async {
    while !busy.isDisjoint(with: keys) {
      await withCheckedContinuation { waiting.append($0) }
    }
    busy.formUnion(keys)
  }
}
