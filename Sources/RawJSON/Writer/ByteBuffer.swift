/// What bytes can be written to: an array, or a ``ByteBuffer`` where it must be quick.
protocol ByteSink: ~Copyable {
  /// How many bytes there are.
  var count: Int { get }

  /// Appends a byte.
  mutating func append(_ byte: UInt8)

  /// Appends bytes, which must be elsewhere.
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>)

  /// Removes the bytes from `count` on.
  mutating func cut(to count: Int)
}

extension [UInt8]: ByteSink {
  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    append(contentsOf: bytes)
  }

  mutating func cut(to count: Int) {
    removeSubrange(count...)
  }
}

/// Bytes that grow at their end. Appending a few bytes costs hardly more than copying them, which is most of
/// what mapping does.
package struct ByteBuffer: ByteSink, ~Copyable {
  // Safe: the memory belongs to this value alone, is freed with it, holds `capacity` bytes, and the first
  // `count` of them have been written.
  @usableFromInline var memory: UnsafeMutablePointer<UInt8>
  @usableFromInline var capacity: Int
  /// How many bytes there are.
  @usableFromInline package internal(set) var count = 0

  /// An empty buffer.
  package init() {
    capacity = 256
    memory = .allocate(capacity: capacity)
  }

  deinit {
    memory.deallocate()
  }

  /// Appends a byte.
  @inlinable
  package mutating func append(_ byte: UInt8) {
    if count == capacity { grow(by: 1) }
    memory[count] = byte
    count += 1
  }

  /// Appends bytes, which must be elsewhere.
  @inlinable
  package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    if capacity - count < bytes.count { grow(by: bytes.count) }
    (memory + count).update(from: start, count: bytes.count)
    count += bytes.count
  }

  /// Appends a part of an array's bytes.
  @inlinable
  package mutating func append(_ bytes: [UInt8], _ range: Range<Int>) {
    bytes.withUnsafeBufferPointer { append(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Removes the bytes from `count` on, and keeps the memory.
  package mutating func cut(to count: Int) {
    self.count = min(self.count, count)
  }

  /// Removes all bytes, and keeps the memory.
  package mutating func removeAll() {
    count = 0
  }

  /// Appends the bytes to an array.
  package func append(to array: inout [UInt8]) {
    array.append(contentsOf: UnsafeBufferPointer(start: memory, count: count))
  }

  @usableFromInline mutating func grow(by size: Int) {
    capacity = max(capacity * 2, count + size)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: memory, count: count)
    memory.deallocate()
    memory = larger
  }
}
