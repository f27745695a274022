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
  /// Where the bytes begin in the stream.
  var start: SourceLocation

  /// Where the byte at `offset` stands in the stream.
  func location(_ offset: Int) -> SourceLocation {
    start.advanced(to: offset, in: bytes)
  }
}
