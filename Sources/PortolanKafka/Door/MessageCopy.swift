import CRdKafka

extension KafkaMessage {
  /// Copies a message of librdkafka's.
  ///
  /// Safe: all pointers are librdkafka's own and live as long as the message, which the caller frees after this.
  init(copying message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let source = message.pointee
    self.init(
      partition: KafkaPartition(copying: message), offset: source.offset,
      key: Self.bytes(source.key, source.key_len), value: Self.bytes(source.payload, source.len),
      headers: Self.headers(message), timestamp: Self.timestamp(message))
  }

  private static func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
    guard let start else { return nil }
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  private static func headers(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> [KafkaHeader] {
    var list: OpaquePointer?
    guard rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list else { return [] }
    var headers: [KafkaHeader] = []
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(list, headers.count, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR,
      let name
    {
      headers.append(KafkaHeader(String(cString: name), bytes(value, size)))
    }
    return headers
  }

  private static func timestamp(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> Int64? {
    var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    let time = rd_kafka_message_timestamp(message, &type)
    return type == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE || time < 0 ? nil : time
  }
}

extension KafkaPartition {
  /// Where a message of librdkafka's is from, or went.
  ///
  /// Safe: see `KafkaMessage.init(copying:)`.
  init(copying message: UnsafeMutablePointer<rd_kafka_message_t>) {
    let topic = message.pointee.rkt.map { String(cString: rd_kafka_topic_name($0)) }
    self.init(topic: topic ?? "", number: message.pointee.partition)
  }
}
