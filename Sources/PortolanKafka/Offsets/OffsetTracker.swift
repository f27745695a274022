/// Which messages of the partitions that a consumer has are done, and from where another one would have to go on.
///
/// Messages are received in order and finished in any. The position of a partition is its first message that is not
/// finished: everything before it is done, so a consumer that goes on from there loses nothing.
package struct OffsetTracker: Sendable {
  /// Which time it is that a partition is had. What was received earlier counts no more.
  package typealias Epoch = UInt64

  private var spans: [KafkaPartition: OffsetSpan] = [:]
  private var lastEpoch: Epoch = 0
  /// How many messages are kept in mind: received, and they or one before them not finished.
  package private(set) var count = 0

  package init() {}

  /// The partitions that are had.
  package var partitions: Set<KafkaPartition> { Set(spans.keys) }

  /// Begins with a partition that nothing is known of.
  package mutating func assign(_ partition: KafkaPartition) {
    drop(partition)
    lastEpoch += 1
    spans[partition] = OffsetSpan(epoch: lastEpoch)
  }

  /// Forgets a partition: another consumer has it now, and its unfinished messages.
  package mutating func drop(_ partition: KafkaPartition) {
    count -= spans.removeValue(forKey: partition)?.count ?? 0
  }

  /// Takes a message in.
  ///
  /// - Returns: the epoch to finish it with; none for a partition that is not had.
  package mutating func begin(_ partition: KafkaPartition, _ offset: Int64) -> Epoch? {
    guard let span = spans[partition] else { return nil }
    // The topic was made anew, or somebody moved the group: what was is another log.
    if let last = span.last, offset <= last { assign(partition) }
    spans[partition]?.begin(offset)
    count += 1
    return spans[partition]?.epoch
  }

  /// Says that a message is done. One of an earlier epoch changes nothing, and neither does one that is done already.
  package mutating func finish(_ partition: KafkaPartition, _ offset: Int64, _ epoch: Epoch) {
    guard spans[partition]?.epoch == epoch else { return }
    count -= spans[partition]?.finish(offset) ?? 0
  }

  /// The positions that the broker does not know yet.
  package var uncommitted: [KafkaPartition: Int64] {
    spans.compactMapValues(\.uncommitted)
  }

  /// Says that the broker knows a position.
  package mutating func committed(_ partition: KafkaPartition, _ position: Int64) {
    spans[partition]?.committed = position
  }
}
