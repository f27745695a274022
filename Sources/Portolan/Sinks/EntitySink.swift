/// Where entities go: a catalog, a file, a comparison.
///
/// ```swift
/// struct LineSink: EntitySink {
///   mutating func receive(_ batch: EntityBatch) async throws {
///     try await write(batch.lines)
///   }
/// }
/// ```
public protocol EntitySink: Sendable {
  /// Takes the entities of a page. The next page's come only after it has returned, in the order of the pages:
  /// a sink that takes its time slows its source down.
  ///
  /// Resources that are fetched together are mapped together: of several entities with one identifier the one
  /// of the last resource counts, and ``Entity/resource`` says which that is, whatever the order in which they come.
  ///
  /// - Throws: what keeps it from taking more; mapping then ends with that error.
  mutating func receive(_ batch: EntityBatch) async throws
}

/// Keeps all entities.
public struct CollectingSink: EntitySink {
  /// The entities so far, in their order.
  public private(set) var entities: [Entity] = []

  /// Creates an empty sink.
  public init() {}

  /// Keeps the entities of a page.
  public mutating func receive(_ batch: EntityBatch) {
    entities += batch
  }
}
