import Synchronization

/// Lets requests to one host go on: so many at a time, so many a second, and none while the host wants to be left
/// alone. They go in the order in which they came.
///
/// The first in the queue alone looks whether it may go, and waits for the clock or for a request to end.
final class HostGate: Sendable {
  /// What a gate asks of those who wait at it.
  struct Rules: Sendable {
    /// Requests at the same time.
    var concurrency: Int
    /// Requests a second.
    var perSecond: Double?
    /// Seconds that are waited at most.
    var longestWait: Double
  }

  /// The host wants to be left alone for longer than anybody waits.
  struct TooLong: Error {
    /// Seconds.
    var seconds: Double
  }

  private enum Decision {
    case go
    case wait(seconds: Double, isLimit: Bool)
    case change(version: Int)
  }

  private struct State {
    var underWay = 0
    /// How many the host seems to bear: half as many each time that it wants to be left alone, and slowly more again.
    var borne: Double
    /// When the next one may start, by the rule of so many a second.
    var nextStart = 0.0
    /// Nobody starts before.
    var closedUntil = 0.0
    /// How many more may start until when, as the host said last.
    var window: (remaining: Int, end: Double)?
    /// Grows with whatever may let somebody go.
    var version = 0
    var first: CheckedContinuation<Void, any Error>?
  }

  private let rules: Rules
  private let clock: ClientClock
  private let onWait: @Sendable (Double) -> Void
  private let queue = Turnstile()
  private let state: Mutex<State>

  init(_ rules: Rules, clock: ClientClock, onWait: @escaping @Sendable (Double) -> Void) {
    self.rules = rules
    state = Mutex(State(borne: Double(rules.concurrency)))
    self.clock = clock
    self.onWait = onWait
  }

  /// Waits until a request may start. Whoever was let in calls `leave`.
  func enter() async throws {
    try await queue.enter()
    defer { queue.leave() }
    while true {
      try Task.checkCancellation()
      switch decide() {
      case .go: return
      case .change(let version): try await change(since: version)
      case .wait(let seconds, let isLimit):
        if isLimit {
          guard seconds <= rules.longestWait else { throw TooLong(seconds: seconds) }
          if seconds >= 1 { onWait(seconds) }
        }
        try await clock.sleep(seconds)
      }
    }
  }

  /// Ends a request that was let in.
  func leave() {
    notify { [rules] state in
      state.underWay -= 1
      state.borne = min(Double(rules.concurrency), state.borne + 1 / state.borne / 4)
    }
  }

  /// Lets nobody start for a while.
  func close(for seconds: Double) {
    let end = clock.now() + seconds
    notify { state in
      state.borne = max(1, state.borne / 2)
      state.closedUntil = max(state.closedUntil, end)
      state.window = nil
    }
  }

  /// Remembers how much the host says is left.
  ///
  /// Answers overtake each other, so of what two say about the same window the smaller number holds.
  func learn(_ window: RateLimits.Window) {
    let now = clock.now()
    let end = now + window.seconds
    notify { state in
      if let known = state.window, known.end > now, abs(known.end - end) <= Self.sameWindow,
        known.remaining < window.remaining
      {
        return
      }
      state.window = (window.remaining, end)
    }
  }

  /// Ends that are not further apart, in seconds, are of one window: they are told in whole seconds.
  private static let sameWindow = 2.0
}

extension HostGate {
  private func decide() -> Decision {
    let now = clock.now()
    return state.withLock { state in
      if state.closedUntil > now { return .wait(seconds: state.closedUntil - now, isLimit: true) }
      if let window = state.window, window.end <= now { state.window = nil }
      if let window = state.window, window.remaining <= state.underWay {
        // What is under way may be counted already, or not: its answers tell.
        guard window.remaining == 0 else { return .change(version: state.version) }
        return .wait(seconds: window.end - now, isLimit: true)
      }
      guard state.underWay < Int(state.borne) else { return .change(version: state.version) }
      if let perSecond = rules.perSecond {
        if state.nextStart > now { return .wait(seconds: state.nextStart - now, isLimit: false) }
        state.nextStart = now + 1 / perSecond
      }
      state.underWay += 1
      return .go
    }
  }

  private func notify(_ change: (inout State) -> Void) {
    let waiting = state.withLock { state in
      change(&state)
      state.version += 1
      defer { state.first = nil }
      return state.first
    }
    waiting?.resume()
  }

  private func change(since version: Int) async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let mayGo = state.withLock { state in
          // Whoever is cancelled from here on finds the continuation; whoever was before is seen here.
          guard state.version == version, !Task.isCancelled else { return true }
          state.first = continuation
          return false
        }
        if mayGo { continuation.resume() }
      }
    } onCancel: {
      notify { _ in }
    }
  }
}
