import Synchronization

/// Pages of raw objects, as a function sends them: what a fetcher in Swift needs to give its pages one after another.
///
/// ```swift
/// struct IssueFetcher: RawFetcher {
///   func fetch(_ request: FetchRequest) -> PageStream {
///     PageStream { pages in
///       for number in 1...3 {
///         try await pages.send(RawPage(Array(#"[{"key": "PORT-\#(number)"}]"#.utf8)))
///       }
///     }
///   }
/// }
/// ```
///
/// The function begins when the pages are first asked for, runs a page or two ahead of whoever takes them, and is
/// cancelled when nobody does any more. What it throws ends the stream.
public struct PageStream: AsyncSequence, Sendable {
  /// A page of objects.
  public typealias Element = RawPage

  /// Where the function sends its pages.
  public struct Output: Sendable {
    fileprivate let channel: PageChannel

    /// Sends a page, and waits while those before it have not been taken.
    ///
    /// - Throws: `CancellationError` where nobody takes pages any more.
    public func send(_ page: RawPage) async throws {
      try await channel.send(page)
    }
  }

  private let produce: @Sendable (Output) async throws -> Void

  /// Creates a stream of the pages that `produce` sends.
  public init(_ produce: @escaping @Sendable (_ pages: Output) async throws -> Void) {
    self.produce = produce
  }

  /// Starts the function.
  public func makeAsyncIterator() -> Iterator {
    Iterator(produce)
  }

  /// Takes page after page.
  public struct Iterator: AsyncIteratorProtocol {
    /// Ends the function when nobody holds the iterator any more.
    private final class Run: Sendable {
      let channel = PageChannel()
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

    /// The next page, nil after the last one.
    ///
    /// - Throws: what the function throws, and `CancellationError`.
    public mutating func next() async throws -> RawPage? {
      try await withTaskCancellationHandler {
        try await run.channel.next()
      } onCancel: { [run] in
        run.stop()
      }
    }
  }
}

/// Hands pages from the one task that sends them to the one that takes them. Two are kept.
private final class PageChannel: Sendable {
  private static let capacity = 2

  private struct State {
    var pages: [RawPage] = []
    /// How the pages end, once that is known.
    var end: Result<Void, any Error>?
    /// Whether nobody takes pages any more.
    var isClosed = false
    var sender: CheckedContinuation<Void, any Error>?
    var taker: CheckedContinuation<RawPage?, any Error>?
  }

  private let state = Mutex(State())

  func send(_ page: RawPage) async throws {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
      let taker = state.withLock { state -> CheckedContinuation<RawPage?, any Error>? in
        if state.isClosed {
          continuation.resume(throwing: CancellationError())
          return nil
        }
        if let taker = state.taker {
          state.taker = nil
          continuation.resume()
          return taker
        }
        state.pages.append(page)
        if state.pages.count < Self.capacity { continuation.resume() } else { state.sender = continuation }
        return nil
      }
      taker?.resume(returning: page)
    }
  }

  func next() async throws -> RawPage? {
    try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<RawPage?, any Error>) in
      let sender = state.withLock { state -> CheckedContinuation<Void, any Error>? in
        if !state.pages.isEmpty {
          continuation.resume(returning: state.pages.removeFirst())
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

  /// Ends the pages, with an error where there is one.
  func finish(_ error: (any Error)?) {
    let taker = state.withLock { state -> CheckedContinuation<RawPage?, any Error>? in
      state.end = error.map { .failure($0) } ?? .success(())
      defer { state.taker = nil }
      return state.taker
    }
    if let error { taker?.resume(throwing: error) } else { taker?.resume(returning: nil) }
  }

  /// Lets the sender know that nobody takes pages any more.
  func close() {
    let (sender, taker) = state.withLock {
      state -> (CheckedContinuation<Void, any Error>?, CheckedContinuation<RawPage?, any Error>?) in
      state.isClosed = true
      defer { (state.sender, state.taker) = (nil, nil) }
      return (state.sender, state.taker)
    }
    sender?.resume(throwing: CancellationError())
    taker?.resume(throwing: CancellationError())
  }
}
