/// Walks a plain or quoted scalar as libyaml's scanner does, keeping where every piece came from.
struct FlowScalarWalk {
  private let source: SourceText
  private let style: YAMLScalar.Style
  private let end: Int
  private var offset: Int
  private var builder = ScalarSegmentBuilder()

  init(source: SourceText, range: Range<Int>, style: YAMLScalar.Style) {
    self.source = source
    self.style = style
    offset = range.lowerBound
    end = range.upperBound
  }

  mutating func segments() -> [ScalarSegment] {
    while offset < end {
      let byte = source.bytes[offset]
      if source.isBlank(at: offset) || source.lineBreak(at: offset, before: end) != nil {
        whitespace(afterEscapedBreak: false)
      } else if style == .singleQuoted, byte == UInt8(ascii: "'") {
        write("'", length: 2)
      } else if style == .doubleQuoted, byte == UInt8(ascii: "\\") {
        escape()
      } else {
        builder.copy(offset..<offset + 1)
        offset += 1
      }
    }
    return builder.segments
  }

  private mutating func write(_ scalar: Unicode.Scalar, length: Int) {
    let next = min(offset + length, end)
    builder.write(scalar, for: offset..<next)
    offset = next
  }

  /// Blanks within a line stay; a line break takes the blanks around it, and folds.
  private mutating func whitespace(afterEscapedBreak: Bool) {
    let start = offset
    var breaks: [Range<Int>] = []
    while offset < end {
      if let lineBreak = source.lineBreak(at: offset, before: end) {
        breaks.append(lineBreak)
        offset = lineBreak.upperBound
      } else if source.isBlank(at: offset) {
        offset += 1
      } else {
        break
      }
    }
    if afterEscapedBreak {
      breaks.forEach { builder.lineBreak($0) }
    } else if let first = breaks.first {
      fold(first, breaks.dropFirst())
    } else {
      builder.copy(start..<offset)
    }
  }

  private mutating func fold(_ first: Range<Int>, _ others: ArraySlice<Range<Int>>) {
    if first.isKeptLineBreak {
      builder.lineBreak(first)
    } else if others.isEmpty {
      builder.write(" ", for: first.lowerBound..<offset)
    }
    others.forEach { builder.lineBreak($0) }
  }

  private mutating func escape() {
    guard offset + 1 < end else { return write("\\", length: 1) }
    if let lineBreak = source.lineBreak(at: offset + 1, before: end) {
      offset = lineBreak.upperBound
      return whitespace(afterEscapedBreak: true)
    }
    switch source.bytes[offset + 1] {
    case UInt8(ascii: "x"): hexadecimal(digits: 2)
    case UInt8(ascii: "u"): hexadecimal(digits: 4)
    case UInt8(ascii: "U"): hexadecimal(digits: 8)
    case let letter: write(Self.escapes[letter] ?? Unicode.Scalar(letter), length: 2)
    }
  }

  private mutating func hexadecimal(digits: Int) {
    let bytes = source.bytes[min(offset + 2, end)..<min(offset + 2 + digits, end)]
    let value = UInt32(String(decoding: bytes, as: UTF8.self), radix: 16)
    write(value.flatMap(Unicode.Scalar.init) ?? "\u{FFFD}", length: 2 + digits)
  }

  /// The escapes that do not stand for themselves, of YAML 1.1, 5.8.
  private static let escapes: [UInt8: Unicode.Scalar] = [
    UInt8(ascii: "0"): "\0", UInt8(ascii: "a"): "\u{07}", UInt8(ascii: "b"): "\u{08}",
    UInt8(ascii: "t"): "\t", UInt8(ascii: "n"): "\n", UInt8(ascii: "v"): "\u{0B}",
    UInt8(ascii: "f"): "\u{0C}", UInt8(ascii: "r"): "\r", UInt8(ascii: "e"): "\u{1B}",
    UInt8(ascii: "N"): "\u{85}", UInt8(ascii: "_"): "\u{A0}", UInt8(ascii: "L"): "\u{2028}",
    UInt8(ascii: "P"): "\u{2029}",
  ]
}
