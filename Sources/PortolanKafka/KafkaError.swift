/// Why Kafka did not do what it was asked for, in librdkafka's words. It holds no secret.
package struct KafkaError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong.
  package enum Kind: Sendable, Hashable {
    /// The settings are wrong: nothing was asked of a broker.
    case settings
    /// No broker answered within the time limit.
    case unreachable
    /// The brokers do not know who asks, or do not allow it.
    case refused
    /// A broker answered, but the work was not done within the time limit.
    case timedOut
    /// The producer holds as many messages as it may: the broker takes them slower than they come.
    case queueFull
    /// The message is larger than the broker, or the producer, takes.
    case tooLarge
    /// The consumer or the producer was closed.
    case closed
    /// Any other failure of a broker or of librdkafka; `code` says which.
    case failed
  }

  /// What went wrong.
  package var kind: Kind
  /// librdkafka's name of the error, as `_TRANSPORT`; none where it is not librdkafka that found it.
  package var code: String?
  /// A sentence for people.
  package var message: String
  /// Whether the consumer or the producer is of no use any more: only a new one can go on.
  package var isFatal = false
  /// Whether the same may succeed later.
  package var isRetriable = false

  package var description: String {
    guard let code else { return message }
    return "\(message) (\(code))"
  }
}

extension KafkaError {
  /// Whether it says that no broker can be reached at all. That one connection is lost is nothing that lasts.
  package var isLossOfBrokers: Bool { code == "_ALL_BROKERS_DOWN" }

  /// What is asked of a consumer or producer that is closed.
  static let closed = KafkaError(kind: .closed, message: "the connection to Kafka was closed")

  /// A mistake in the settings.
  static func settings(_ message: String) -> KafkaError {
    KafkaError(kind: .settings, message: message)
  }
}
