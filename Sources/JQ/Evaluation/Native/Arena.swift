/// Memory for what an evaluation makes on its way: handed out piece by piece, and all taken back at once.
///
/// It belongs to one thread. Only plain values are put there, which nothing must be done for at their end.
final class Arena {
  private static let blockSize = 1 << 14
  /// How many bytes one evaluation may make, what it does counted as well.
  private static let budget = 16 << 20

  private var blocks: [UnsafeMutableRawBufferPointer] = []
  private var used = 0
  private var spent = 0

  /// Whether an evaluation has made or done too much: libjq then does it, in its sandbox where need be.
  var isExhausted: Bool { spent > Self.budget }

  /// Whether there is room for so many bytes more.
  func has(_ bytes: Int) -> Bool { spent + bytes <= Self.budget }

  /// Counts the work on one value.
  func countStep() { spent += 64 }

  deinit {
    for block in blocks { block.deallocate() }
  }

  /// Takes back everything that was handed out. The first block stays for the next evaluation.
  func reset() {
    used = 0
    spent = 0
    while blocks.count > 1 { blocks.removeLast().deallocate() }
  }

  /// Room for `count` items, not initialised.
  func allocate<Item>(_ count: Int, of type: Item.Type) -> UnsafeMutableBufferPointer<Item> {
    let size = count * MemoryLayout<Item>.stride
    let alignment = MemoryLayout<Item>.alignment
    var start = (used + alignment - 1) / alignment * alignment
    if blocks.isEmpty || start + size > blocks[blocks.count - 1].count {
      blocks.append(.allocate(byteCount: max(Self.blockSize, size), alignment: 16))
      start = 0
    }
    used = start + size
    spent += size
    // Safe: the range is inside the block, aligned, and handed out once.
    let memory = UnsafeMutableRawBufferPointer(rebasing: blocks[blocks.count - 1][start..<used])
    return memory.bindMemory(to: type)
  }

  /// A copy of `items`.
  func copy<Item>(_ items: some Collection<Item>) -> UnsafeBufferPointer<Item> {
    let memory = allocate(items.count, of: Item.self)
    _ = memory.initialize(from: items)
    return UnsafeBufferPointer(memory)
  }
}
