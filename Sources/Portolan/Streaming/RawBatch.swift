import RawJSON

/// Some of a stream's raw objects: what a thread maps at once.
struct RawBatch: Sendable {
  /// The bytes of whole objects.
  var bytes: [UInt8]
  /// Where the objects stand in the bytes, nil where they have not been looked for: one a line.
  var pieces: [JSONSplitter.Piece]?
  /// The line of the stream on which the bytes begin, counted from 1.
  var line: Int
  /// The column at which they begin, counted from 1.
  var column: Int

  /// Calls `body` with each piece of the batch, and a scanner over its bytes.
  func forEachPiece(_ body: (JSONSplitter.Piece, JSONScanner) -> Void) {
    bytes.withScanner { scanner in
      if let pieces {
        for piece in pieces { body(piece, scanner) }
      } else {
        var splitter = JSONSplitter.lines()
        while let piece = splitter.next(scanner) { body(piece, scanner) }
      }
    }
  }

  /// Where the byte at `offset` stands in the stream.
  func location(_ offset: Int) -> SourceLocation {
    RawObject.Origin(file: "standard input", line: line, column: column).location(of: offset, in: bytes)
  }
}
