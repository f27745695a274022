extension JSONScanner {
  /// A number that is the same for the same bytes, in one run of the program and the next, and almost surely another
  /// for others. It tells texts apart that happen to differ; it does not keep out those who make them alike on purpose.
  package func hash(_ range: Range<Int>) -> UInt64 {
    let bytes = UnsafeRawBufferPointer(slice(range))
    var hash = UInt64(truncatingIfNeeded: bytes.count) &+ 0x9E37_79B9_7F4A_7C15
    var i = 0
    while i + 8 <= bytes.count {
      // Safe: eight bytes from `i` on are within the buffer.
      hash = Self.mix(hash ^ bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self))
      i += 8
    }
    var rest: UInt64 = 0
    while i < bytes.count {
      rest = rest << 8 | UInt64(bytes[i])
      i += 1
    }
    return Self.mix(hash ^ rest)
  }

  /// Spreads each bit over all others: a product's two halves.
  private static func mix(_ value: UInt64) -> UInt64 {
    let product = value.multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low ^ (value >> 29)
  }
}
