import Synchronization

/// Buffers that are done with, to be filled again: memory that a process gives back and takes anew costs
/// more than mapping what it holds.
final class BufferPool: Sendable {
  private let spare = Mutex<[[UInt8]]>([])

  /// An empty buffer.
  func take() -> [UInt8] {
    var buffer = spare.withLock { $0.popLast() } ?? []
    buffer.removeAll(keepingCapacity: true)
    return buffer
  }

  /// Takes back a buffer that nobody else holds any more.
  func give(_ buffer: consuming [UInt8]) {
    spare.withLock { [buffer] in $0.append(buffer) }
  }
}
