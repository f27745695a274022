import PortolanKafka
import Testing

struct OffsetTrackerTests {
  private let partition = KafkaPartition(topic: "events", number: 0)

  @Test("nothing is told before anything is done")
  func nothingIsToldBeforeAnythingIsDone() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    _ = try tracker.received(partition, 5)
    #expect(tracker.uncommitted == [:])
    #expect(tracker.count == 1)
  }

  @Test("the position is the first that is not done")
  func thePositionIsTheFirstThatIsNotDone() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    var epoch: OffsetTracker.Epoch = 0
    for offset: Int64 in [3, 4, 7, 9] { epoch = try tracker.received(partition, offset) }
    tracker.finish(partition, 7, epoch)
    tracker.finish(partition, 4, epoch)
    #expect(tracker.uncommitted == [:])
    tracker.finish(partition, 3, epoch)
    #expect(tracker.uncommitted == [partition: 8])
    #expect(tracker.count == 1)
    tracker.committed(partition, 8)
    #expect(tracker.uncommitted == [:])
    tracker.finish(partition, 9, epoch)
    #expect(tracker.uncommitted == [partition: 10])
    #expect(tracker.count == 0)
  }

  @Test("twice done changes nothing")
  func twiceDoneChangesNothing() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    let epoch = try tracker.received(partition, 0)
    _ = tracker.begin(partition, 1)
    for _ in 0..<3 { tracker.finish(partition, 0, epoch) }
    for _ in 0..<3 { tracker.finish(partition, 8, epoch) }
    #expect(tracker.uncommitted == [partition: 1])
    #expect(tracker.count == 1)
  }

  @Test("a partition that is gone counts no more")
  func aPartitionThatIsGoneCountsNoMore() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    let epoch = try tracker.received(partition, 0)
    tracker.drop(partition)
    tracker.finish(partition, 0, epoch)
    #expect(tracker.uncommitted == [:])
    #expect(tracker.count == 0)
    #expect(tracker.begin(partition, 1) == nil)
    #expect(tracker.partitions == [])
  }

  @Test("what was had before a partition came back counts no more")
  func whatWasHadBeforeAPartitionCameBackCountsNoMore() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    let before = try tracker.received(partition, 0)
    tracker.drop(partition)
    tracker.assign(partition)
    let now = try tracker.received(partition, 0)
    tracker.finish(partition, 0, before)
    #expect(tracker.uncommitted == [:])
    tracker.finish(partition, 0, now)
    #expect(tracker.uncommitted == [partition: 1])
  }

  @Test("a log that begins anew is another log")
  func aLogThatBeginsAnewIsAnotherLog() throws {
    var tracker = OffsetTracker()
    tracker.assign(partition)
    let before = try tracker.received(partition, 100)
    let now = try tracker.received(partition, 0)
    tracker.finish(partition, 100, before)
    #expect(tracker.uncommitted == [:])
    tracker.finish(partition, 0, now)
    #expect(tracker.uncommitted == [partition: 1])
    #expect(tracker.count == 0)
  }

  /// Any order of finishing, with gaps, compared with the definition.
  @Test("in any order and with gaps, it is as the definition says", arguments: 0..<50 as Range<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var random = Random(state: seed)
    var offset: Int64 = 0
    let offsets = (0..<300).map { _ in
      offset += Int64.random(in: 1...3, using: &random)
      return offset
    }
    var tracker = OffsetTracker()
    tracker.assign(partition)
    var begun = 0
    var epoch: OffsetTracker.Epoch = 0
    var open: [Int64] = []
    var position: Int64?
    while begun < offsets.count || !open.isEmpty {
      if begun < offsets.count, open.isEmpty || Bool.random(using: &random) {
        epoch = try tracker.received(partition, offsets[begun])
        open.append(offsets[begun])
        begun += 1
      } else {
        let done = open.remove(at: Int.random(in: 0..<open.count, using: &random))
        tracker.finish(partition, done, epoch)
        let firstOpen = open.min() ?? Int64.max
        position = offsets[..<begun].last { $0 < firstOpen }.map { $0 + 1 }
      }
      #expect(tracker.uncommitted[partition] == position)
    }
    #expect(tracker.count == 0)
    #expect(tracker.uncommitted == [partition: offset + 1])
  }

  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}

extension OffsetTracker {
  fileprivate mutating func received(_ partition: KafkaPartition, _ offset: Int64) throws -> Epoch {
    let epoch = begin(partition, offset)
    return try #require(epoch)
  }
}
