import Dispatch
import RawJSON
import Synchronization

/// A thread's mapper and the queue on which alone it is used.
///
/// Sendable because of that: the stream's own thread touches a helper's mapper before the first batch and
/// after the last.
final class StreamWorker: @unchecked Sendable {
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
  func map(_ batch: consuming RawBatch, _ pool: BufferPool) -> MappedBatch {
    lines.removeAll()
    let earlier = mapper.objectCount
    mapper.map(batch, into: &lines)
    // Taken before the batch's buffer goes back: as long as the batch holds that, it cannot be filled.
    var output = pool.take()
    pool.give(batch.bytes)
    lines.append(to: &output)
    return MappedBatch(lines: output, objectCount: mapper.objectCount - earlier)
  }
}

/// What has come of a batch.
struct MappedBatch: Sendable {
  var lines: [UInt8]
  var objectCount: Int
}
