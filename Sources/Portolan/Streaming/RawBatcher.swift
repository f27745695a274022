import RawJSON

/// Cuts a stream of raw objects, one a line or one array, into batches of whole objects.
///
/// It holds one batch and what has been read beyond it, whatever the stream's length.
struct RawBatcher {
  /// How many bytes make a batch: enough to be worth a thread's while, and few enough
  /// to stay in a processor's cache from reading to writing.
  static let batchSize = 1 << 18
  /// How large one object may be, in bytes.
  static let objectLimit = 256 << 20

  private let read: () throws -> [UInt8]
  private let pool: BufferPool
  private var buffer: [UInt8] = []
  private var hasEnded = false
  /// Cuts an array, or lines that are not one object each; nil where lines can be cut by themselves.
  private var splitter: JSONSplitter?
  private var hasBegun = false
  private var place = SourceLocation(startOf: "standard input")
  private var batchCount = 0
  /// How many bytes have been read.
  private(set) var bytesRead = 0

  /// A batcher of the bytes that `read` gives, none at the stream's end; batches are put into buffers of
  /// `pool`.
  init(_ pool: BufferPool, read: @escaping () throws -> [UInt8]) {
    self.pool = pool
    self.read = read
  }

  /// The next batch, nil at the stream's end.
  ///
  /// - Throws: what reading throws, and ``Diagnostic`` for an object that is too large.
  mutating func next() throws -> RawBatch? {
    if !hasBegun { try begin() }
    return splitter == nil ? try nextLines() : try nextPieces()
  }

  /// Passes over a byte order mark and finds out whether the stream is one array.
  private mutating func begin() throws {
    hasBegun = true
    while !hasEnded, buffer.count < 3 { try fill() }
    if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { buffer.removeFirst(3) }
    while !hasEnded, buffer.allSatisfy({ $0 <= 0x20 }) {
      drop(buffer.count)
      try fill()
    }
    if buffer.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") { splitter = JSONSplitter() }
  }

  private mutating func nextLines() throws -> RawBatch? {
    while buffer.count < Self.batchSize, !hasEnded { try fill() }
    if buffer.isEmpty { return nil }
    if let cut = hasEnded ? buffer.count : lineEnd() { return take(cut, pieces: nil) }
    // No object begins a line in all of it: they are cut by what they are.
    splitter = .lines()
    return try nextPieces()
  }

  /// The end of the last line that ends an object and behind which another begins. Nowhere inside a valid
  /// object does `}` stand before a line's end and `{` behind it.
  private func lineEnd() -> Int? {
    var end: Int?
    var hasNewline = false
    var i = buffer.count - 1
    while i > 0 {
      switch buffer[i] {
      case UInt8(ascii: "{"): (end, hasNewline) = (i, false)
      case UInt8(ascii: "}"):
        if hasNewline, let end { return end }
        end = nil
      case 0x20, 0x09, 0x0D: break
      case UInt8(ascii: "\n"): hasNewline = true
      default: end = nil
      }
      i -= 1
    }
    return nil
  }

  private mutating func nextPieces() throws -> RawBatch? {
    var pieces: [JSONSplitter.Piece] = []
    var end = 0
    while end < Self.batchSize, var next = splitter, !next.isAtEnd {
      next.mayGoOn = !hasEnded
      guard let piece = buffer.withScanner({ next.next($0) }) else {
        // What has been found is given before more is read: neither an error nor an object that is too
        // large costs it.
        if hasEnded || next.isAtEnd || !pieces.isEmpty { break }
        splitter = next
        try grow()
        continue
      }
      splitter = next
      pieces.append(piece)
      end = piece.end
    }
    if pieces.isEmpty { return nil }
    let count = min(end, buffer.count)
    splitter?.forget(count)
    return take(count, pieces: pieces)
  }

  private mutating func take(_ count: Int, pieces: [JSONSplitter.Piece]?) -> RawBatch {
    let batch = RawBatch(
      number: batchCount, bytes: buffer, count: count, pieces: pieces, start: place)
    batchCount += 1
    buffer = pool.take()
    buffer.append(contentsOf: batch.bytes[count...])
    pass(batch.bytes, count)
    return batch
  }

  /// Drops the first `count` bytes, which are none of an object's.
  private mutating func drop(_ count: Int) {
    pass(buffer, count)
    buffer.removeSubrange(..<count)
  }

  /// Moves the place of the stream behind the first `count` of `bytes`.
  private mutating func pass(_ bytes: [UInt8], _ count: Int) {
    place.advance(over: 0..<count, of: bytes)
  }

  /// Reads more of an object that does not end in the buffer: as much again, because it is looked at from
  /// its beginning each time.
  private mutating func grow() throws {
    if let passed = splitter?.position, passed > 0 {
      drop(passed)
      splitter?.forget(passed)
    }
    guard buffer.count < Self.objectLimit else {
      throw Diagnostic(
        .error, .invalidRawObject,
        "an object of more than \(Self.objectLimit >> 20) MB begins here, or it never ends",
        help: "give one object a line, or an array of them",
        at: place)
    }
    let size = max(1, buffer.count) * 2
    while buffer.count < size, !hasEnded { try fill() }
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
