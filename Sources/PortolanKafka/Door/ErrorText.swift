import CRdKafka

/// The texts that librdkafka writes into a buffer.
enum ErrorText {
  private static let size = 512

  static func read<Result>(
    _ body: (UnsafeMutablePointer<CChar>, Int) -> Result
  ) -> (Result, String) {
    var buffer = [CChar](repeating: 0, count: size)
    // Safe: librdkafka writes no more than the size that it is told before it returns, a zero at the end.
    let result = body(&buffer, size)
    return (result, String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
  }
}

extension KafkaError {
  /// What an error code of librdkafka means; `text` where it said more than the code's own.
  init(_ code: rd_kafka_resp_err_t, _ text: String? = nil) {
    // Safe: both are constants of librdkafka, never null.
    let name = String(cString: rd_kafka_err2name(code))
    let message = text.flatMap { $0.isEmpty ? nil : $0 } ?? String(cString: rd_kafka_err2str(code))
    self.init(
      kind: Self.kind(of: code), code: name, message: message,
      isFatal: code == RD_KAFKA_RESP_ERR__FATAL, isRetriable: Self.isRetriable(code))
  }

  /// The error that ended a client.
  static func fatal(of client: OpaquePointer) -> KafkaError {
    let (code, text) = ErrorText.read { rd_kafka_fatal_error(client, $0, $1) }
    var error = KafkaError(code, text)
    error.isFatal = true
    error.isRetriable = false
    return error
  }

  /// Takes an error object of librdkafka, and frees it; none for null.
  static func take(_ error: OpaquePointer?) -> KafkaError? {
    guard let error else { return nil }
    // Safe: the caller got it from librdkafka and hands it over; its text is copied before it is freed.
    defer { rd_kafka_error_destroy(error) }
    var result = KafkaError(rd_kafka_error_code(error), String(cString: rd_kafka_error_string(error)))
    if rd_kafka_error_is_fatal(error) != 0 { result.isFatal = true }
    if rd_kafka_error_is_retriable(error) != 0 { result.isRetriable = true }
    return result
  }

  private static func kind(of code: rd_kafka_resp_err_t) -> Kind {
    switch code {
    case RD_KAFKA_RESP_ERR__QUEUE_FULL: .queueFull
    case RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE: .tooLarge
    case RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN, RD_KAFKA_RESP_ERR__RESOLVE,
      RD_KAFKA_RESP_ERR__SSL:
      .unreachable
    case RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE,
      RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
      .timedOut
    case RD_KAFKA_RESP_ERR__AUTHENTICATION, RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED,
      RD_KAFKA_RESP_ERR_UNSUPPORTED_SASL_MECHANISM, RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED,
      RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      .refused
    case RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__PURGE_INFLIGHT, RD_KAFKA_RESP_ERR__DESTROY:
      .closed
    default: .failed
    }
  }

  private static func isRetriable(_ code: rd_kafka_resp_err_t) -> Bool {
    switch code {
    case RD_KAFKA_RESP_ERR__QUEUE_FULL, RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN,
      RD_KAFKA_RESP_ERR__RESOLVE, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT, RD_KAFKA_RESP_ERR__TIMED_OUT,
      RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE, RD_KAFKA_RESP_ERR__WAIT_COORD, RD_KAFKA_RESP_ERR__RETRY,
      RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC, RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION,
      RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
      RD_KAFKA_RESP_ERR_LEADER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
      RD_KAFKA_RESP_ERR_BROKER_NOT_AVAILABLE, RD_KAFKA_RESP_ERR_NETWORK_EXCEPTION,
      RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS, RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE,
      RD_KAFKA_RESP_ERR_NOT_COORDINATOR, RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS,
      RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS_AFTER_APPEND, RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS,
      RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID,
      RD_KAFKA_RESP_ERR_KAFKA_STORAGE_ERROR:
      true
    default: false
    }
  }
}
