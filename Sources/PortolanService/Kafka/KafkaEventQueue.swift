import Logging
import Portolan
import PortolanEvents
import PortolanKafka

/// Live events in a topic of Kafka, which several processes work off together.
///
/// An event is kept when the brokers have stored it. The messages of an object are in one partition, which one process of
/// the group has at a time; what waits of an object is worked on at once. A message counts as done when its work is: what
/// is not done when a process ends comes to another. So work may be done twice, and a delivery that is sent twice is not
/// known as such; both do no harm, since an event only says which object to look at.
///
/// What failed waits in this process; the group's position stays before it meanwhile, so that after a crash all from there
/// on is done again. Dead letters go to the topic `<topic>.dead`.
package actor KafkaEventQueue: EventQueue {
  /// Where events are.
  package struct Options: Sendable {
    /// The topic.
    package var topic: String
    /// The group that works it off.
    package var group: String
    /// How many messages may have been received after one that is not done.
    package var window = 10_000
    /// How often the broker is told what is done, at most.
    package var commitEvery = Duration.milliseconds(500)
    /// For how long a first broker is waited for.
    package var connectWithin = Duration.seconds(30)
    /// For how long an event is tried to be kept: APIs wait for about ten seconds for an answer.
    package var deliverWithin = Duration.seconds(8)

    package init(topic: String, group: String) {
      self.topic = topic
      self.group = group
    }

    /// The topic of dead letters.
    package var deadTopic: String { "\(topic).dead" }
  }

  /// How many seconds work waits that should have become a dead letter, and could not.
  private static let buryPause = 5.0

  private let options: Options
  private let producer: KafkaProducer
  private let consumer: KafkaConsumer
  private let log: Logger
  private let wakeup = Wakeup()
  private var waiting = WaitingMessages()
  private var receiver: Task<Void, Never>?
  private var failure: KafkaError?
  private var isClosed = false

  /// Joins the group.
  ///
  /// - Parameters:
  ///   - settings: the brokers.
  ///   - options: where events are.
  ///   - health: what is told that the brokers are away.
  ///   - log: where it says what goes wrong.
  /// - Returns: the queue, whose owner closes it.
  /// - Throws: `KafkaError` where no broker takes it; `CancellationError`.
  package static func start(
    _ settings: KafkaSettings, _ options: Options, health: HealthState, log: Logger
  ) async throws -> KafkaEventQueue {
    let reachability = KafkaReachability(part: "queue", health: health, log: log)
    var producing = KafkaProducer.Options()
    producing.connectWithin = options.connectWithin
    producing.deliverWithin = options.deliverWithin
    let producer = try await KafkaProducer.start(settings, producing) { log.debug("Kafka: \($0)") }
    var consuming = KafkaConsumer.Options(group: options.group, topics: [options.topic], start: .earliest)
    consuming.window = options.window
    consuming.commitEvery = options.commitEvery
    consuming.connectWithin = options.connectWithin
    let consumer = try await KafkaConsumer.start(settings, consuming) {
      reachability.hear($0)
    } recovered: {
      reachability.recover()
    }
    let queue = KafkaEventQueue(options, producer, consumer, log)
    await queue.beginReceiving()
    return queue
  }

  private init(_ options: Options, _ producer: KafkaProducer, _ consumer: KafkaConsumer, _ log: Logger) {
    self.options = options
    self.producer = producer
    self.consumer = consumer
    self.log = log
  }

  package var state: InboxCounts { waiting.counts }

  /// They are in a topic, and nobody counts them.
  package var deadLetters: Int? { nil }

  package func close() async {
    isClosed = true
    wakeup.signal()
    await consumer.close()
    await receiver?.value
    await producer.close(within: .seconds(5))
  }
}

// MARK: Adding

extension KafkaEventQueue {
  package func add(_ event: QueuedEvent) async throws(EventQueueError) -> Admission {
    guard !isClosed else { throw .closed }
    let headers = [KafkaHeader("event", event.delivery.map { Array($0.utf8) })]
    switch event.content {
    case .objects(let objects):
      try await send(
        objects.map { EventMessage(source: event.source, object: $0, receivedAt: event.receivedAt) }, headers)
    case .notUnderstood(let error):
      try await send(
        options.deadTopic, key: nil, value: DeadMessage.value(event, because: error), headers: headers)
    }
    return .kept
  }

  private nonisolated func send(
    _ messages: [EventMessage], _ headers: [KafkaHeader]
  ) async throws(EventQueueError) {
    let topic = options.topic
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for message in messages {
          group.addTask {
            try await self.send(topic, key: message.name.messageKey, value: message.value, headers: headers)
          }
        }
        try await group.waitForAll()
      }
    } catch {
      throw error as? EventQueueError ?? .unavailable("\(error)")
    }
  }

  private nonisolated func send(
    _ topic: String, key: [UInt8]?, value: [UInt8], headers: [KafkaHeader] = []
  ) async throws(EventQueueError) {
    do {
      try await producer.send(topic, key: key, value: value, headers: headers)
    } catch let error as KafkaError {
      switch error.kind {
      case .queueFull: throw .full
      case .closed: throw .closed
      default: throw .unavailable("the topic \(topic): \(error)")
      }
    } catch {
      throw .unavailable("the topic \(topic): \(error)")
    }
  }
}

// MARK: Receiving

extension KafkaEventQueue {
  private func beginReceiving() {
    receiver = Task { [consumer] in
      do {
        while let message = try await consumer.next() { await receive(message) }
      } catch {
        fail(error)
      }
    }
  }

  private func fail(_ error: any Error) {
    failure = error as? KafkaError
    wakeup.signal()
  }

  private func receive(_ message: KafkaMessage) async {
    guard let event = EventMessage(message.value) else {
      Task { await bury(message) }
      return
    }
    waiting.add(event, message)
    wakeup.signal()
  }

  /// Gives up a message that nobody understands. Until that is done, it is not; others are worked on meanwhile.
  private func bury(_ message: KafkaMessage) async {
    log.error(
      "a message in \(message.partition) at \(message.offset) is about no object; it goes to \(options.deadTopic)"
    )
    while !isClosed {
      do throws(EventQueueError) {
        try await send(options.deadTopic, key: message.key, value: DeadMessage.value(message))
        return consumer.commit(message)
      } catch {
        log.error("\(error)")
        try? await Task.sleep(for: .seconds(Self.buryPause))
      }
    }
  }
}

// MARK: Working

extension KafkaEventQueue {
  package func take(_ limit: Int) async throws(EventQueueError) -> [EventWork] {
    while !Task.isCancelled, !isClosed {
      if let failure { throw .unavailable("\(failure)") }
      let work = waiting.take(limit, at: ServiceClock.now, of: consumer.partitions)
      if !work.isEmpty { return work }
      await wakeup.wait(atMost: waiting.pause(at: ServiceClock.now))
    }
    return []
  }

  package func finish(_ work: EventWork) async throws(EventQueueError) {
    for message in waiting.finish(work) { consumer.commit(message) }
    wakeup.signal()
  }

  package func retry(
    _ work: EventWork, after seconds: Double, because error: String
  ) async throws(EventQueueError) {
    waiting.putBack(work, attempts: work.attempts + 1, due: ServiceClock.now + seconds)
    wakeup.signal()
  }

  package func bury(_ work: EventWork, because error: String) async throws(EventQueueError) {
    let value = DeadMessage.value(work, at: ServiceClock.now, because: error)
    do throws(EventQueueError) {
      try await send(options.deadTopic, key: EventMessage.Name(work).messageKey, value: value)
    } catch {
      waiting.putBack(work, attempts: work.attempts, due: ServiceClock.now + Self.buryPause)
      wakeup.signal()
      throw error
    }
    try await finish(work)
  }
}
