/// The messages of one partition that were received, and which of them are finished.
struct OffsetSpan: Sendable {
  let epoch: OffsetTracker.Epoch
  /// What the broker knows, as far as this consumer told it.
  var committed: Int64?

  /// Received, in order; those before `first` are done with. Offsets have gaps, so they are all kept.
  private var offsets: [Int64] = []
  private var first = 0
  /// Those that are finished although one before them is not.
  private var finished: Set<Int64> = []
  /// The last that was received.
  private(set) var last: Int64?
  private var position: Int64?

  init(epoch: OffsetTracker.Epoch) {
    self.epoch = epoch
  }

  /// How many are kept in mind.
  var count: Int { offsets.count - first }

  /// The position, where the broker does not know it.
  var uncommitted: Int64? { position == committed ? nil : position }

  mutating func begin(_ offset: Int64) {
    offsets.append(offset)
    last = offset
  }

  /// Finishes one.
  ///
  /// - Returns: how many need no longer be kept in mind.
  mutating func finish(_ offset: Int64) -> Int {
    guard first < offsets.count, offset >= offsets[first], offset <= offsets[offsets.count - 1] else {
      return 0
    }
    finished.insert(offset)
    let before = first
    while first < offsets.count, finished.remove(offsets[first]) != nil {
      position = offsets[first] + 1
      first += 1
    }
    defer { forgetDone() }
    return first - before
  }

  /// Frees what is done with, when that is most of it: so each offset is moved a bounded number of times.
  private mutating func forgetDone() {
    guard first > 64, first * 2 > offsets.count else { return }
    offsets.removeFirst(first)
    first = 0
  }
}
