import Synchronization

/// Sends messages, each until a broker, and the copies that it asks for, have stored it: once, and those of one key in
/// the order in which they were sent.
package final class KafkaProducer: Sendable {
  /// How to produce.
  package struct Options: Sendable {
    /// For how long a first broker is waited for.
    package var connectWithin = Duration.seconds(30)
    /// For how long a message is tried, before it fails.
    package var deliverWithin = Duration.seconds(30)
    /// How many messages may wait for the brokers; one more is refused at once.
    package var queueLimit = 10_000

    package init() {}
  }

  private let gate: ProducerGate
  private let end: ProducerEnd

  private init(_ gate: ProducerGate, _ end: ProducerEnd) {
    self.gate = gate
    self.end = end
  }

  deinit {
    end.stop(within: .zero)
  }

  /// Starts a producer, and waits until a broker answers.
  ///
  /// - Parameters:
  ///   - settings: the brokers.
  ///   - options: how to produce.
  ///   - report: told of each problem that librdkafka goes on after, on the producer's thread: it returns at once.
  /// - Returns: the producer; one that nobody keeps ends by itself.
  /// - Throws: `KafkaError` for wrong settings, a refusal, or no answer within the time limit; `CancellationError`.
  package static func start(
    _ settings: KafkaSettings, _ options: Options = Options(),
    report: @escaping @Sendable (KafkaError) -> Void
  ) async throws -> KafkaProducer {
    let gate = ProducerGate()
    let end = ProducerEnd()
    do {
      try await withTaskCancellationHandler {
        try await withCheckedThrowingContinuation { (started: CheckedContinuation<Void, any Error>) in
          do {
            try PollThread.start {
              run(settings, options, gate, end, report) { started.resume(with: $0) }
            }
          } catch {
            end.finish()
            started.resume(throwing: error)
          }
        }
      } onCancel: {
        end.stop(within: .zero)
      }
      try Task.checkCancellation()
    } catch {
      guard Task.isCancelled else { throw error }
      await end.stopAndWait(within: .zero)
      throw CancellationError()
    }
    return KafkaProducer(gate, end)
  }

  /// What the producer's thread does, from its begin to its end.
  private static func run(
    _ settings: KafkaSettings, _ options: Options, _ gate: ProducerGate, _ end: ProducerEnd,
    _ report: @escaping @Sendable (KafkaError) -> Void, _ started: (Result<Void, any Error>) -> Void
  ) {
    do throws(KafkaError) {
      let log = ProblemLog(settings, report)
      let handle = try ProducerHandle(settings, options, gate: gate, log: log)
      try handle.connect(settings, within: options.connectWithin, isStopping: { end.limit != nil })
      started(.success(()))
      while end.limit == nil { handle.poll(50) }
      handle.close(within: end.limit ?? .zero)
    } catch {
      started(.failure(error))
    }
    end.finish()
  }

  /// Sends a message, and waits until it is stored; a task that is cancelled meanwhile waits, too, for at most the time
  /// limit of a delivery.
  ///
  /// - Parameters:
  ///   - topic: the topic.
  ///   - key: messages with the same key go to the same partition; one without goes to any.
  ///   - value: the content; none says that the key is gone.
  ///   - headers: what else there is to say.
  /// - Returns: where it is.
  /// - Throws: `KafkaError`; of kind `queueFull` where the brokers take them slower than they come.
  @discardableResult
  package func send(
    _ topic: String, key: [UInt8]?, value: [UInt8]?, headers: [KafkaHeader] = []
  ) async throws -> KafkaDelivery {
    try await gate.send(topic, key, value, headers)
  }

  /// Lets no message more in, waits for those that are under way, and until no thread is left.
  ///
  /// - Parameter limit: what is not stored by then fails with an error of kind `closed`.
  package func close(within limit: Duration) async {
    await end.stopAndWait(within: limit)
  }
}

/// When a producer ends.
private final class ProducerEnd: Sendable {
  private struct State {
    var limit: Duration?
    var isFinished = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  /// For how long what is under way is waited for, once the producer shall end.
  var limit: Duration? { state.withLock { $0.limit } }

  func stop(within limit: Duration) {
    state.withLock { $0.limit = $0.limit ?? limit }
  }

  func stopAndWait(within limit: Duration) async {
    stop(within: limit)
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isFinished = state.withLock { state in
        if !state.isFinished { state.waiting.append(continuation) }
        return state.isFinished
      }
      if isFinished { continuation.resume() }
    }
  }

  func finish() {
    let waiting = state.withLock { state in
      state.isFinished = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }
}
