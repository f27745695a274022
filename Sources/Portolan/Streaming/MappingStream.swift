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
    let own = StreamWorker(BatchMapper(resources, plan))
    let helpers = (1..<threads).map { _ in StreamWorker(BatchMapper(resources, plan)) }
    own.mapper.compile()
    let pool = BufferPool()
    // Four batches for each thread may be read and not yet written: enough to keep all of them busy.
    let output = OrderedOutput(limit: threads * 4, pool, write: write)
    let group = DispatchGroup()
    defer { group.wait() }
    var batcher = RawBatcher(pool, read: read)
    var number = 0
    while let batch = try batcher.next() {
      progress(batcher.bytesRead)
      output.waitForRoom()
      if let helper = helpers.first(where: { $0.startsBatch() }) {
        helper.queue.async(group: group) { [number] in
          output.put(helper.map(batch, pool), number)
          helper.endBatch()
        }
      } else {
        // Whoever reads maps as well while the others are busy, so that no thread waits for another.
        output.put(own.map(batch, pool), number)
      }
      number += 1
    }
    group.wait()
    for helper in helpers { own.mapper.merge(helper.mapper) }
    return own.mapper.reports
  }
}

/// A thread's mapper and the queue on which alone it is used.
///
/// Sendable because of that: the stream's own thread touches a helper's mapper before the first batch and
/// after the last.
private final class StreamWorker: @unchecked Sendable {
  /// How many batches a helper is given ahead, so that it never waits for the next.
  private static let batchLimit = 2

  var mapper: BatchMapper
  private let batches = Mutex(0)
  let queue = DispatchQueue(label: "portolan.map")
  private var lines = ByteBuffer()

  init(_ mapper: BatchMapper) {
    self.mapper = mapper
  }

  /// Takes on a batch more.
  ///
  /// - Returns: whether it does; false where enough of them wait.
  func startsBatch() -> Bool {
    batches.withLock { batches in
      guard batches < Self.batchLimit else { return false }
      batches += 1
      return true
    }
  }

  /// Is done with a batch.
  func endBatch() {
    batches.withLock { $0 -= 1 }
  }

  /// The entities of a batch, one a line, in a buffer of `pool`, to which the batch's own goes back.
  func map(_ batch: consuming RawBatch, _ pool: BufferPool) -> [UInt8] {
    lines.removeAll()
    mapper.map(batch, into: &lines)
    // Taken before the batch's buffer goes back: as long as the batch holds that, it cannot be filled.
    var output = pool.take()
    pool.give(batch.bytes)
    lines.append(to: &output)
    return output
  }
}

/// Puts what threads have made into the order in which it was read. What waits to be written is limited.
private final class OrderedOutput: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: [UInt8]] = [:]
    var isWriting = false
  }

  private let state = Mutex(State())
  private let room: DispatchSemaphore
  private let pool: BufferPool
  private let write: @Sendable ([UInt8]) -> Void

  init(limit: Int, _ pool: BufferPool, write: @escaping @Sendable ([UInt8]) -> Void) {
    room = DispatchSemaphore(value: limit)
    self.pool = pool
    self.write = write
  }

  /// Waits until another batch may be mapped. Each batch that is let through must be put.
  func waitForRoom() {
    room.wait()
  }

  /// Writes the output of batch `number`, once all before it are written: at once, or by the thread that
  /// is writing. None waits for another to write.
  func put(_ output: [UInt8], _ number: Int) {
    let isWriter = state.withLock { state in
      state.waiting[number] = output
      defer { state.isWriting = true }
      return !state.isWriting
    }
    guard isWriter else { return }
    while let ready = next() {
      write(ready)
      pool.give(ready)
      room.signal()
    }
  }

  /// The output to be written next; nil where it is not there yet, and the thread is not writing any more.
  private func next() -> [UInt8]? {
    state.withLock { state in
      guard let ready = state.waiting.removeValue(forKey: state.next) else {
        state.isWriting = false
        return nil
      }
      state.next += 1
      return ready
    }
  }
}
