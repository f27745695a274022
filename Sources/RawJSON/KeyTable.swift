/// The keys that one node of a ``PathTree`` looks for, found by a document's raw key bytes.
///
/// Most keys of a real object are asked for by nobody, so a miss is what has to be quick: a small
/// table by length, first and last byte turns away nearly all of them.
struct KeyTable: Sendable {
  private struct Entry: Sendable {
    var key: [UInt8]
    var node: Int
    /// The next entry with the same hash, -1 at the end.
    var next: Int32
  }

  private var entries: [Entry] = []
  private var heads: [Int32] = []

  init(_ keys: [(String, Int)]) {
    guard !keys.isEmpty else { return }
    heads = Array(repeating: -1, count: 64)
    for (key, node) in keys {
      let bytes = Array(key.utf8)
      let hash = bytes.withUnsafeBufferPointer(Self.hash)
      entries.append(Entry(key: bytes, node: node, next: heads[hash]))
      heads[hash] = Int32(truncatingIfNeeded: entries.count - 1)
    }
  }

  var isEmpty: Bool { entries.isEmpty }

  /// The node of the key whose text is `body`, nil if nobody asks for it.
  @inline(__always)
  func node(_ body: UnsafeBufferPointer<UInt8>) -> Int? {
    var i = Int(heads[Self.hash(body)])
    while i >= 0 {
      if entries[i].key.elementsEqual(body) { return entries[i].node }
      i = Int(entries[i].next)
    }
    return nil
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    guard let first = bytes.first, let last = bytes.last else { return 0 }
    return (bytes.count &+ Int(first) &* 7 &+ Int(last) &* 13) & 63
  }
}
