import RawJSON

/// Cuts a stream of raw objects, one a line or one array, into batches of whole objects.
///
/// It holds one batch and what has been read beyond it, whatever the stream's length.
struct RawBatcher {
  /// How many bytes make a batch: enough to be worth a thread's while.
  static let batchSize = 1 << 20
  /// How large one object may be, in bytes.
  static let objectLimit = 256 << 20

  private let read: () throws -> [UInt8]
  private var buffer: [UInt8] = []
  private var hasEnded = false
  private var list: JSONSplitter?
  private var hasBegun = false
  private var line = 1
  private var column = 1
  /// How many bytes have been read.
  private(set) var bytesRead = 0

  /// A batcher of the bytes that `read` gives; none at the stream's end.
  init(read: @escaping () throws -> [UInt8]) {
    self.read = read
  }

  /// The next batch, nil at the stream's end.
  ///
  /// - Throws: what reading throws, and ``Diagnostic`` for an object that is too large.
  mutating func next() throws -> RawBatch? {
    if !hasBegun { try begin() }
    return list == nil ? try nextLines() : try nextElements()
  }

  /// Finds out whether the stream is one array.
  private mutating func begin() throws {
    hasBegun = true
    while !hasEnded, buffer.allSatisfy({ $0 <= 0x20 }) { try fill() }
    if buffer.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") { list = JSONSplitter() }
  }

  private mutating func nextLines() throws -> RawBatch? {
    while true {
      while buffer.count < Self.batchSize, !hasEnded { try fill() }
      if buffer.isEmpty { return nil }
      if let cut = hasEnded ? buffer.count : lineEnd() { return take(cut, pieces: nil) }
      try grow()
    }
  }

  /// The end of the last line behind which another object begins.
  private func lineEnd() -> Int? {
    var i = buffer.count - 1
    while i > 0 {
      if buffer[i] == UInt8(ascii: "{"), buffer[i - 1] == UInt8(ascii: "\n") { return i }
      i -= 1
    }
    return nil
  }

  private mutating func nextElements() throws -> RawBatch? {
    var pieces: [JSONSplitter.Piece] = []
    var end = 0
    while end < Self.batchSize, var splitter = list, !splitter.isAtEnd {
      splitter.mayGoOn = !hasEnded
      guard let piece = buffer.withScanner({ splitter.next($0) }) else {
        if hasEnded || splitter.isAtEnd { break }
        try grow()
        continue
      }
      list = splitter
      pieces.append(piece)
      end = piece.end
    }
    if pieces.isEmpty { return nil }
    list?.forget(min(end, buffer.count))
    return take(min(end, buffer.count), pieces: pieces)
  }

  private mutating func take(_ count: Int, pieces: [JSONSplitter.Piece]?) -> RawBatch {
    let batch = RawBatch(bytes: Array(buffer[..<count]), pieces: pieces, line: line, column: column)
    for byte in batch.bytes {
      if byte == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    buffer.removeSubrange(..<count)
    return batch
  }

  /// Reads more of an object that does not end in the buffer.
  private mutating func grow() throws {
    guard buffer.count < Self.objectLimit else {
      throw Diagnostic(
        .error, .invalidRawObject,
        "an object of more than \(Self.objectLimit >> 20) MB begins here, or it never ends",
        help: "give one object a line, or an array of them",
        at: SourceLocation(file: "standard input", line: line, column: column))
    }
    try fill()
  }

  private mutating func fill() throws {
    let chunk = try read()
    bytesRead += chunk.count
    if chunk.isEmpty { hasEnded = true }
    buffer.append(contentsOf: chunk)
  }
}

extension JSONSplitter.Piece {
  /// The index behind the piece.
  fileprivate var end: Int {
    switch self {
    case .object(let range): range.upperBound
    case .defect(let error): error.offset
    }
  }
}
