import CRdKafka

/// librdkafka's producer. It belongs to one thread, which makes it, asks it and closes it; messages come to it through a
/// gate.
final class ProducerHandle {
  private let client: OpaquePointer
  private let log: ProblemLog
  private let gate: ProducerGate

  /// Makes a producer, which asks nobody yet.
  ///
  /// - Throws: `KafkaError` for settings that librdkafka does not take.
  init(
    _ settings: KafkaSettings, _ options: KafkaProducer.Options, gate: ProducerGate, log: ProblemLog
  ) throws(KafkaError) {
    let configuration = try ClientConfiguration(
      settings,
      fixed: [
        "acks": "all", "enable.idempotence": "true", "partitioner": "murmur2_random",
        "message.timeout.ms": String(options.deliverWithin.wholeMilliseconds),
        "queue.buffering.max.messages": String(options.queueLimit),
      ])
    // Safe: `deinit` destroys the client while this object still has the log, and nothing calls back after that.
    client = try configuration.makeClient(
      RD_KAFKA_PRODUCER, context: Unmanaged.passUnretained(log).toOpaque()
    ) { configuration in
      rd_kafka_conf_set_error_cb(configuration) { _, code, text, log in
        ProblemLog.from(log)?.add(rd_kafka_resp_err_t(code), text)
      }
      rd_kafka_conf_set_dr_msg_cb(configuration) { client, message, _ in ProducerGate.report(client, message)
      }
    }
    self.log = log
    self.gate = gate
  }

  deinit {
    rd_kafka_destroy(client)
  }

  /// Waits until a broker answers, then opens the gate.
  ///
  /// - Throws: `KafkaError`, which tells why none does.
  func connect(_ settings: KafkaSettings, within limit: Duration, isStopping: () -> Bool) throws(KafkaError) {
    try ClientStart.wait(
      for: client, of: settings, within: limit, serve: { self.poll($0) }, problems: { self.log.problems },
      isStopping: isStopping)
    log.clear()
    gate.open(client)
  }

  /// Hears what librdkafka has to say, waiting for so many milliseconds at most.
  func poll(_ milliseconds: Int32) {
    rd_kafka_poll(client, milliseconds)
  }

  /// Lets no message more in, waits for those that are under way, and gives up what is left at the limit.
  func close(within limit: Duration) {
    gate.close()
    if rd_kafka_flush(client, limit.wholeMilliseconds) != RD_KAFKA_RESP_ERR_NO_ERROR {
      rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
      // Each message is reported: nobody waits for ever.
      rd_kafka_flush(client, -1)
    }
  }
}
