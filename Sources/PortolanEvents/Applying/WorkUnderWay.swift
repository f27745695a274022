import Synchronization

/// What is being worked on, which goes on for a while when the worker is to end.
final class WorkUnderWay: Sendable {
  private struct State {
    var tasks: [Int: Task<Void, Never>] = [:]
    var next = 0
  }

  private let state = Mutex(State())
  private let wakeup = Wakeup()

  /// How much there is.
  var count: Int { state.withLock { $0.tasks.count } }

  /// Begins to work on something.
  func begin(_ body: @escaping @Sendable () async -> Void) {
    state.withLock { state in
      let number = state.next
      state.next += 1
      state.tasks[number] = Task { [self] in
        await body()
        self.state.withLock { $0.tasks[number] = nil }
        wakeup.signal()
      }
    }
  }

  /// Waits until less than `limit` is under way, or until the task is cancelled.
  func waitForRoom(_ limit: Int) async {
    while count >= limit, !Task.isCancelled { await wakeup.wait(atMost: 60) }
  }

  /// Waits for the end of all that is under way; what takes longer than so many seconds is cancelled.
  func end(within seconds: Double) async {
    let tasks = state.withLock { Array($0.tasks.values) }
    let timer = Task {
      try? await Task.sleep(for: .seconds(seconds))
      if !Task.isCancelled { for task in tasks { task.cancel() } }
    }
    for task in tasks { await task.value }
    timer.cancel()
  }
}

/// Ends what takes too long.
enum TimeLimit {
  /// It took longer.
  struct Exceeded: Error, CustomStringConvertible {
    var seconds: Double
    var description: String { "it took longer than \(Int(seconds)) s" }
  }

  /// Runs `body` for at most so many seconds.
  ///
  /// - Throws: ``Exceeded``, and what `body` throws.
  static func run<Value: Sendable>(
    _ seconds: Double, _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Exceeded(seconds: seconds)
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else { throw CancellationError() }
      return value
    }
  }
}
