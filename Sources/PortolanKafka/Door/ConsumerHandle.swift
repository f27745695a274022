import CRdKafka

/// librdkafka's consumer. It belongs to one thread, which makes it, asks it and closes it.
///
/// librdkafka calls back only while it is asked something, so on the same thread.
final class ConsumerHandle {
  /// How long a commit is waited for where partitions are given away.
  private static let lastCommitLimit: Int32 = 5_000

  private let client: OpaquePointer
  private let context: ConsumerContext

  /// Makes a consumer, which asks nobody yet.
  ///
  /// - Throws: `KafkaError` for settings that librdkafka does not take.
  init(
    _ settings: KafkaSettings, group: String, start: KafkaConsumer.Start, context: ConsumerContext
  ) throws(KafkaError) {
    let configuration = try ClientConfiguration(
      settings,
      fixed: [
        "group.id": group, "auto.offset.reset": start.rawValue, "enable.auto.commit": "false",
        "enable.auto.offset.store": "false", "enable.partition.eof": "false",
        "partition.assignment.strategy": "cooperative-sticky",
      ])
    // Safe: `deinit` destroys the client while this object still has the context, and nothing calls back after that.
    client = try configuration.makeClient(
      RD_KAFKA_CONSUMER, context: Unmanaged.passUnretained(context).toOpaque()
    ) { configuration in
      rd_kafka_conf_set_error_cb(configuration) { _, code, text, context in
        ConsumerContext.from(context)?.fail(rd_kafka_resp_err_t(code), text)
      }
      rd_kafka_conf_set_rebalance_cb(configuration) { client, code, partitions, context in
        guard let client, let partitions else { return }
        ConsumerHandle.rebalance(client, code, partitions, ConsumerContext.from(context))
      }
      rd_kafka_conf_set_offset_commit_cb(configuration) { _, code, partitions, context in
        ConsumerContext.from(context)?.endCommit(code, partitions)
      }
    }
    self.context = context
    rd_kafka_poll_set_consumer(client)
  }

  deinit {
    rd_kafka_destroy(client)
  }

  /// Waits until a broker answers.
  ///
  /// - Throws: `KafkaError`, which tells why none does.
  func connect(_ settings: KafkaSettings, within limit: Duration) throws(KafkaError) {
    try ClientStart.wait(
      for: client, of: settings, within: limit, serve: { self.poll($0) },
      problems: { self.context.log.problems },
      isStopping: { self.context.desk.isStopping })
    context.log.clear()
    context.isUnreachable = false
  }

  /// Whether a broker answers within a time limit.
  func answers(within limit: Duration) -> Bool { ClientStart.answers(client, within: limit) }

  func subscribe(_ topics: [String]) throws(KafkaError) {
    guard let list = PartitionList(topics: topics) else { return }
    let status = rd_kafka_subscribe(client, list.pointer)
    if status != RD_KAFKA_RESP_ERR_NO_ERROR { throw KafkaError(status) }
  }

  /// Takes a message, or what librdkafka has to say otherwise, waiting for so many milliseconds at most.
  func poll(_ milliseconds: Int32) {
    guard let message = rd_kafka_consumer_poll(client, milliseconds) else { return }
    // Safe: the message is ours until it is destroyed, and what is kept of it is a copy.
    defer { rd_kafka_message_destroy(message) }
    if message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR {
      context.desk.deliver(KafkaMessage(copying: message))
    } else {
      context.fail(message.pointee.err, rd_kafka_message_errstr(message))
    }
  }

  /// The error that ended the consumer.
  func fatalError() -> KafkaError? {
    let error = KafkaError.fatal(of: client)
    return error.code == "NO_ERROR" ? nil : error
  }

  /// Lets the brokers send nothing more, or again.
  func pause(_ isPaused: Bool) {
    guard context.isPaused != isPaused else { return }
    context.isPaused = isPaused
    let partitions = Dictionary(uniqueKeysWithValues: context.desk.partitions.map { ($0, Int64(0)) })
    guard !partitions.isEmpty, let list = PartitionList(partitions) else { return }
    if isPaused {
      rd_kafka_pause_partitions(client, list.pointer)
    } else {
      rd_kafka_resume_partitions(client, list.pointer)
    }
  }

  /// Tells the broker what is done, and waits for no answer. One such commit is on its way at a time.
  func commit() {
    let positions = context.desk.uncommitted
    guard !context.isCommitting, !positions.isEmpty, let list = PartitionList(positions) else { return }
    let status = rd_kafka_commit(client, list.pointer, 1)
    context.isCommitting = status == RD_KAFKA_RESP_ERR_NO_ERROR
    if !context.isCommitting { context.fail(status, nil) }
  }

  /// Tells the broker what is done, gives the partitions back and leaves the group.
  func close() {
    Self.commit(context.desk.uncommitted, client, context)
    rd_kafka_consumer_close(client)
  }
}

extension ConsumerHandle {
  /// What librdkafka asks when partitions come or go.
  private static func rebalance(
    _ client: OpaquePointer, _ code: rd_kafka_resp_err_t,
    _ list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>, _ context: ConsumerContext?
  ) {
    guard let context else { return }
    let partitions = PartitionList.read(list).map(\.partition)
    switch code {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
      context.desk.assign(partitions)
      context.fail(KafkaError.take(rd_kafka_incremental_assign(client, list)))
      if context.isPaused { rd_kafka_pause_partitions(client, list) }
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
      // What is lost belongs to another consumer already: the broker would refuse.
      if rd_kafka_assignment_lost(client) == 0 {
        commit(context.desk.uncommitted.filter { partitions.contains($0.key) }, client, context)
      }
      context.desk.drop(partitions)
      context.fail(KafkaError.take(rd_kafka_incremental_unassign(client, list)))
    default:
      context.desk.dropAll()
      context.fail(code, nil)
      rd_kafka_assign(client, nil)
    }
  }

  /// Tells the broker what is done, and waits a little for its answer.
  private static func commit(
    _ positions: [KafkaPartition: Int64], _ client: OpaquePointer, _ context: ConsumerContext
  ) {
    guard !positions.isEmpty, let list = PartitionList(positions), let queue = rd_kafka_queue_new(client)
    else {
      return
    }
    // Safe: the answer calls back only while this queue is asked, and the context lives longer than the client.
    defer { rd_kafka_queue_destroy(queue) }
    let status = rd_kafka_commit_queue(
      client, list.pointer, queue,
      { _, code, partitions, context in ConsumerContext.from(context)?.store(code, partitions) },
      Unmanaged.passUnretained(context).toOpaque())
    guard status == RD_KAFKA_RESP_ERR_NO_ERROR else { return context.fail(status, nil) }
    rd_kafka_queue_poll_callback(queue, lastCommitLimit)
  }
}
