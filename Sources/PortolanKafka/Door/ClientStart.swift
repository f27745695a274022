import CRdKafka

/// Waiting for the first broker.
enum ClientStart {
  /// How long librdkafka is asked at once; between, what it has to say is heard.
  private static let slice = Duration.milliseconds(250)

  /// Waits until a broker answers.
  ///
  /// - Parameters:
  ///   - client: the client.
  ///   - settings: its settings.
  ///   - limit: how long to wait.
  ///   - serve: hears what librdkafka has to say, for so many milliseconds at most.
  ///   - problems: what was heard.
  ///   - isStopping: whether nobody waits any more.
  /// - Throws: `KafkaError`, which tells why nobody answers.
  static func wait(
    for client: OpaquePointer, of settings: KafkaSettings, within limit: Duration,
    serve: (Int32) -> Void, problems: () -> [KafkaError], isStopping: () -> Bool
  ) throws(KafkaError) {
    let clock = ContinuousClock()
    let deadline = clock.now + limit
    while !isStopping() {
      if answers(client, within: min(slice, deadline - clock.now)) { return }
      serve(20)
      if let refusal = problems().last(where: { $0.kind == .refused || $0.isFatal }) { throw refusal }
      guard clock.now < deadline else { throw unreachable(settings, limit, problems()) }
    }
    throw .closed
  }

  /// Whether a broker answers within a time limit.
  static func answers(_ client: OpaquePointer, within limit: Duration) -> Bool {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let status = rd_kafka_metadata(client, 0, nil, &metadata, max(limit.wholeMilliseconds, 1))
    // Safe: librdkafka made it for this call alone, and nothing keeps it.
    if let metadata { rd_kafka_metadata_destroy(metadata) }
    return status == RD_KAFKA_RESP_ERR_NO_ERROR
  }

  private static func unreachable(
    _ settings: KafkaSettings, _ limit: Duration, _ problems: [KafkaError]
  ) -> KafkaError {
    // That all are down is known; why the last one is, is not.
    let cause = problems.last { $0.code != "_ALL_BROKERS_DOWN" } ?? problems.last
    let reason = cause.map { ": \($0.message)" } ?? ""
    return KafkaError(
      kind: .unreachable, code: cause?.code,
      message: "no broker of \(settings.brokers.joined(separator: ",")) answers within \(limit)\(reason)",
      isRetriable: true)
  }
}

extension Duration {
  /// Whole milliseconds, as many as fit.
  var wholeMilliseconds: Int32 {
    let (seconds, attoseconds) = components
    return Int32(clamping: min(seconds, 1_000_000) * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}
