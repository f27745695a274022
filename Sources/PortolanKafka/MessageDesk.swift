import Synchronization

/// Where the thread that asks librdkafka and the tasks that do the work meet: messages one way, what is done the other.
final class MessageDesk: Sendable {
  private typealias Taker = CheckedContinuation<KafkaMessage?, any Error>
  private struct Flush {
    let deadline: ContinuousClock.Instant
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var tracker = OffsetTracker()
    var messages = MessageQueue()
    var takers: [(number: UInt64, taker: Taker)] = []
    var lastNumber: UInt64 = 0
    var flushes: [Flush] = []
    var closers: [CheckedContinuation<Void, Never>] = []
    var isStopping = false
    /// Whether the thread is done with librdkafka.
    var isClosed = false
    var failure: KafkaError?
  }

  private let state = Mutex(State())
  private let window: Int

  /// A desk on which are no more messages that are not done than `window`.
  init(window: Int) {
    self.window = window
  }
}

// What tasks ask.
extension MessageDesk {
  /// The next message; none once nothing more comes.
  func next() async throws -> KafkaMessage? {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { take($0, number) }
    } onCancel: {
      cancel(number)
    }
  }

  private func take(_ taker: Taker, _ number: UInt64) {
    // A task that is cancelled later is found among the takers: `onCancel` waits for the lock.
    let answer: Result<KafkaMessage?, any Error>? = state.withLock { state in
      if Task.isCancelled { return .failure(CancellationError()) }
      if let failure = state.failure { return .failure(failure) }
      if state.isStopping { return .success(nil) }
      if let message = state.messages.takeFirst() { return .success(message) }
      state.takers.append((number, taker))
      return nil
    }
    if let answer { taker.resume(with: answer) }
  }

  private func cancel(_ number: UInt64) {
    let taker = state.withLock { state -> Taker? in
      guard let index = state.takers.firstIndex(where: { $0.number == number }) else { return nil }
      return state.takers.remove(at: index).taker
    }
    taker?.resume(throwing: CancellationError())
  }

  /// Says that a message is done.
  func finish(_ message: KafkaMessage) {
    state.withLock { $0.tracker.finish(message.partition, message.offset, message.epoch) }
  }

  /// Waits until the broker knows all that is done.
  func flush(within limit: Duration) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let answer: Result<Void, any Error>? = state.withLock { state in
        if let failure = state.failure { return .failure(failure) }
        if state.isClosed { return .failure(KafkaError.closed) }
        if state.tracker.uncommitted.isEmpty { return .success(()) }
        state.flushes.append(Flush(deadline: .now + limit, continuation: continuation))
        return nil
      }
      if let answer { continuation.resume(with: answer) }
    }
  }

  /// Lets the thread end.
  func stop() {
    let takers = state.withLock { state in
      state.isStopping = true
      state.messages.removeAll()
      defer { state.takers = [] }
      return state.takers
    }
    for (_, taker) in takers { taker.resume(returning: nil) }
  }

  /// Lets the thread end, and waits until it has.
  func close() async {
    stop()
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      let isClosed = state.withLock { state in
        if !state.isClosed { state.closers.append(continuation) }
        return state.isClosed
      }
      if isClosed { continuation.resume() }
    }
  }
}

// What the thread asks.
extension MessageDesk {
  var isStopping: Bool { state.withLock { $0.isStopping } }
  var isFull: Bool { state.withLock { $0.tracker.count >= window } }
  /// Whether so much is done that it is worth while to go on.
  var hasSpace: Bool { state.withLock { $0.tracker.count <= window / 2 } }
  var isFlushAwaited: Bool { state.withLock { !$0.flushes.isEmpty } }
  var uncommitted: [KafkaPartition: Int64] { state.withLock { $0.tracker.uncommitted } }

  /// Gives a message to whoever waits longest. One of a partition that is not had is dropped.
  func deliver(_ message: KafkaMessage) {
    var message = message
    let taker = state.withLock { state -> Taker? in
      guard let epoch = state.tracker.begin(message.partition, message.offset) else { return nil }
      message.epoch = epoch
      guard state.takers.isEmpty else { return state.takers.removeFirst().taker }
      if !state.isStopping { state.messages.append(message) }
      return nil
    }
    taker?.resume(returning: message)
  }

  func assign(_ partitions: [KafkaPartition]) {
    state.withLock { state in for partition in partitions { state.tracker.assign(partition) } }
  }

  /// Drops what is of partitions that another consumer gets.
  func drop(_ partitions: [KafkaPartition]) {
    state.withLock { state in
      for partition in partitions { state.tracker.drop(partition) }
      state.messages.remove(of: Set(partitions))
    }
  }

  func dropAll() {
    drop(Array(state.withLock { $0.tracker.partitions }))
  }

  var partitions: Set<KafkaPartition> { state.withLock { $0.tracker.partitions } }

  func committed(_ partition: KafkaPartition, _ position: Int64) {
    state.withLock { $0.tracker.committed(partition, position) }
  }

  /// Answers those that wait for the broker to know what is done, as far as it does or their time is over.
  func settleFlushes(_ lastProblem: KafkaError?) {
    let (ended, isDone) = state.withLock { state -> ([Flush], Bool) in
      let isDone = state.tracker.uncommitted.isEmpty
      let now = ContinuousClock.now
      let ended = state.flushes.filter { isDone || $0.deadline <= now }
      state.flushes.removeAll { isDone || $0.deadline <= now }
      return (ended, isDone)
    }
    for flush in ended {
      if isDone {
        flush.continuation.resume()
      } else {
        flush.continuation.resume(throwing: Self.late(lastProblem))
      }
    }
  }

  private static func late(_ problem: KafkaError?) -> KafkaError {
    let reason = problem.map { ": \($0.message)" } ?? ""
    return KafkaError(
      kind: .timedOut, code: problem?.code,
      message: "Kafka did not store within the time limit what is done\(reason)", isRetriable: true)
  }

  /// Says that the thread is done with librdkafka, and why where nobody asked it to end.
  func end(_ failure: KafkaError?) {
    let (takers, flushes, closers) = state.withLock { state in
      state.isClosed = true
      state.isStopping = true
      state.failure = failure
      state.messages.removeAll()
      defer { (state.takers, state.flushes, state.closers) = ([], [], []) }
      return (state.takers, state.flushes, state.closers)
    }
    for (_, taker) in takers {
      if let failure { taker.resume(throwing: failure) } else { taker.resume(returning: nil) }
    }
    for flush in flushes { flush.continuation.resume(throwing: failure ?? .closed) }
    for closer in closers { closer.resume() }
  }
}
