import Dispatch
import JQ
import RawJSON
import Synchronization

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
  ///   - progress: is told how many bytes have been read, after each batch.
  ///   - write: takes entities, one a line, in order; it is called by one thread at a time.
  /// - Returns: a report a resource.
  /// - Throws: what `read` throws, and ``Diagnostic`` for an object that is too large to hold.
  public func run(
    read: @escaping () throws -> [UInt8], progress: (_ bytesRead: Int) -> Void = { _ in },
    write: @escaping @Sendable ([UInt8]) -> Void
  ) throws -> [ResourceReport] {
    let workers = (0..<threads).map { _ in StreamWorker(BatchMapper(resources, plan)) }
    workers[0].mapper.compile()
    let pool = BufferPool()
    let output = OrderedOutput(pool, write: write)
    // Batches that are read but not yet written: two for each thread keep all of them busy.
    let room = DispatchSemaphore(value: threads * 2)
    let group = DispatchGroup()
    defer { group.wait() }
    var batcher = RawBatcher(pool, read: read)
    var number = 0
    while let batch = try batcher.next() {
      progress(batcher.bytesRead)
      let worker = workers[number % threads]
      if threads == 1 {
        output.put(worker.map(batch, pool), number)
      } else {
        room.wait()
        worker.queue.async(group: group) { [number] in
          output.put(worker.map(batch, pool), number)
          room.signal()
        }
      }
      number += 1
    }
    group.wait()
    for worker in workers.dropFirst() { workers[0].mapper.merge(worker.mapper) }
    return workers[0].mapper.reports
  }
}

/// A thread's mapper and the queue on which alone it is used.
///
/// Sendable because of that: the stream's own thread touches the mapper before the first batch and after
/// the last.
private final class StreamWorker: @unchecked Sendable {
  var mapper: BatchMapper
  let queue = DispatchQueue(label: "portolan.map")
  private var lines = ByteBuffer()

  init(_ mapper: BatchMapper) {
    self.mapper = mapper
  }

  /// The entities of a batch, one a line, in a buffer of `pool`, to which the batch's own goes back.
  func map(_ batch: consuming RawBatch, _ pool: BufferPool) -> [UInt8] {
    lines.removeAll()
    mapper.map(batch, into: &lines)
    pool.give(batch.bytes)
    var output = pool.take()
    lines.append(to: &output)
    return output
  }
}

/// Puts what threads have made into the order in which it was read.
private final class OrderedOutput: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: [UInt8]] = [:]
  }

  private let state = Mutex(State())
  private let pool: BufferPool
  private let write: @Sendable ([UInt8]) -> Void

  init(_ pool: BufferPool, write: @escaping @Sendable ([UInt8]) -> Void) {
    self.pool = pool
    self.write = write
  }

  /// Writes the output of batch `number`, once all before it are written.
  func put(_ output: [UInt8], _ number: Int) {
    state.withLock { state in
      state.waiting[number] = output
      while let ready = state.waiting.removeValue(forKey: state.next) {
        write(ready)
        pool.give(ready)
        state.next += 1
      }
    }
  }
}
