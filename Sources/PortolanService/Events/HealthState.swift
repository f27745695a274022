import Synchronization

/// Whether a service can work.
package final class HealthState: Sendable {
  private struct State {
    var isStarted = false
    var isEnding = false
    var problems: [String: String] = [:]
  }

  private let state = Mutex(State())

  package init() {}

  /// Says that all is prepared.
  package func start() { state.withLock { $0.isStarted = true } }

  /// Says that no more work is taken.
  package func end() { state.withLock { $0.isEnding = true } }

  /// Says that a part cannot work, or can again.
  package func set(_ part: String, problem: String?) { state.withLock { $0.problems[part] = problem } }

  /// Why the service cannot work; empty where it can.
  package var problems: [String] {
    state.withLock { state in
      if state.isEnding { return ["it is ending"] }
      if !state.isStarted { return ["it is starting"] }
      return state.problems.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    }
  }
}
