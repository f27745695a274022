/// Strict UTF-8 decoding that tells where a text breaks off, which `String` does not.
enum UTF8Decoding {
  /// The scalar at an offset and its length in bytes; nil where the bytes there are not UTF-8.
  static func scalar(in bytes: [UInt8], at offset: Int) -> (value: UInt32, length: Int)? {
    let first = bytes[offset]
    if first < 0x80 { return (UInt32(first), 1) }
    let length: Int
    let leastValue: UInt32
    var value: UInt32
    switch first {
    case 0xC2...0xDF: (length, leastValue, value) = (2, 0x80, UInt32(first & 0x1F))
    case 0xE0...0xEF: (length, leastValue, value) = (3, 0x800, UInt32(first & 0x0F))
    case 0xF0...0xF4: (length, leastValue, value) = (4, 0x10000, UInt32(first & 0x07))
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for byte in bytes[offset + 1..<offset + length] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    guard value >= leastValue, Unicode.Scalar(value) != nil else { return nil }
    return (value, length)
  }
}
