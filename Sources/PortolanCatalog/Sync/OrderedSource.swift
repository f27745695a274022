/// Operations on entities that relate to each other, each after those that it waits for.
///
/// Where all wait for each other, a circle is broken: an operation is done without the relations for whose sake it
/// waits, and once more later. Where there are many circles, or waiting makes many more batches than there need be, as
/// in a long chain, many are done so at once. What cannot do without its relations is done as it is, since no order is
/// better.
final class OrderedSource: BatchSource {
  /// What is done where all wait for each other.
  enum Circles {
    /// Some are done without some of their relations.
    case broken
    /// Nothing: the source is at its end.
    case kept
    /// They are done as they are.
    case asTheyAre
  }

  private let work: SyncWork
  private let blueprints: [String]
  private let size: BatchSize
  private let prepare: (SyncItem) throws -> SyncItem
  private let circles: Circles
  /// How many more batches may be small for the sake of the order.
  private var smallBatches: Int

  /// Operations on entities of `blueprints`, `count` of them, as `work` knows what waits for what.
  init(
    _ work: SyncWork, _ blueprints: [String], count: Int, size: BatchSize, circles: Circles,
    prepare: @escaping (SyncItem) throws -> SyncItem = { $0 }
  ) {
    self.work = work
    self.blueprints = blueprints
    self.size = size
    self.prepare = prepare
    self.circles = circles
    smallBatches = 32 + count / max(1, size.entities)
  }

  func next(isBusy: Bool) throws -> SyncBatch? {
    if let numbers = try first(.ready) {
      guard circles == .broken, numbers.count < size.entities, smallBatches <= 0 else {
        if numbers.count < size.entities { smallBatches -= 1 }
        return try batch(numbers)
      }
    }
    if isBusy || circles == .kept { return nil }
    if circles == .broken, let numbers = try first(.breakable) {
      smallBatches -= 1
      return try batch(smallBatches > 0 ? [work.circle(from: numbers[0]) ?? numbers[0]] : numbers)
    }
    return try first(.any).flatMap { try batch($0) }
  }

  func finished(_ batch: SyncBatch) throws {
    try work.release(batch.items.map(\.number))
  }

  private func first(_ readiness: SyncWork.Readiness) throws -> [Int64]? {
    for blueprint in blueprints {
      let numbers = try work.pending(readiness, of: blueprint, limit: size.entities)
      if !numbers.isEmpty { return numbers }
    }
    return nil
  }

  private func batch(_ numbers: [Int64]) throws -> SyncBatch? {
    let items = try work.items(numbered: numbers).map(withoutWaiting)
    let batch = try items.prefix(size.count(of: items[...])).map(prepare)
    guard let blueprint = batch.first?.key.blueprint else { return nil }
    try work.takePending(batch.map(\.number))
    return SyncBatch(blueprint: blueprint, items: batch)
  }

  /// Leaves out the relations for whose sake an item waits, if it can do without.
  private func withoutWaiting(_ item: SyncItem) throws -> SyncItem {
    guard circles == .broken else { return item }
    let relations = try work.waitingRelations(of: item.number)
    guard !relations.isEmpty else { return item }
    var item = item
    item.json = EntityRelations.leavingOut(relations, from: item.json)
    item.isPartial = true
    return item
  }
}
