extension Lexer {
  enum StringPart {
    case text(String)
    case interpolation
    case end
  }

  /// Reads on inside a string, up to an interpolation or the closing quote.
  mutating func nextStringPart(openedAt start: Int) throws(SyntaxError) -> StringPart {
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == UInt8(ascii: "\"") {
        guard text.isEmpty else { break }
        position += 1
        return .end
      }
      if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "(") {
        guard text.isEmpty else { break }
        position += 2
        return .interpolation
      }
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: try readEscape(openedAt: start))
      } else if byte == 0 {
        throw nullByte()
      } else {
        text.append(byte)
        position += 1
      }
    }
    guard peek() != nil else { throw unclosedString(start) }
    return .text(String(decoding: text, as: UTF8.self))
  }

  private mutating func readEscape(openedAt start: Int) throws(SyntaxError) -> [UInt8] {
    guard let byte = peek(1) else { throw unclosedString(start) }
    if byte == UInt8(ascii: "u") { return Array(String(try readUnicodeEscape()).utf8) }
    let meaning: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): meaning = Unicode.Scalar(byte)
    case UInt8(ascii: "b"): meaning = "\u{8}"
    case UInt8(ascii: "f"): meaning = "\u{C}"
    case UInt8(ascii: "n"): meaning = "\n"
    case UInt8(ascii: "r"): meaning = "\r"
    case UInt8(ascii: "t"): meaning = "\t"
    default: throw unknownEscape()
    }
    position += 2
    return [UInt8(ascii: meaning)]
  }

  /// The second half of a surrogate pair alone gives U+FFFD, the first alone is an error, as in jq.
  private mutating func readUnicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
    let start = position
    let first = try readHexadecimal()
    guard (0xD800...0xDBFF).contains(first) else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    guard peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") else {
      throw halfSurrogatePair(from: start)
    }
    let second = try readHexadecimal()
    guard (0xDC00...0xDFFF).contains(second) else { throw halfSurrogatePair(from: start) }
    return Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)) ?? "\u{FFFD}"
  }

  private mutating func readHexadecimal() throws(SyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for offset in 2..<6 {
      guard let digit = peek(offset).flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw shortUnicodeEscape(length: offset)
      }
      value = value << 4 | UInt32(truncatingIfNeeded: digit)
    }
    position += 6
    return value
  }
}
