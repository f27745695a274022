import Synchronization

/// Buffers that are done with, to be filled again: memory that a process gives back and takes anew costs
/// more than mapping what it holds.
final class BufferPool: Sendable {
  /// How large a buffer is kept: one that a single large object has filled is not.
  private static let sizeLimit = 4 << 20

  private let spare = Mutex<[[UInt8]]>([])

  /// An empty buffer.
  func take() -> [UInt8] {
    var buffer = spare.withLock { $0.popLast() } ?? []
    buffer.removeAll(keepingCapacity: true)
    return buffer
  }

  /// Takes back a buffer that nobody else holds any more.
  func give(_ buffer: consuming [UInt8]) {
    guard buffer.capacity <= Self.sizeLimit else { return }
    spare.withLock { [buffer] in $0.append(buffer) }
  }
}
