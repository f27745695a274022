import RawJSON

/// Some of a stream's raw objects: what a thread maps at once.
struct RawBatch: Sendable {
  /// Its place among the stream's batches, counted from 0.
  var number: Int
  /// Bytes of the stream; the first ``count`` are the batch's.
  var bytes: [UInt8]
  /// How many bytes of whole objects there are.
  var count: Int
  /// Where the objects stand in the bytes, nil where they have not been looked for: one a line.
  var pieces: [JSONSplitter.Piece]?
  /// The line of the stream on which the bytes begin, counted from 1.
  var line: Int
  /// The column at which they begin, counted from 1.
  var column: Int

  /// Where the byte at `offset` stands in the stream.
  func location(_ offset: Int) -> SourceLocation {
    RawObject.Origin(file: "standard input", line: line, column: column).location(of: offset, in: bytes)
  }
}
