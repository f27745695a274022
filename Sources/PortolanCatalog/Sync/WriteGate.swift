/// The gate between a sync and live events of one process: an entity is written by one of them at a time, and what an
/// event has written is not undone by a sync that read before.
///
/// ```swift
/// let gate = WriteGate()
/// await gate.beginSync()
/// // … plan, and sync with `options.gate = gate`
/// await gate.endSync()
/// ```
///
/// It remembers what events have written while a sync runs, by eight bytes each, and what the sync has written while
/// objects of events are being asked for.
public actor WriteGate: SyncGate {
  /// When an object was asked for, by which it is seen what was written afterwards.
  public struct Moment: Sendable, Hashable {
    fileprivate var number: Int
  }

  private var isSyncing = false
  private var number = 0
  /// What is being written.
  private var busy: Set<EntityKey> = []
  /// The hashes of what events have written since the sync began. Where two keys have one, a sync leaves an entity alone
  /// that it could have written: the next one writes it.
  private var touched: Set<Int> = []
  /// When the sync wrote what.
  private var synced: [EntityKey: Int] = [:]
  /// When the objects were asked for that are not written yet, each as often as it is.
  private var asking: [Int: Int] = [:]
  private var waiting: [CheckedContinuation<Void, Never>] = []

  /// Creates a gate that nobody is at.
  public init() {}

  // MARK: The sync

  /// Says that a sync begins to read.
  public func beginSync() {
    isSyncing = true
    touched = []
  }

  /// Says that the sync has written all that it wrote.
  public func endSync() {
    isSyncing = false
    touched = []
  }

  /// Those of `keys` that events have written since the sync began.
  public func overtaken(_ keys: [EntityKey]) -> Set<EntityKey> {
    Set(keys.filter { touched.contains($0.hashValue) })
  }

  /// Waits until no event writes one of `keys`; those of them that events have written since the sync began.
  public func enter(_ keys: [EntityKey]) async -> Set<EntityKey> {
    await becomeBusy(keys)
    let overtaken = overtaken(keys)
    number += 1
    // Who asks from now on gets what is newer.
    if !asking.isEmpty {
      for key in keys where !overtaken.contains(key) { synced[key] = number }
    }
    return overtaken
  }

  /// Lets events write `keys` again.
  public func leave(_ keys: [EntityKey]) {
    busy.subtract(keys)
    let waiting = waiting
    self.waiting = []
    for one in waiting { one.resume() }
  }

  // MARK: Events

  /// Asks for an object and writes what it makes, in `body`, which is told when it began.
  ///
  /// - Parameter body: asks for the object, and writes with ``write(_:askedAt:_:)``.
  /// - Returns: what `body` gives.
  /// - Throws: what `body` throws.
  public func ask<Value: Sendable>(
    _ body: @Sendable (Moment) async throws -> Value
  ) async throws -> Value {
    let moment = Moment(number: number)
    asking[number, default: 0] += 1
    do {
      let value = try await body(moment)
      end(moment)
      return value
    } catch {
      end(moment)
      throw error
    }
  }

  private func end(_ moment: Moment) {
    let left = (asking[moment.number] ?? 1) - 1
    asking[moment.number] = left > 0 ? left : nil
    guard let oldest = asking.keys.min() else {
      synced = [:]
      return
    }
    if moment.number < oldest { synced = synced.filter { $0.value > oldest } }
  }

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
    if isSyncing { touched.formUnion(keys.map(\.hashValue)) }
    return try await body()
  }

  private func becomeBusy(_ keys: [EntityKey]) async {
    while !busy.isDisjoint(with: keys) {
      await withCheckedContinuation { waiting.append($0) }
    }
    busy.formUnion(keys)
  }
}
