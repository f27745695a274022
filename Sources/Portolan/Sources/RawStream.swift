/// A stream of raw objects, one a line or one array, as pages: in memory that does not grow with the stream.
///
/// ```swift
/// let stream = RawStream(name: "issues.ndjson") { try await nextBytes() }
/// for try await page in stream { print(page.bytes.count) }
/// ```
public struct RawStream: AsyncSequence, Sendable {
  /// A page of objects.
  public typealias Element = RawPage

  private let name: String
  private let read: @Sendable () async throws -> [UInt8]

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - name: what messages call it: a file, or how it came here.
  ///   - read: returns the next bytes, none at the end.
  public init(name: String, read: @escaping @Sendable () async throws -> [UInt8]) {
    self.name = name
    self.read = read
  }

  /// Starts to read.
  public func makeAsyncIterator() -> Iterator {
    Iterator(StreamCutter(name: name, pool: BufferPool()), read)
  }

  /// Reads page after page.
  public struct Iterator: AsyncIteratorProtocol {
    private var cutter: StreamCutter
    private var failure: (any Error)?
    private let read: @Sendable () async throws -> [UInt8]

    init(_ cutter: StreamCutter, _ read: @escaping @Sendable () async throws -> [UInt8]) {
      self.cutter = cutter
      self.read = read
    }

    /// The next page, nil after the last one.
    ///
    /// - Throws: what reading throws, and ``Diagnostic`` for an object that is too large to hold.
    public mutating func next() async throws -> RawPage? {
      while true {
        if let failure { throw failure }
        if let page = try cutter.nextPage() { return page }
        if cutter.isAtEnd { return nil }
        do {
          cutter.append(try await read())
        } catch {
          // What came whole before the error is not lost.
          failure = error
          if let page = cutter.breakOff() { return page }
        }
      }
    }
  }
}
