import CRdKafka
import Synchronization

/// A message that librdkafka has, and who waits for it.
private final class PendingDelivery {
  let continuation: CheckedContinuation<KafkaDelivery, any Error>

  init(_ continuation: CheckedContinuation<KafkaDelivery, any Error>) {
    self.continuation = continuation
  }
}

/// Where tasks hand messages to a producer, for as long as it is open.
final class ProducerGate: Sendable {
  // Safe to send: librdkafka's functions for producing may be called on any thread, and the gate's lock is held
  // meanwhile, so that the client is not destroyed before they return.
  private struct Client: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private let client = Mutex<Client?>(nil)

  func open(_ pointer: OpaquePointer) {
    let opened = Client(pointer: pointer)
    client.withLock { $0 = opened }
  }

  /// Lets nothing more in. Nobody uses the client once this returns.
  func close() {
    client.withLock { $0 = nil }
  }

  /// Hands a message over, and waits until a broker has stored it.
  ///
  /// - Throws: `KafkaError`.
  func send(
    _ topic: String, _ key: [UInt8]?, _ value: [UInt8]?, _ headers: [KafkaHeader]
  ) async throws -> KafkaDelivery {
    try await withCheckedThrowingContinuation { continuation in
      // Safe: librdkafka gives the reference back once, with the report of this message, or not at all where it does
      // not take the message; then it is released here.
      let pending = Unmanaged.passRetained(PendingDelivery(continuation))
      let failure = client.withLock { client -> KafkaError? in
        guard let client else { return .closed }
        return Self.produce(client.pointer, topic, key, value, headers, pending.toOpaque())
      }
      guard let failure else { return }
      pending.release()
      continuation.resume(throwing: failure)
    }
  }

  /// What librdkafka says of a message: it is stored, or given up.
  static func report(_ client: OpaquePointer?, _ message: UnsafePointer<rd_kafka_message_t>?) {
    guard let client, let message, let opaque = message.pointee._private else { return }
    // Safe: it is the reference that `send` handed over with this message, and each message is reported once.
    let pending = Unmanaged<PendingDelivery>.fromOpaque(opaque).takeRetainedValue()
    let status = message.pointee.err
    switch status {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      let partition = KafkaPartition(copying: UnsafeMutablePointer(mutating: message))
      pending.continuation.resume(
        returning: KafkaDelivery(partition: partition, offset: message.pointee.offset))
    case RD_KAFKA_RESP_ERR__FATAL: pending.continuation.resume(throwing: KafkaError.fatal(of: client))
    default: pending.continuation.resume(throwing: KafkaError(status))
    }
  }
}

extension ProducerGate {
  private static func produce(
    _ client: OpaquePointer, _ topic: String, _ key: [UInt8]?, _ value: [UInt8]?, _ headers: [KafkaHeader],
    _ opaque: UnsafeMutableRawPointer
  ) -> KafkaError? {
    // Safe: all pointers are valid for the call, in which librdkafka copies what they point to; see `MSG_F_COPY`.
    topic.withCString { topic in
      withPart(key) { key in
        withPart(value) { value in
          var arguments = [
            argument(RD_KAFKA_VTYPE_TOPIC) { $0.cstr = topic },
            argument(RD_KAFKA_VTYPE_MSGFLAGS) { $0.i = RD_KAFKA_MSG_F_COPY },
            argument(RD_KAFKA_VTYPE_OPAQUE) { $0.ptr = opaque },
          ]
          if let key { arguments.append(part(RD_KAFKA_VTYPE_KEY, key)) }
          if let value { arguments.append(part(RD_KAFKA_VTYPE_VALUE, value)) }
          let list = headers.isEmpty ? nil : copy(headers)
          if let list { arguments.append(argument(RD_KAFKA_VTYPE_HEADERS) { $0.headers = list }) }
          let error = KafkaError.take(rd_kafka_produceva(client, arguments, arguments.count))
          // The headers are librdkafka's where it takes the message, and ours where it does not.
          if error != nil, let list { rd_kafka_headers_destroy(list) }
          return error
        }
      }
    }
  }

  private static func argument(
    _ type: rd_kafka_vtype_t, _ set: (inout rd_kafka_vu_s.__Unnamed_union_u) -> Void
  ) -> rd_kafka_vu_t {
    var argument = rd_kafka_vu_t()
    argument.vtype = type
    set(&argument.u)
    return argument
  }

  private static func part(_ type: rd_kafka_vtype_t, _ bytes: UnsafeRawBufferPointer) -> rd_kafka_vu_t {
    argument(type) {
      $0.mem.ptr = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
      $0.mem.size = bytes.count
    }
  }

  /// Lends bytes. Empty ones have an address as well: null would be no key, or no value, at all.
  private static func withPart<Result>(
    _ bytes: [UInt8]?, _ body: (UnsafeRawBufferPointer?) -> Result
  ) -> Result {
    guard let bytes else { return body(nil) }
    guard bytes.isEmpty else { return bytes.withUnsafeBytes { body($0) } }
    return [UInt8(0)].withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[..<0])) }
  }

  private static func copy(_ headers: [KafkaHeader]) -> OpaquePointer? {
    guard let list = rd_kafka_headers_new(headers.count) else { return nil }
    for header in headers {
      withPart(header.value) { value in
        _ = rd_kafka_header_add(list, header.name, -1, value?.baseAddress, value?.count ?? 0)
      }
    }
    return list
  }
}
