/// A parsed value and where it was.
package struct ReferenceNode {
  package indirect enum Value {
    /// `null`, `true`, `false` or a number, as written.
    case literal
    /// The text, and the source with what is no text replaced.
    case string(text: String, source: [UInt8])
    case array([ReferenceNode])
    case object([(key: ReferenceNode, value: ReferenceNode)])
  }

  package var range: Range<Int>
  package var value: Value
}

/// RFC 8259, read off its grammar: slow, recursive and obvious.
package struct ReferenceParser {
  private struct Invalid: Error {}

  private let bytes: [UInt8]
  private var i = 0

  /// The document in `bytes`, nil if they are not one JSON value.
  package static func parse(_ bytes: [UInt8]) -> ReferenceNode? {
    var parser = ReferenceParser(bytes: bytes)
    parser.space()
    guard let node = try? parser.value(depth: 0) else { return nil }
    parser.space()
    return parser.i == bytes.count ? node : nil
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func peek() throws -> Character {
    guard i < bytes.count else { throw Invalid() }
    return Character(Unicode.Scalar(bytes[i]))
  }

  private mutating func space() {
    while i < bytes.count, Self.isSpace(bytes[i]) { i += 1 }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  private mutating func expect(_ text: String) throws {
    guard bytes[i...].starts(with: text.utf8) else { throw Invalid() }
    i += text.utf8.count
  }

  private mutating func value(depth: Int) throws -> ReferenceNode {
    let start = i
    let value: ReferenceNode.Value
    switch try peek() {
    case "{", "[":
      guard depth < 1024 else { throw Invalid() }
      value = try peek() == "{" ? object(depth: depth + 1) : array(depth: depth + 1)
    case "\"":
      return try string()
    case "t":
      try expect("true")
      value = .literal
    case "f":
      try expect("false")
      value = .literal
    case "n":
      try expect("null")
      value = .literal
    default:
      try number()
      value = .literal
    }
    return ReferenceNode(range: start..<i, value: value)
  }

  private mutating func array(depth: Int) throws -> ReferenceNode.Value {
    var elements: [ReferenceNode] = []
    try expect("[")
    space()
    if try peek() != "]" {
      elements.append(try value(depth: depth))
      space()
      while try peek() == "," {
        i += 1
        space()
        elements.append(try value(depth: depth))
        space()
      }
    }
    try expect("]")
    return .array(elements)
  }

  private mutating func object(depth: Int) throws -> ReferenceNode.Value {
    var members: [(key: ReferenceNode, value: ReferenceNode)] = []
    try expect("{")
    space()
    if try peek() != "}" {
      members.append(try member(depth: depth))
      while try peek() == "," {
        i += 1
        space()
        members.append(try member(depth: depth))
      }
    }
    try expect("}")
    return .object(members)
  }

  private mutating func member(depth: Int) throws -> (ReferenceNode, ReferenceNode) {
    let key = try string()
    space()
    try expect(":")
    space()
    let value = try value(depth: depth)
    space()
    return (key, value)
  }

  private mutating func number() throws {
    if try peek() == "-" { i += 1 }
    if try peek() == "0" { i += 1 } else { try digits() }
    if (try? peek()) == "." {
      i += 1
      try digits()
    }
    if let next = try? peek(), "eE".contains(next) {
      i += 1
      if try "+-".contains(peek()) { i += 1 }
      try digits()
    }
  }

  private mutating func digits() throws {
    guard try "0123456789".contains(peek()) else { throw Invalid() }
    while let next = try? peek(), "0123456789".contains(next) { i += 1 }
  }

  private mutating func string() throws -> ReferenceNode {
    let start = i
    var text = ""
    var source: [UInt8] = []
    try expect("\"")
    while try peek() != "\"" {
      if try peek() == "\\" {
        let escape = i
        let scalar = try escapedScalar()
        text.unicodeScalars.append(scalar ?? "\u{FFFD}")
        source += scalar == nil ? Array("\u{FFFD}".utf8) : Array(bytes[escape..<i])
      } else {
        let run = try plainRun()
        text += run
        source += run.utf8
      }
    }
    i += 1
    let quote = UInt8(ascii: "\"")
    return ReferenceNode(range: start..<i, value: .string(text: text, source: [quote] + source + [quote]))
  }

  private mutating func plainRun() throws -> String {
    let start = i
    while i < bytes.count, bytes[i] != UInt8(ascii: "\""), bytes[i] != UInt8(ascii: "\\") {
      guard bytes[i] >= 0x20 else { throw Invalid() }
      i += 1
    }
    return String(decoding: bytes[start..<i], as: UTF8.self)
  }

  /// The scalar of the escape here, nil for a lone surrogate.
  private mutating func escapedScalar() throws -> Unicode.Scalar? {
    i += 1
    let letter = try peek()
    i += 1
    let short: [Character: Unicode.Scalar] = [
      "\"": "\"", "\\": "\\", "/": "/", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t",
    ]
    if let scalar = short[letter] { return scalar }
    guard letter == "u" else { throw Invalid() }
    let unit = try codeUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    let afterHigh = i
    if unit < 0xDC00, bytes[i...].starts(with: "\\u".utf8) {
      i += 2
      let low = try codeUnit()
      if (0xDC00..<0xE000).contains(low) {
        return Unicode.Scalar(UInt32(0x10000) + (UInt32(unit) - 0xD800) * 0x400 + UInt32(low) - 0xDC00)
      }
      i = afterHigh
    }
    return nil
  }

  private mutating func codeUnit() throws -> UInt16 {
    guard i + 4 <= bytes.count else { throw Invalid() }
    let digits = String(decoding: bytes[i..<i + 4], as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy({ $0.isASCII && $0.isHexDigit }),
      let unit = UInt16(digits, radix: 16)
    else { throw Invalid() }
    i += 4
    return unit
  }
}
