/// A part of a topic, in which messages have an order.
package struct KafkaPartition: Sendable, Hashable, CustomStringConvertible {
  /// The topic.
  package var topic: String
  /// The partition's number, from 0.
  package var number: Int32

  package init(topic: String, number: Int32) {
    self.topic = topic
    self.number = number
  }

  package var description: String { "\(topic)[\(number)]" }
}

/// A name and a value beside a message's own. Names may come more than once.
package struct KafkaHeader: Sendable, Hashable {
  /// The name.
  package var name: String
  /// The value; none is not the same as an empty one.
  package var value: [UInt8]?

  package init(_ name: String, _ value: [UInt8]?) {
    self.name = name
    self.value = value
  }
}

/// A message that a consumer received.
package struct KafkaMessage: Sendable {
  /// Where it is from.
  package var partition: KafkaPartition
  /// Its place in the partition.
  package var offset: Int64
  /// What decides the partition: messages with the same key have an order.
  package var key: [UInt8]?
  /// The content; none in a message that says that its key is gone.
  package var value: [UInt8]?
  /// What else its producer said.
  package var headers: [KafkaHeader] = []
  /// When it was produced or stored, in milliseconds since 1970.
  package var timestamp: Int64?
  /// Which time it is that the consumer has this partition.
  var epoch: OffsetTracker.Epoch = 0
}

/// Where a message is that a broker has stored.
package struct KafkaDelivery: Sendable, Hashable {
  /// The partition.
  package var partition: KafkaPartition
  /// The place in the partition.
  package var offset: Int64
}
