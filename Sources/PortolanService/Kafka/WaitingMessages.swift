import Portolan
import PortolanEvents
import PortolanKafka

/// Messages that were received and are not done, by object.
struct WaitingMessages: Sendable {
  private struct Held: Sendable {
    var number: Int64
    /// The message, without its content.
    var message: KafkaMessage
    var receivedAt: Double
    var bytes: Int
  }

  private struct Entry: Sendable {
    var held: [Held] = []
    /// The object, as the last message has it.
    var object: EventObject
    var attempts = 0
  }

  private var entries: [EventMessage.Name: Entry] = [:]
  /// Those that can be given out, the first first.
  private var ready: [EventMessage.Name] = []
  /// Those that wait for a time, in seconds since 1970.
  private var paused: [EventMessage.Name: Double] = [:]
  private var lastNumber: Int64 = 0
  /// How much waits.
  private(set) var counts = InboxCounts.none

  /// Takes a message in. Work on its object that waits for a time is due now: there is news of it.
  mutating func add(_ event: EventMessage, _ message: KafkaMessage) {
    let name = event.name
    lastNumber += 1
    var message = message
    message.value = nil
    let held = Held(
      number: lastNumber, message: message, receivedAt: event.receivedAt, bytes: event.object.json.count)
    if entries[name] == nil {
      entries[name] = Entry(object: event.object)
      ready.append(name)
    } else if paused.removeValue(forKey: name) != nil {
      ready.append(name)
    }
    entries[name]?.held.append(held)
    entries[name]?.object = event.object
    counts.events += 1
    counts.bytes += held.bytes
  }

  /// Gives work out, at most `limit`. Messages of partitions that another process has now are forgotten.
  mutating func take(_ limit: Int, at now: Double, of partitions: Set<KafkaPartition>) -> [EventWork] {
    for (name, due) in paused where due <= now {
      paused[name] = nil
      ready.append(name)
    }
    var work: [EventWork] = []
    var count = 0
    while count < ready.count, work.count < limit {
      if let one = giveOut(ready[count], of: partitions) { work.append(one) }
      count += 1
    }
    ready.removeFirst(count)
    return work
  }

  private mutating func giveOut(_ name: EventMessage.Name, of partitions: Set<KafkaPartition>) -> EventWork? {
    guard var entry = entries[name] else { return nil }
    let lost = entry.held.filter { !partitions.contains($0.message.partition) }
    forget(lost)
    entry.held.removeAll { !partitions.contains($0.message.partition) }
    guard let first = entry.held.first else {
      entries[name] = nil
      return nil
    }
    entries[name] = entry
    var work = EventWork(
      source: name.source, object: entry.object, numbers: entry.held.map(\.number),
      receivedAt: first.receivedAt, attempts: entry.attempts)
    work.bytes = entry.held.reduce(0) { $0 + $1.bytes }
    return work
  }

  private mutating func forget(_ held: [Held]) {
    counts.events -= held.count
    counts.bytes -= held.reduce(0) { $0 + $1.bytes }
  }

  /// For how many seconds nothing is due: five at most.
  func pause(at now: Double) -> Double {
    min(5, max(0.001, (paused.values.min() ?? .infinity) - now))
  }

  /// Ends work. What came meanwhile can be given out.
  ///
  /// - Returns: the messages that are done.
  mutating func finish(_ work: EventWork) -> [KafkaMessage] {
    let name = EventMessage.Name(work)
    guard var entry = entries[name] else { return [] }
    let numbers = Set(work.numbers)
    let done = entry.held.filter { numbers.contains($0.number) }
    forget(done)
    entry.held.removeAll { numbers.contains($0.number) }
    entry.attempts = 0
    entries[name] = entry.held.isEmpty ? nil : entry
    if !entry.held.isEmpty { ready.append(name) }
    return done.map(\.message)
  }

  /// Takes work back until a time.
  mutating func putBack(_ work: EventWork, attempts: Int, due: Double) {
    let name = EventMessage.Name(work)
    guard entries[name] != nil else { return }
    entries[name]?.attempts = attempts
    paused[name] = due
  }
}
