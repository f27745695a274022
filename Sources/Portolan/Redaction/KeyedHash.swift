/// SipHash-2-4 of texts: a hash that depends on a key and stays the same from run to run, which Swift's does not.
struct KeyedHash: Sendable {
  private let first: UInt64
  private let second: UInt64

  /// A hash with the key that a text stands for.
  init(key: String) {
    let seed = KeyedHash(first: 0x706f_7274_6f6c_616e, second: 0x7265_6461_6374_696f)
    self.init(first: seed("1" + key), second: seed("2" + key))
  }

  /// A hash with a key of two words.
  init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The hash of a text's UTF-8.
  func callAsFunction(_ text: String) -> UInt64 { self(Array(text.utf8)) }

  /// The hash of bytes.
  func callAsFunction(_ bytes: [UInt8]) -> UInt64 {
    var state = State(first, second)
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word |= UInt64(byte) << UInt64(index % 8 * 8)
      if index % 8 == 7 {
        state.take(word)
        word = 0
      }
    }
    state.take(word | UInt64(bytes.count & 0xFF) << 56)
    return state.finished()
  }

  private struct State {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    init(_ first: UInt64, _ second: UInt64) {
      v0 = first ^ 0x736f_6d65_7073_6575
      v1 = second ^ 0x646f_7261_6e64_6f6d
      v2 = first ^ 0x6c79_6765_6e65_7261
      v3 = second ^ 0x7465_6462_7974_6573
    }

    mutating func take(_ word: UInt64) {
      v3 ^= word
      for _ in 0..<2 { round() }
      v0 ^= word
    }

    mutating func finished() -> UInt64 {
      v2 ^= 0xFF
      for _ in 0..<4 { round() }
      return v0 ^ v1 ^ v2 ^ v3
    }

    private mutating func round() {
      v0 &+= v1
      v1 = rotated(v1, 13) ^ v0
      v0 = rotated(v0, 32)
      v2 &+= v3
      v3 = rotated(v3, 16) ^ v2
      v0 &+= v3
      v3 = rotated(v3, 21) ^ v0
      v2 &+= v1
      v1 = rotated(v1, 17) ^ v2
      v2 = rotated(v2, 32)
    }

    private func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 { word << count | word >> (64 - count) }
  }
}
