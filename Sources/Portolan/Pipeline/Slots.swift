import Synchronization

/// Lets only so many tasks go on at the same time; the others wait, in the order in which they came.
final class Slots: Sendable {
  private struct State {
    var free: Int
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  init(_ count: Int) {
    state = Mutex(State(free: count))
  }

  /// Takes a slot as soon as one is free.
  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        guard state.free > 0 || state.isOpen else {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  /// Gives a slot back.
  func give() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }

  /// Lets everyone go on from now on: nothing waits for a slot that nobody will give back.
  func open() {
    let all = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in all { continuation.resume() }
  }

  /// Runs `work` in a slot.
  func run<Value>(_ work: () -> Value) async -> Value {
    await take()
    defer { give() }
    return work()
  }
}
