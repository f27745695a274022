/// The pieces of ``RawStream``s, one stream after another.
struct StreamPieces: AsyncSequence, Sendable {
  typealias Element = RawPage

  let streams: [RawStream]

  func makeAsyncIterator() -> Iterator {
    Iterator(streams: streams[...])
  }

  struct Iterator: AsyncIteratorProtocol {
    private let pool = BufferPool()
    private var streams: ArraySlice<RawStream>
    private var reader: StreamReader?

    init(streams: ArraySlice<RawStream>) {
      self.streams = streams
    }

    /// The next piece, nil after the last one.
    ///
    /// - Throws: what reading throws, and ``Diagnostic`` for an object that is too large to hold.
    mutating func next() async throws -> RawPage? {
      if reader == nil {
        guard let stream = streams.popFirst() else { return nil }
        reader = StreamReader(stream, pool)
      }
      if let page = try await reader?.nextPage() { return page }
      reader = nil
      // It says that the stream has ended: what is left of its last object is no part of the next one's first.
      return streams.isEmpty ? nil : RawPage([])
    }
  }
}

/// Reads one stream and cuts it into pages.
private struct StreamReader {
  private var parts: DecodedParts
  private var cutter: any PageCutter
  private var failure: (any Error)?

  init(_ stream: RawStream, _ pool: BufferPool) {
    parts = DecodedParts(stream)
    cutter =
      switch stream.layout {
      case .objects: StreamCutter(name: stream.name, pool: pool)
      case .lines: LineCutter(name: stream.name)
      case .lists(let path): ListCutter(name: stream.name, path)
      }
  }

  mutating func nextPage() async throws -> RawPage? {
    while true {
      if let failure { throw failure }
      if let page = try cutter.nextPage() { return page }
      if cutter.isAtEnd { return nil }
      do {
        switch try await parts.next() {
        case .bytes(let bytes): cutter.append(bytes)
        case .pause: if let page = cutter.pageSoFar() { return page }
        case .end: cutter.finish()
        }
      } catch {
        // What came whole before the error is not lost.
        failure = error
        if let page = cutter.breakOff() { return page }
      }
    }
  }
}

/// Cuts a text that comes in parts into pages of whole objects.
protocol PageCutter {
  /// Adds the text's next bytes.
  mutating func append(_ bytes: [UInt8])

  /// Says that the text has ended.
  mutating func finish()

  /// The next page; nil where more bytes are needed, and at the text's end.
  ///
  /// - Throws: ``Diagnostic`` for an object that is too large to hold.
  mutating func nextPage() throws(Diagnostic) -> RawPage?

  /// What has come and is known to be whole, where nothing more comes at the moment.
  mutating func pageSoFar() -> RawPage?

  /// What there is where the text broke off.
  mutating func breakOff() -> RawPage?

  /// Whether there are no more pages.
  var isAtEnd: Bool { get }
}
