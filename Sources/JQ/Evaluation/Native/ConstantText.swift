/// A text of an expression, in memory that stays where it is.
final class ConstantText: @unchecked Sendable {
  // Sendable and safe: the memory is written once, only read from then on, and freed with this.

  let bytes: UnsafeBufferPointer<UInt8>

  init(_ text: String) {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = memory.initialize(from: text.utf8)
    bytes = UnsafeBufferPointer(memory)
  }

  deinit {
    bytes.deallocate()
  }
}
