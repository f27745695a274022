import Dispatch
import Synchronization

/// Puts what threads have made into the order in which it was read. What waits to be written is limited.
final class OrderedOutput: Sendable {
  private struct State {
    var next = 0
    var waiting: [Int: MappedBatch] = [:]
    var objectCount = 0
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

  /// How many raw objects have been mapped.
  var objectCount: Int { state.withLock { $0.objectCount } }

  /// Waits until another batch may be mapped. Each batch that is let through must be put.
  func waitForRoom() {
    room.wait()
  }

  /// Writes the output of batch `number`, once all before it are written: at once, or by the thread that
  /// is writing. None waits for another to write.
  func put(_ output: MappedBatch, _ number: Int) {
    let isWriter = state.withLock { state in
      state.waiting[number] = output
      state.objectCount += output.objectCount
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
      return ready.lines
    }
  }
}
