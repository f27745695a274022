/// Looks for bytes in others, in time that grows with both lengths alone, whatever they are (Knuth, Morris, Pratt).
struct ByteSearch: Sendable {
  private let pattern: [UInt8]
  /// For each length of a beginning that was found: the longest shorter one that the bytes found end with.
  private let shorter: [Int]

  init(_ pattern: [UInt8]) {
    self.pattern = pattern
    var shorter = Array(repeating: 0, count: pattern.count + 1)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[length] != pattern[index] { length = shorter[length] }
      if pattern[length] == pattern[index] { length += 1 }
      shorter[index + 1] = length
    }
    self.shorter = shorter
  }

  /// Whether `bytes` have the pattern in them; all have an empty one.
  func isFound(in bytes: some Sequence<UInt8>) -> Bool {
    if pattern.isEmpty { return true }
    var length = 0
    for byte in bytes {
      while length > 0, pattern[length] != byte { length = shorter[length] }
      if pattern[length] == byte { length += 1 }
      if length == pattern.count { return true }
    }
    return false
  }
}
