import Synchronization

/// What pages that are cut out of one stream share.
final class StreamCut: Sendable {
  /// What a wrong guess of where an array's element ends costs, and how much credit there is at most. Each right
  /// guess adds one to it.
  private static let (price, limit) = (8, 24)

  private let credit = Atomic(limit)
  /// Buffers of pages that are done with.
  let pool: BufferPool

  init(_ pool: BufferPool) {
    self.pool = pool
  }

  /// Whether guesses have mostly been right.
  var mayGuess: Bool { credit.load(ordering: .relaxed) > 0 }

  /// Says whether a page ended where an object did.
  func judge(isRight: Bool) {
    let credit = credit.load(ordering: .relaxed)
    guard credit > 0 else { return }
    self.credit.store(isRight ? min(credit + 1, Self.limit) : credit - Self.price, ordering: .relaxed)
  }
}
