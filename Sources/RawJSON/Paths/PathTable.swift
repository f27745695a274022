/// A ``PathTree`` as the walk over a document reads it: flat, in memory that nothing counts references to.
///
/// Most keys of a real object are asked for by nobody, so a miss is what has to be quick: a node's slots,
/// found by a key's length, first and last byte, turn away nearly all of them.
final class PathTable: @unchecked Sendable {
  // Sendable and safe: the memory is written while the table is made, only read from then on, and freed
  // with it.

  struct Node {
    var parent: Int
    /// How many steps below the document.
    var depth: Int
    /// The first number after this node's descendants.
    var end: Int
    /// The first of the node's slots, -1 where no key leads on.
    var slots = -1
    /// Where its elements are, in rising order.
    var elements = 0..<0
  }

  struct Element {
    var index: Int
    var node: Int
  }

  struct Key {
    /// What ``PathTable/head(_:)`` makes of the key.
    var head: UInt64
    var bytes: Range<Int>
    var node: Int
    /// The next key with the same slot, -1 at the end.
    var next: Int32
  }

  private static let slotCount = 64

  let nodes: UnsafeMutableBufferPointer<Node>
  /// The nodes of the paths that were added, in the order in which they were.
  let handles: UnsafeMutableBufferPointer<Int>
  private let elements: UnsafeMutableBufferPointer<Element>
  private let slots: UnsafeMutableBufferPointer<Int32>
  private let keys: UnsafeMutableBufferPointer<Key>
  private let keyBytes: UnsafeMutableBufferPointer<UInt8>
  /// Whether every key is ASCII: no key with another byte is then one of them.
  let isASCII: Bool

  init(_ layout: Layout) {
    nodes = Self.copy(layout.nodes)
    handles = Self.copy(layout.handles)
    elements = Self.copy(layout.elements)
    slots = Self.copy(layout.slots)
    keys = Self.copy(layout.keys)
    keyBytes = Self.copy(layout.keyBytes)
    isASCII = layout.keyBytes.allSatisfy { $0 < 0x80 }
  }

  deinit {
    nodes.deallocate()
    handles.deallocate()
    elements.deallocate()
    slots.deallocate()
    keys.deallocate()
    keyBytes.deallocate()
  }

  private static func copy<Item>(_ array: [Item]) -> UnsafeMutableBufferPointer<Item> {
    let memory = UnsafeMutableBufferPointer<Item>.allocate(capacity: array.count)
    _ = memory.initialize(from: array)
    return memory
  }

  /// The node that `key` leads to from `node`, nil where nobody asks for it.
  @inline(__always)
  func child(of node: Int, key: UnsafeBufferPointer<UInt8>) -> Int? {
    let first = nodes[node].slots
    guard first >= 0 else { return nil }
    var place = slots[first &+ Self.slot(key)]
    while place >= 0 {
      let candidate = keys[Int(place)]
      if isKey(candidate, key) { return candidate.node }
      place = candidate.next
    }
    return nil
  }

  /// The elements of `node` that are asked for, in rising order.
  func elements(of node: Int) -> Slice<UnsafeMutableBufferPointer<Element>> {
    elements[nodes[node].elements]
  }

  @inline(__always)
  private func isKey(_ candidate: Key, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    guard candidate.bytes.count == key.count, candidate.head == Self.head(key) else { return false }
    if key.count <= 8 { return true }
    for i in 8..<key.count where keyBytes[candidate.bytes.lowerBound &+ i] != key[i] { return false }
    return true
  }

  /// A number that keys of the same length share only if their first eight bytes are the same.
  @inline(__always)
  private static func head(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard key.count < 8, let base = key.baseAddress else {
      // Safe: there are eight bytes, and loading them needs no alignment.
      return key.baseAddress.map { UnsafeRawPointer($0).loadUnaligned(as: UInt64.self) } ?? 0
    }
    var head: UInt64 = 0
    if key.count >= 4 {
      // Safe: the two loads of four bytes stay inside and overlap.
      let raw = UnsafeRawPointer(base)
      let first = UInt64(raw.loadUnaligned(as: UInt32.self).littleEndian)
      let last = UInt64((raw + key.count - 4).loadUnaligned(as: UInt32.self).littleEndian)
      return first | last << UInt64((key.count - 4) * 8)
    }
    for byte in key { head = head << 8 | UInt64(byte) }
    return head
  }

  @inline(__always)
  private static func slot(_ key: UnsafeBufferPointer<UInt8>) -> Int {
    guard key.count > 0 else { return 0 }
    return (key.count &+ Int(key[0]) &* 7 &+ Int(key[key.count &- 1]) &* 13) & (slotCount - 1)
  }
}

extension PathTable {
  /// A table while it is made.
  struct Layout {
    private(set) var nodes: [Node] = []
    private(set) var handles: [Int] = []
    private(set) var elements: [Element] = []
    private(set) var slots: [Int32] = []
    private(set) var keys: [Key] = []
    private(set) var keyBytes: [UInt8] = []

    /// Adds a node without children.
    ///
    /// - Returns: its number.
    mutating func add(depth: Int, parent: Int) -> Int {
      nodes.append(Node(parent: parent, depth: depth, end: nodes.count + 1))
      return nodes.count - 1
    }

    /// Adds the node of a path that was asked for.
    mutating func add(handleOf node: Int) {
      handles.append(node)
    }

    /// Gives `node` its children, which, with theirs, are all that was added since.
    mutating func finish(_ node: Int, keys: [(String, Int)], elements: [Element]) {
      let start = self.elements.count
      self.elements += elements.sorted { $0.index < $1.index }
      nodes[node].elements = start..<self.elements.count
      nodes[node].end = nodes.count
      guard !keys.isEmpty else { return }
      nodes[node].slots = slots.count
      slots += Array(repeating: -1, count: PathTable.slotCount)
      for (key, child) in keys { add(key, leadingTo: child, slots: nodes[node].slots) }
    }

    private mutating func add(_ key: String, leadingTo node: Int, slots first: Int) {
      let bytes = Array(key.utf8)
      let slot = first + bytes.withUnsafeBufferPointer(PathTable.slot)
      let start = keyBytes.count
      keyBytes += bytes
      keys.append(
        Key(
          head: bytes.withUnsafeBufferPointer(PathTable.head), bytes: start..<keyBytes.count, node: node,
          next: slots[slot]))
      slots[slot] = Int32(truncatingIfNeeded: keys.count - 1)
    }
  }
}
