/// Gives what another source gives, and once more in halves what a catalog takes or refuses only as a whole, so that one
/// that is refused costs only itself.
final class SplittingSource<Inner: BatchSource<SyncBatch>>: BatchSource {
  private let inner: Inner
  private var halves: [SyncBatch] = []
  private var isSplit = false

  /// What `inner` gives.
  init(_ inner: Inner) {
    self.inner = inner
  }

  func next(isBusy: Bool) throws -> SyncBatch? {
    if let half = halves.popLast() { return half }
    return try inner.next(isBusy: isBusy)
  }

  /// Takes a batch, whose outcome is being settled, to be sent in halves.
  func split(_ batch: SyncBatch) {
    let middle = batch.items.count / 2
    for items in [batch.items[middle...], batch.items[..<middle]] {
      halves.append(SyncBatch(blueprint: batch.blueprint, items: Array(items)))
    }
    isSplit = true
  }

  func finished(_ batch: SyncBatch) throws {
    // What waits for it goes on waiting, for its halves.
    if !isSplit { try inner.finished(batch) }
    isSplit = false
  }
}
