import Gzip

/// The parts of a stream as text: gzip is decompressed, and what is no UTF-8 at all is refused.
struct DecodedParts {
  private enum State {
    /// What the stream is has not been seen yet.
    case start
    case plain
    case gzip(Gunzip)
  }

  private let stream: RawStream
  private var state = State.start
  /// The first bytes, as long as they do not tell.
  private var head: [UInt8] = []
  /// Whether the stream ended before it was known what it is.
  private var hasEnded = false

  init(_ stream: RawStream) {
    self.stream = stream
  }

  /// What comes next.
  ///
  /// - Throws: what reading throws, and ``Diagnostic`` where the bytes are not to be read.
  mutating func next() async throws -> RawStream.Part {
    while true {
      if case .gzip(let gunzip) = state, let bytes = try decompressed(gunzip) { return .bytes(bytes) }
      if hasEnded { return try end() }
      let part = try await stream.next()
      switch (state, part) {
      // What is too short to tell by is too short to be an object.
      case (.plain, _), (.gzip, .pause), (.start, .pause): return part
      case (.gzip(let gunzip), .bytes(let bytes)): gunzip.append(bytes)
      case (.gzip, .end): return try end()
      case (.start, .bytes(let bytes)):
        head += bytes
        guard head.count >= ByteFormat.longestMark || !ByteFormat.mayBegin(head) else { continue }
        if let text = try begin() { return .bytes(text) }
      case (.start, .end):
        hasEnded = true
        guard !head.isEmpty else { return .end }
        if let text = try begin() { return .bytes(text) }
      }
    }
  }

  /// Finds out what the stream is.
  ///
  /// - Returns: the bytes so far, where they are text.
  private mutating func begin() throws(Diagnostic) -> [UInt8]? {
    defer { head = [] }
    switch ByteFormat(beginningOf: head) {
    case nil:
      state = .plain
      return head
    case .gzip:
      let gunzip = Gunzip()
      gunzip.append(head)
      state = .gzip(gunzip)
      return nil
    case let format?:
      throw Diagnostic(
        .error, .unreadableFile, "\(stream.name) is \(format.description)", help: format.help,
        at: SourceLocation(startOf: stream.name))
    }
  }

  /// What the end of the stream means.
  private func end() throws(Diagnostic) -> RawStream.Part {
    guard case .gzip(let gunzip) = state else { return .end }
    do throws(GzipError) {
      try gunzip.finish()
      return .end
    } catch {
      throw diagnostic(error)
    }
  }

  private func decompressed(_ gunzip: Gunzip) throws(Diagnostic) -> [UInt8]? {
    do throws(GzipError) {
      let bytes = try gunzip.next()
      return bytes.isEmpty ? nil : bytes
    } catch {
      throw diagnostic(error)
    }
  }

  private func diagnostic(_ error: GzipError) -> Diagnostic {
    let message =
      switch error {
      case .truncated: "the gzip data of \(stream.name) ends too early: it was cut off"
      case .broken: "the gzip data of \(stream.name) is damaged; what follows the damage is lost"
      case .noMemory: "there is no memory to decompress \(stream.name)"
      }
    return Diagnostic(
      .error, .unreadableFile, message,
      help: "what came before is mapped; get the data again, and check it with `gzip -t`")
  }
}
