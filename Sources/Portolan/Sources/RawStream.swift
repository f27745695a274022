/// A stream of raw objects, one a line or one array, of any length: ``MappingPipeline/run(_:kind:into:progress:)-(RawStream,_,_,_)``
/// maps it in memory that does not grow with it.
///
/// ```swift
/// var sink = CollectingSink()
/// let stream = RawStream(name: "issues.ndjson") { try await nextBytes() }
/// let reports = try await MappingPipeline(mapping).run(stream, kind: "issue", into: &sink)
/// print(sink.entities.count, "entities of", reports.map(\.raw), "objects")
/// ```
public struct RawStream: Sendable {
  let name: String
  let read: @Sendable () async throws -> [UInt8]

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - name: what messages call it: a file, or how it came here.
  ///   - read: returns the next bytes, none at the end.
  public init(name: String, read: @escaping @Sendable () async throws -> [UInt8]) {
    self.name = name
    self.read = read
  }

  /// The stream in pieces. Where one ends may be a guess, which only ``PipelineRun`` can prove: they are for
  /// nobody else.
  var pieces: StreamPieces { StreamPieces(stream: self) }
}

/// The pieces of a ``RawStream``.
struct StreamPieces: AsyncSequence, Sendable {
  typealias Element = RawPage

  let stream: RawStream

  func makeAsyncIterator() -> Iterator {
    Iterator(stream)
  }

  struct Iterator: AsyncIteratorProtocol {
    private var cutter: StreamCutter
    private var failure: (any Error)?
    private let read: @Sendable () async throws -> [UInt8]

    init(_ stream: RawStream) {
      cutter = StreamCutter(name: stream.name, pool: BufferPool())
      read = stream.read
    }

    /// The next piece, nil after the last one.
    ///
    /// - Throws: what reading throws, and ``Diagnostic`` for an object that is too large to hold.
    mutating func next() async throws -> RawPage? {
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
