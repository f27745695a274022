import Synchronization

/// What a function sends, to be taken one after another by someone else: a bounded hand-over between two tasks.
///
/// The function begins with the iterator, runs two elements ahead of whoever takes them, and is cancelled when nobody
/// holds the iterator any more.
package struct Relay<Element: Sendable>: AsyncSequence, Sendable {
  /// Where the function sends.
  package struct Output: Sendable {
    fileprivate let channel: Channel<Element>

    /// Sends an element, and waits while those before it have not been taken.
    ///
    /// - Throws: `CancellationError` where nobody takes any more.
    package func send(_ element: Element) async throws {
      try await channel.send(element)
    }
  }

  private let produce: @Sendable (Output) async throws -> Void

  /// Creates a relay of what `produce` sends.
  package init(_ produce: @escaping @Sendable (_ output: Output) async throws -> Void) {
    self.produce = produce
  }

  /// Starts the function.
  package func makeAsyncIterator() -> Iterator {
    Iterator(produce)
  }

  /// Takes element after element.
  package struct Iterator: AsyncIteratorProtocol {
    /// Ends the function when nobody holds the iterator any more.
    private final class Run: Sendable {
      let channel = Channel<Element>()
      private let task: Task<Void, Never>

      init(_ produce: @escaping @Sendable (Output) async throws -> Void) {
        task = Task { [channel] in
          do {
            try await produce(Output(channel: channel))
            channel.finish(nil)
          } catch {
            channel.finish(error)
          }
        }
      }

      deinit { stop() }

      func stop() {
        task.cancel()
        channel.close()
      }
    }

    private let run: Run

    fileprivate init(_ produce: @escaping @Sendable (Output) async throws -> Void) {
      run = Run(produce)
    }

    /// The next element, nil after the last one.
    ///
    /// - Throws: what the function throws, and `CancellationError`.
    package mutating func next() async throws -> Element? {
      try await withTaskCancellationHandler {
        try await run.channel.next()
      } onCancel: { [run] in
        run.stop()
      }
    }
  }
}

/// Hands elements from the one task that sends them to the one that takes them. Two are kept.
private final class Channel<Element: Sendable>: Sendable {
  private static var capacity: Int { 2 }

  private struct State {
    var elements: [Element] = []
    /// How the elements end, once that is known.
    var end: Result<Void, any Error>?
    /// Whether nobody takes elements any more.
    var isClosed = false
    var sender: CheckedContinuation<Void, any Error>?
    var taker: CheckedContinuation<Element?, any Error>?
  }

  private let state = Mutex(State())

  func send(_ element: Element) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let taker = state.withLock { state -> CheckedContinuation<Element?, any Error>? in
        if state.isClosed {
          continuation.resume(throwing: CancellationError())
          return nil
        }
        if let taker = state.taker {
          state.taker = nil
          continuation.resume()
          return taker
        }
        state.elements.append(element)
        if state.elements.count < Self.capacity { continuation.resume() } else { state.sender = continuation }
        return nil
      }
      taker?.resume(returning: element)
    }
  }

  func next() async throws -> Element? {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Element?, any Error>) in
      let sender = state.withLock { state -> CheckedContinuation<Void, any Error>? in
        if !state.elements.isEmpty {
          continuation.resume(returning: state.elements.removeFirst())
          defer { state.sender = nil }
          return state.sender
        }
        if let end = state.end {
          continuation.resume(with: end.map { nil })
        } else if state.isClosed {
          continuation.resume(throwing: CancellationError())
        } else {
          state.taker = continuation
        }
        return nil
      }
      sender?.resume()
    }
  }

  /// Ends the elements, with an error where there is one.
  func finish(_ error: (any Error)?) {
    let taker = state.withLock { state -> CheckedContinuation<Element?, any Error>? in
      state.end = error.map { .failure($0) } ?? .success(())
      defer { state.taker = nil }
      return state.taker
    }
    if let error { taker?.resume(throwing: error) } else { taker?.resume(returning: nil) }
  }

  /// Lets the sender know that nobody takes elements any more.
  func close() {
    let (sender, taker) = state.withLock {
      state -> (CheckedContinuation<Void, any Error>?, CheckedContinuation<Element?, any Error>?) in
      state.isClosed = true
      defer { (state.sender, state.taker) = (nil, nil) }
      return (state.sender, state.taker)
    }
    sender?.resume(throwing: CancellationError())
    taker?.resume(throwing: CancellationError())
  }
}
