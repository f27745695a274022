import CRdKafka

/// What librdkafka's calls back to a consumer read and change, all on the consumer's own thread.
final class ConsumerContext {
  let desk: MessageDesk
  let log: ProblemLog
  var isPaused = false
  /// Whether the brokers went away, and none is known to be back.
  var isUnreachable = false
  /// Whether a commit is on its way.
  var isCommitting = false
  /// Whether the consumer can go on.
  private(set) var failure: KafkaError?

  init(_ desk: MessageDesk, _ log: ProblemLog) {
    self.desk = desk
    self.log = log
  }

  /// The context that a call back brings.
  ///
  /// Safe: whoever set it up says why the context is still there.
  static func from(_ pointer: UnsafeMutableRawPointer?) -> ConsumerContext? {
    pointer.map { Unmanaged<ConsumerContext>.fromOpaque($0).takeUnretainedValue() }
  }

  func fail(_ code: rd_kafka_resp_err_t, _ text: UnsafePointer<CChar>?) {
    end(log.add(code, text))
  }

  func fail(_ error: KafkaError?) {
    if let error { end(log.add(error)) }
  }

  /// A broker that allows neither the topic nor the group will not because it is asked again.
  private func end(_ error: KafkaError) {
    if error.isLossOfBrokers { isUnreachable = true }
    let isFinal = error.isFatal || error.code?.hasSuffix("_AUTHORIZATION_FAILED") == true
    if isFinal { failure = failure ?? error }
  }

  /// The answer to a commit that was not waited for.
  func endCommit(
    _ code: rd_kafka_resp_err_t, _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) {
    isCommitting = false
    store(code, partitions)
  }

  /// Notes what the broker stored. What it did not is told it again with the next commit.
  func store(
    _ code: rd_kafka_resp_err_t, _ partitions: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
  ) {
    guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let partitions else { return fail(code, nil) }
    for (partition, position, status) in PartitionList.read(partitions) {
      if status == RD_KAFKA_RESP_ERR_NO_ERROR {
        desk.committed(partition, position)
      } else {
        fail(status, nil)
      }
    }
  }
}
