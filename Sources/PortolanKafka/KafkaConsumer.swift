/// Receives the messages of topics, as one of a group that shares them.
///
/// A message is had until ``commit(_:)`` says that its work is done; only then does the broker learn of it. Whatever
/// ends before that, another consumer of the group, or the next one, gets the message again: at least once, never lost.
/// Messages of one partition come in order; they may be worked on side by side, and be done in any order.
///
/// When partitions go to another consumer, their messages that nobody took yet are dropped here, and those in work may
/// be done twice: once here, once there.
package final class KafkaConsumer: AsyncSequence, Sendable {
  /// Where a group begins that has never committed anything.
  package enum Start: String, Sendable {
    /// With the oldest message that the broker has.
    case earliest
    /// With the first one that comes from now on.
    case latest
  }

  /// How to consume.
  package struct Options: Sendable {
    /// The group: its consumers share the partitions.
    package var group: String
    /// The topics; one that begins with `^` is a regular expression.
    package var topics: [String]
    /// Where a new group begins.
    package var start: Start
    /// How many messages there may be, received and not done, before the brokers are asked for no more. As many are in
    /// memory. A message that is never done lets the consumer stand still once it is so far behind.
    package var window = 1_000
    /// For how long a first broker is waited for.
    package var connectWithin = Duration.seconds(30)
    /// How often the broker is told what is done, at most.
    package var commitEvery = Duration.milliseconds(500)

    package init(group: String, topics: [String], start: Start) {
      self.group = group
      self.topics = topics
      self.start = start
    }
  }

  private let desk: MessageDesk

  private init(_ desk: MessageDesk) {
    self.desk = desk
  }

  deinit {
    desk.stop()
  }

  /// Starts a consumer, and waits until a broker answers.
  ///
  /// - Parameters:
  ///   - settings: the brokers.
  ///   - options: how to consume.
  ///   - report: told of each problem that librdkafka goes on after, on the consumer's thread: it returns at once.
  ///     While the brokers are away, the same comes again and again.
  ///   - recovered: told, on the same thread, that a broker answers again after a problem in reaching one.
  /// - Returns: the consumer; one that nobody keeps ends by itself.
  /// - Throws: `KafkaError` for wrong settings, a refusal, or no answer within the time limit; `CancellationError`.
  package static func start(
    _ settings: KafkaSettings, _ options: Options, report: @escaping @Sendable (KafkaError) -> Void,
    recovered: @escaping @Sendable () -> Void = {}
  ) async throws -> KafkaConsumer {
    guard !options.topics.isEmpty else { throw KafkaError.settings("no topic is named") }
    let desk = MessageDesk(window: Swift.max(1, options.window))
    do {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
          do throws(KafkaError) {
            try PollThread.start {
              ConsumerRun(settings, options, desk, report, recovered).run { started.resume(with: $0) }
            }
          } catch {
            desk.end(error)
            started.resume(throwing: error)
          }
        }
      } onCancel: {
        desk.stop()
      }
      try Task.checkCancellation()
    } catch {
      guard Task.isCancelled else { throw error }
      await desk.close()
      throw CancellationError()
    }
    return KafkaConsumer(desk)
  }

  /// The next message; several tasks may ask at once. None when the consumer is being closed.
  ///
  /// - Throws: `KafkaError` when the consumer cannot go on; `CancellationError`.
  package func next() async throws -> KafkaMessage? {
    try await desk.next()
  }

  /// Says that the work of a message is done. The broker is told soon, of what is done from the partition's first
  /// message on without a gap. Twice changes nothing, and neither does a message of a partition that is had no more.
  package func commit(_ message: KafkaMessage) {
    desk.finish(message)
  }

  /// Waits until the broker has stored what is done.
  ///
  /// - Throws: `KafkaError` where it has not within the limit.
  package func flush(within limit: Duration) async throws {
    try await desk.flush(within: limit)
  }

  /// The partitions that this consumer has.
  package var partitions: Set<KafkaPartition> { desk.partitions }

  /// Tells the broker what is done, leaves the group, and waits until no thread is left. What is not done comes again,
  /// to another.
  package func close() async {
    await desk.close()
  }

  /// Goes through messages until the consumer is closed.
  package struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate let consumer: KafkaConsumer

    package func next() async throws -> KafkaMessage? {
      try await consumer.next()
    }
  }

  package func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(consumer: self)
  }
}
