extension JSONScanner {
  /// Whether the valid value in `range` names anything: not null, false, `""`, 0, `[]` or `{}`.
  package func isTruthy(_ range: Range<Int>) -> Bool {
    switch firstByte(range) {
    case UInt8(ascii: "n"), UInt8(ascii: "f"): false
    case UInt8(ascii: "t"): true
    case UInt8(ascii: "\""): range.count > 2
    case UInt8(ascii: "["): byte(skipWhitespace(range.lowerBound + 1)) != UInt8(ascii: "]")
    case UInt8(ascii: "{"): byte(skipWhitespace(range.lowerBound + 1)) != UInt8(ascii: "}")
    default: !isZero(slice(range))
    }
  }

  /// Whether a number is 0, however it is written: `0`, `-0.0`, `0e5`.
  private func isZero(_ number: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in number {
      if (UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) { return false }
      if byte | 0x20 == UInt8(ascii: "e") { return true }
    }
    return true
  }
}
