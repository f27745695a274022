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
    fileprivate let relay: Relay<RawPage>.Output

    /// Sends a page, and waits while those before it have not been taken.
    ///
    /// - Throws: `CancellationError` where nobody takes pages any more.
    public func send(_ page: RawPage) async throws {
      try await relay.send(page)
    }
  }

  private let relay: Relay<RawPage>

  /// Creates a stream of the pages that `produce` sends.
  public init(_ produce: @escaping @Sendable (_ pages: Output) async throws -> Void) {
    relay = Relay { try await produce(Output(relay: $0)) }
  }

  /// Starts the function.
  public func makeAsyncIterator() -> Iterator {
    Iterator(relay: relay.makeAsyncIterator())
  }

  /// Takes page after page.
  public struct Iterator: AsyncIteratorProtocol {
    fileprivate var relay: Relay<RawPage>.Iterator

    /// The next page, nil after the last one.
    ///
    /// - Throws: what the function throws, and `CancellationError`.
    public mutating func next() async throws -> RawPage? {
      try await relay.next()
    }
  }
}
