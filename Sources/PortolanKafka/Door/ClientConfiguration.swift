import CRdKafka

/// librdkafka's own settings, until a client takes them over.
final class ClientConfiguration {
  private let settings: KafkaSettings
  // Safe: this object alone has the pointer. It is destroyed once: here, or by the client that took it over.
  private let pointer: OpaquePointer
  private var isTaken = false

  /// Takes the settings, and properties that may not be set otherwise.
  ///
  /// - Throws: `KafkaError` for what librdkafka does not take.
  init(_ settings: KafkaSettings, fixed: [String: String]) throws(KafkaError) {
    guard let pointer = rd_kafka_conf_new() else {
      throw KafkaError(kind: .failed, message: "there is no memory for a Kafka client")
    }
    self.settings = settings
    self.pointer = pointer
    // Else librdkafka writes to standard error. What it says there, the error callback is told, too.
    rd_kafka_conf_set_log_cb(pointer) { _, _, _, _ in }
    var properties = try settings.allProperties()
    for (name, value) in fixed { try KafkaSettings.add(name, value, to: &properties) }
    for (name, value) in properties.sorted(by: { $0.key < $1.key }) { try set(name, value) }
  }

  deinit {
    if !isTaken { rd_kafka_conf_destroy(pointer) }
  }

  private func set(_ name: String, _ value: String) throws(KafkaError) {
    let (status, text) = ErrorText.read { rd_kafka_conf_set(pointer, name, value, $0, $1) }
    guard status == RD_KAFKA_CONF_OK else { throw .settings(settings.masked(text)) }
  }

  /// Makes a client that calls back with a context. No more than one is made of a configuration.
  ///
  /// - Returns: the client, which the caller destroys; the context must live until then.
  /// - Throws: `KafkaError` for settings that do not fit each other, or where there is no memory or thread.
  func makeClient(
    _ type: rd_kafka_type_t, context: UnsafeMutableRawPointer, callbacks: (OpaquePointer) -> Void
  ) throws(KafkaError) -> OpaquePointer {
    guard !isTaken else { throw .settings("a client was made of this configuration already") }
    rd_kafka_conf_set_opaque(pointer, context)
    callbacks(pointer)
    let (client, text) = ErrorText.read { rd_kafka_new(type, pointer, $0, $1) }
    guard let client else { throw .settings(settings.masked(text)) }
    isTaken = true
    return client
  }
}
