import RawJSON

/// A stream of raw objects of any length: ``MappingPipeline/run(_:kind:into:isolation:progress:)-(RawStream,_,_,_,_)`` maps it in
/// memory that does not grow with it.
///
/// ```swift
/// var sink = CollectingSink()
/// let stream = RawStream(name: "issues.ndjson") { try await nextBytes() }
/// let reports = try await MappingPipeline(mapping).run(stream, kind: "issue", into: &sink)
/// print(sink.entities.count, "entities of", reports.map(\.raw), "objects")
/// ```
///
/// A stream that is compressed with gzip is decompressed. One in UTF-16, or compressed in another way, ends with a
/// ``Diagnostic`` that says what to do.
public struct RawStream: Sendable {
  /// Where the objects of a stream are.
  public enum Layout: Sendable, Hashable {
    /// One object after another, over as many lines as they take, or arrays of objects: whichever the stream
    /// begins as.
    case objects
    /// One object a line: what is on a line belongs to no other, whatever it is.
    case lines
    /// One document after another, in each of which a path leads to the array of objects: `.values`.
    case lists(at: JSONPath)
  }

  /// What comes next of a stream.
  public enum Part: Sendable, Hashable {
    /// The next bytes.
    case bytes([UInt8])
    /// Nothing more is there at the moment. What has come is mapped before more is asked for.
    case pause
    /// The stream has ended.
    case end
  }

  /// What messages call the stream.
  package let name: String
  /// Where its objects are.
  package let layout: Layout
  /// Returns what comes next.
  package let next: @Sendable () async throws -> Part

  /// Creates a stream.
  ///
  /// - Parameters:
  ///   - name: what messages call it: a file, or how it came here.
  ///   - layout: where the objects are in it.
  ///   - read: returns the next bytes, none at the end.
  public init(
    name: String, objectsIn layout: Layout = .objects, read: @escaping @Sendable () async throws -> [UInt8]
  ) {
    self.init(live: name, objectsIn: layout) {
      let bytes = try await read()
      return bytes.isEmpty ? .end : .bytes(bytes)
    }
  }

  /// Creates a stream that says when nothing more is there at the moment, such as a pipe into which objects are
  /// written now and then.
  ///
  /// ```swift
  /// let stream = RawStream(live: "events") {
  ///   guard let bytes = try await bytesThatAreThere() else { return .pause }
  ///   return bytes.isEmpty ? .end : .bytes(bytes)
  /// }
  /// print(stream)
  /// ```
  ///
  /// - Parameters:
  ///   - name: what messages call it.
  ///   - layout: where the objects are in it.
  ///   - next: returns what comes next. After it has returned ``Part/pause`` it waits for more.
  public init(
    live name: String, objectsIn layout: Layout = .objects, next: @escaping @Sendable () async throws -> Part
  ) {
    self.name = name
    self.layout = layout
    self.next = next
  }

  /// The stream in pieces. Where one ends may be a guess, which only ``PipelineRun`` can prove: they are for
  /// nobody else.
  var pieces: StreamPieces { StreamPieces(streams: [self]) }
}
