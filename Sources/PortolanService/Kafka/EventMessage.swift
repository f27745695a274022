import Portolan
import PortolanEvents
import PortolanKafka
import RawJSON

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An object that an event is about, as a message of Kafka.
struct EventMessage: Sendable {
  /// What tells objects apart.
  struct Name: Sendable, Hashable {
    var source: String
    var kind: String
    var key: String

    init(source: String, kind: String, key: String) {
      self.source = source
      self.kind = kind
      self.key = key
    }

    init(_ work: EventWork) {
      self.init(source: work.source, kind: work.object.kind, key: work.object.key)
    }

    /// What decides the partition: messages of one object have an order.
    var messageKey: [UInt8] { Array("\(source)/\(kind)/\(key)".utf8) }
  }

  /// The integration.
  var source: String
  /// The object.
  var object: EventObject
  /// When the event came, in seconds since 1970.
  var receivedAt: Double

  var name: Name { Name(source: source, kind: object.kind, key: object.key) }
}

extension EventMessage {
  /// Reads a message; nil for one that is none of these.
  init?(_ value: [UInt8]?) {
    guard let value, let document = try? JSONView(validating: value),
      let source = document["source"]?.text, let kind = document["kind"]?.text,
      let key = document["key"]?.text, let object = document["object"], object.kind == .object
    else { return nil }
    let received = document["receivedAt"].flatMap { Double($0.json) } ?? 0
    self.init(
      source: source,
      object: EventObject(
        kind: kind, key: key, json: Array(object.json.utf8), isDeleted: document["deleted"]?.json == "true"),
      receivedAt: received / 1000)
  }

  /// The message's content.
  var value: [UInt8] { JSONWriter.object { add(to: &$0) } }

  private func add(to document: inout JSONWriter) {
    document.add("source", text: source)
    document.add("kind", text: object.kind)
    document.add("key", text: object.key)
    document.add("receivedAt", Int(receivedAt * 1000))
    document.add("deleted", object.isDeleted)
    document.add("object", json: object.json)
  }
}

/// The content of a dead letter. One of an object has all that the message had: it can be sent to the topic again as it is.
enum DeadMessage {
  /// Work that was given up.
  static func value(_ work: EventWork, at time: Double, because error: String) -> [UInt8] {
    var value = EventMessage(source: work.source, object: work.object, receivedAt: work.receivedAt).value
    value.removeLast()
    let rest = JSONWriter.object { rest in
      rest.add("buriedAt", Int(time * 1000))
      rest.add("attempts", work.attempts + 1)
      rest.add("error", text: error)
    }
    return value + [UInt8(ascii: ",")] + rest.dropFirst()
  }

  /// An event that was not understood.
  static func value(_ event: QueuedEvent, because error: String) -> [UInt8] {
    JSONWriter.object { document in
      document.add("source", text: event.source)
      document.add("receivedAt", Int(event.receivedAt * 1000))
      document.add("error", text: error)
      document.add("headers", json: KeptHeaders.json(event.event.headers).utf8)
      add(event.event.body, to: &document)
    }
  }

  /// A message of the topic that is none of an object.
  static func value(_ message: KafkaMessage) -> [UInt8] {
    JSONWriter.object { document in
      document.add(
        "error", text: "the message in \(message.partition) at \(message.offset) is about no object")
      add(message.value ?? [], to: &document)
    }
  }

  private static func add(_ body: [UInt8], to document: inout JSONWriter) {
    if let text = String(validating: body, as: UTF8.self) {
      document.add("body", text: text)
    } else {
      document.add("bodyBase64", text: Data(body).base64EncodedString())
    }
  }
}
