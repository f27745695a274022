/// Finds out whether a valid object or array is verbatim, so that its copy is what is there: compact, no key
/// twice, every string a text. Most of what an API sends is.
///
/// It may say no without need, and looks no further than a few levels and keys.
struct VerbatimCheck {
  private static let depthLimit = 32
  private static let keyLimit = 256

  private let scanner: JSONScanner
  /// The hashes of the keys of the objects that are open, innermost last.
  private let keys: UnsafeMutableBufferPointer<UInt64>
  private var keyCount = 0

  /// Whether the valid container at `index` is seen to be verbatim.
  static func passes(_ scanner: JSONScanner, _ index: Int) -> Bool {
    // Safe: the memory is used only while the closure runs, and only as far as it has been written.
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: keyLimit) { keys in
      var check = VerbatimCheck(scanner: scanner, keys: keys)
      return check.value(index, depth: 0) != nil
    }
  }

  private init(scanner: JSONScanner, keys: UnsafeMutableBufferPointer<UInt64>) {
    self.scanner = scanner
    self.keys = keys
  }

  /// The index after the value, nil where it does not pass.
  private mutating func value(_ index: Int, depth: Int) -> Int? {
    switch scanner.byte(index) {
    case UInt8(ascii: "{"): object(index, depth: depth)
    case UInt8(ascii: "["): array(index, depth: depth)
    case UInt8(ascii: "\""): string(index)
    default: try? scanner.skipScalar(index)
    }
  }

  private mutating func array(_ index: Int, depth: Int) -> Int? {
    guard depth < Self.depthLimit else { return nil }
    var i = index + 1
    if scanner.byte(i) == UInt8(ascii: "]") { return i + 1 }
    while let end = value(i, depth: depth + 1) {
      switch scanner.byte(end) {
      case UInt8(ascii: ","): i = end + 1
      case UInt8(ascii: "]"): return end + 1
      default: return nil
      }
    }
    return nil
  }

  private mutating func object(_ index: Int, depth: Int) -> Int? {
    guard depth < Self.depthLimit else { return nil }
    let outerKeys = keyCount
    defer { keyCount = outerKeys }
    var i = index + 1
    if scanner.byte(i) == UInt8(ascii: "}") { return i + 1 }
    while let colon = key(i, above: outerKeys), scanner.byte(colon) == UInt8(ascii: ":"),
      let end = value(colon + 1, depth: depth + 1)
    {
      switch scanner.byte(end) {
      case UInt8(ascii: ","): i = end + 1
      case UInt8(ascii: "}"): return end + 1
      default: return nil
      }
    }
    return nil
  }

  /// The index after the key, nil if it may be there a second time or is written with escapes.
  private mutating func key(_ index: Int, above first: Int) -> Int? {
    guard keyCount < Self.keyLimit, let key = try? scanner.skipKeyText(index), !key.hasEscape else {
      return nil
    }
    let body = scanner.stringBody(index..<key.end)
    guard JSONText.verbatimEnd(body, from: 0) == body.count else { return nil }
    let hash = hash(body)
    for other in first..<keyCount where keys[other] == hash { return nil }
    keys[keyCount] = hash
    keyCount += 1
    return key.end
  }

  private func string(_ index: Int) -> Int? {
    guard let end = try? scanner.skipString(index + 1) else { return nil }
    let text = scanner.slice(index..<end)
    return JSONText.verbatimEnd(text, from: 0) == text.count ? end : nil
  }

  /// FNV-1a, whose few bits in common for different keys cost only a slower copy.
  private func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return hash
  }
}
