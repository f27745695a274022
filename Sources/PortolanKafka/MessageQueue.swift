/// Messages, first in, first out.
struct MessageQueue: Sendable {
  private var messages: [KafkaMessage?] = []
  private var first = 0

  mutating func append(_ message: KafkaMessage) {
    messages.append(message)
  }

  mutating func takeFirst() -> KafkaMessage? {
    guard first < messages.count else { return nil }
    let message = messages[first]
    messages[first] = nil
    first += 1
    if first > 64, first * 2 > messages.count {
      messages.removeFirst(first)
      first = 0
    }
    return message
  }

  mutating func remove(of partitions: Set<KafkaPartition>) {
    messages = messages[first...].filter { message in
      message.map { !partitions.contains($0.partition) } ?? false
    }
    first = 0
  }

  mutating func removeAll() {
    messages = []
    first = 0
  }
}
