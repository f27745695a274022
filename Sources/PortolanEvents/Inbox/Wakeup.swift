import Synchronization

/// Lets one task wait until another has something for it, or until a time is over.
package final class Wakeup: Sendable {
  private struct State {
    var isSignalled = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  package init() {}

  /// Wakes the task that waits; where none does, the next one does not wait.
  package func signal() {
    let waiting = state.withLock { state in
      let waiting = state.waiting
      state.waiting = nil
      state.isSignalled = waiting == nil
      return waiting
    }
    waiting?.resume()
  }

  /// Waits until ``signal()`` is called, for at most so many seconds, or until the task is cancelled.
  package func wait(atMost seconds: Double) async {
    let timer = Task { [self] in
      try? await Task.sleep(for: .seconds(seconds))
      if !Task.isCancelled { signal() }
    }
    defer { timer.cancel() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let goesOn = state.withLock { state in
          guard !state.isSignalled, !Task.isCancelled else {
            state.isSignalled = false
            return true
          }
          state.waiting = continuation
          return false
        }
        if goesOn { continuation.resume() }
      }
    } onCancel: {
      signal()
    }
  }
}
