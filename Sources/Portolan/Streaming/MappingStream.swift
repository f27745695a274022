import Dispatch
import JQ

/// Maps a stream of raw objects of one kind, in order, on several threads, in memory that does not grow
/// with the stream.
///
/// ```swift
/// let stream = try MappingStream(config, kind: "issue", threads: 4)
/// let reports = try stream.run(read: { try nextBytes() }, write: { output in send(output) })
/// ```
public struct MappingStream: Sendable {
  private let plan: MappingPlan
  private let resources: [ResourcePlan]
  private let threads: Int

  /// Prepares to map objects of `kind`.
  ///
  /// - Parameters:
  ///   - config: the config, of which the resources of the kind are used.
  ///   - kind: the kind of the raw objects.
  ///   - threads: how many threads map at once; at least 1.
  ///   - environment: what expressions may see as `env`, and how much they may take.
  /// - Throws: ``DiagnosticsError`` where no resource maps the kind.
  public init(
    _ config: PortAppConfig, kind: String, threads: Int, environment: JQEnvironment = JQEnvironment()
  ) throws(DiagnosticsError) {
    plan = MappingPlan(config, environment: environment)
    resources = plan.resources.filter { $0.config.kind == kind }
    self.threads = max(1, threads)
    if resources.isEmpty {
      throw DiagnosticsError([
        Diagnostic(
          .error, .missingKey, "no resource maps the kind `\(kind)`",
          help: Spelling.nearest(to: kind, in: config.resources.map(\.kind)).map { "did you mean `\($0)`?" }
            ?? "the kinds are: \(config.resources.map(\.kind).joined(separator: ", "))")
      ])
    }
  }

  /// Maps the whole stream.
  ///
  /// - Parameters:
  ///   - read: gives the stream's next bytes, none at its end.
  ///   - progress: is told how far the stream is, after each batch that was read.
  ///   - write: takes entities, one a line, in order; it is called by one thread at a time.
  /// - Returns: a report a resource.
  /// - Throws: what `read` throws, and ``Diagnostic`` for an object that is too large to hold.
  public func run(
    read: @escaping () throws -> [UInt8], progress: (StreamPosition) -> Void = { _ in },
    write: @escaping @Sendable ([UInt8]) -> Void
  ) throws -> [ResourceReport] {
    let own = StreamWorker(BatchMapper(resources, plan))
    let helpers = (1..<threads).map { _ in StreamWorker(BatchMapper(resources, plan)) }
    own.mapper.compile()
    let pool = BufferPool()
    // Four batches for each thread may be read and not yet written: enough to keep all of them busy.
    let output = OrderedOutput(limit: threads * 4, pool, write: write)
    let group = DispatchGroup()
    defer { group.wait() }
    var batcher = RawBatcher(pool, read: read)
    while let batch = try batcher.next() {
      progress(StreamPosition(bytesRead: batcher.bytesRead, objectsMapped: output.objectCount))
      output.waitForRoom()
      if let helper = helpers.first(where: { $0.startsBatch() }) {
        helper.queue.async(group: group) {
          output.put(helper.map(batch, pool), batch.number)
          helper.endBatch()
        }
      } else {
        // Whoever reads maps as well while the others are busy, so that no thread waits for another.
        output.put(own.map(batch, pool), batch.number)
      }
    }
    group.wait()
    for helper in helpers { own.mapper.merge(helper.mapper) }
    return own.mapper.reports
  }
}
