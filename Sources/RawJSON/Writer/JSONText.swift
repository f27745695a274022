import CJSONScan

/// JSON string bodies (the bytes between the quotes) and text.
package enum JSONText {
  /// U+FFFD, which replaces what no text can hold.
  static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

  /// Appends the text of a valid string body, as UTF-8.
  ///
  /// What no text can hold becomes U+FFFD, as in libjq: a lone surrogate (`\ud800`), and each
  /// maximal part of an ill-formed UTF-8 sequence.
  package static func decode(_ body: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    var i = 0
    while i < body.count {
      let byte = body[i]
      if byte == UInt8(ascii: "\\") {
        i = decodeEscape(body, at: i, into: &output)
      } else if byte < 0x80 {
        output.append(byte)
        i += 1
      } else {
        i = copySequence(body, at: i, into: &output)
      }
    }
  }

  /// The text of a valid string body.
  package static func string(_ body: UnsafeBufferPointer<UInt8>) -> String {
    // Most bodies are their text, and need no copy before the string's own.
    isLiteral(body) ? String(decoding: body, as: UTF8.self) : String(decoding: decoded(body), as: UTF8.self)
  }

  /// The text of a valid string body, as UTF-8.
  static func decoded(_ body: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count)
    decode(body, into: &bytes)
    return bytes
  }

  /// Decodes the escape at `index`.
  ///
  /// - Returns: the index after it (after both halves of a surrogate pair).
  private static func decodeEscape(
    _ body: UnsafeBufferPointer<UInt8>, at index: Int, into output: inout [UInt8]
  ) -> Int {
    guard index + 1 < body.count else { return body.count }
    switch body[index + 1] {
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "u"):
      let (scalar, end) = escapedScalar(body, at: index)
      output.append(contentsOf: Character(scalar ?? "\u{FFFD}").utf8)
      return end
    default: output.append(body[index + 1])
    }
    return index + 2
  }

  /// The scalar of the `\uXXXX` at `index`, or of the pair of them, nil for a lone surrogate; and the
  /// index after it.
  static func escapedScalar(_ body: UnsafeBufferPointer<UInt8>, at index: Int) -> (Unicode.Scalar?, Int) {
    let unit = codeUnit(body, at: index) ?? 0xFFFD
    if (0xD800..<0xDC00).contains(unit), let low = codeUnit(body, at: index + 6),
      (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, index + 12)
    }
    return (Unicode.Scalar(unit), min(index + 6, body.count))
  }

  private static func codeUnit(_ body: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32? {
    guard index + 6 <= body.count, body[index] == UInt8(ascii: "\\"), body[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for i in index + 2..<index + 6 {
      guard let digit = hexDigit(body[i]) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  /// Copies the UTF-8 sequence at `index`, or U+FFFD for its ill-formed part.
  ///
  /// - Returns: the index after it.
  static func copySequence(
    _ body: UnsafeBufferPointer<UInt8>, at index: Int, into output: inout [UInt8]
  ) -> Int {
    let length = sequenceLength(body, at: index)
    if length > 0 {
      output.append(contentsOf: body[index..<index + length])
      return index + length
    }
    output.append(contentsOf: replacement)
    return index - length
  }

  /// The length of the well-formed sequence at `index` (Unicode table 3-7), or minus the length of
  /// the ill-formed part that one U+FFFD replaces.
  static func sequenceLength(_ body: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let lead = body[index]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch lead {
    case 0x00...0x7F: return 1
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { second = 0xA0...0xBF }
      if lead == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { second = 0x90...0xBF }
      if lead == 0xF4 { second = 0x80...0x8F }
    default: return -1
    }
    for i in 1..<length {
      let allowed = i == 1 ? second : 0x80...0xBF
      guard index + i < body.count, allowed.contains(body[index + i]) else { return -i }
    }
    return length
  }

  /// Appends `text` as a JSON string, quotes included, with the escapes that libjq writes.
  package static func encode(_ text: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    for i in text.indices where needsEscape(text[i]) {
      output.append(contentsOf: text[start..<i])
      appendEscape(of: text[i], to: &output)
      start = i + 1
    }
    output.append(contentsOf: text[start...])
    output.append(UInt8(ascii: "\""))
  }

  /// Appends `text` as a JSON string, quotes included.
  package static func encode(_ text: String, into output: inout [UInt8]) {
    var text = text
    text.withUTF8 { encode($0, into: &output) }
  }

  /// `text` as a JSON string, quotes included.
  package static func quoted(_ text: String) -> String {
    var json: [UInt8] = []
    encode(text, into: &json)
    return String(decoding: json, as: UTF8.self)
  }

  private static func needsEscape(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x7F
  }

  private static func appendEscape(of byte: UInt8, to output: inout [UInt8]) {
    output.append(UInt8(ascii: "\\"))
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): output.append(byte)
    case 0x08: output.append(UInt8(ascii: "b"))
    case 0x09: output.append(UInt8(ascii: "t"))
    case 0x0A: output.append(UInt8(ascii: "n"))
    case 0x0C: output.append(UInt8(ascii: "f"))
    case 0x0D: output.append(UInt8(ascii: "r"))
    default:
      let digits = Array("0123456789abcdef".utf8)
      output.append(contentsOf: "u00".utf8)
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
  }
}

/// What of a string can be copied byte for byte.
///
/// A string is *literal* if its bytes are its text: nothing is escaped, nothing is ill-formed. It is *verbatim*
/// if its bytes are its JSON: escapes stay, and only what is no text would have to be replaced.
extension JSONText {
  /// The first index at or after `start` where a valid string's bytes are not verbatim: a lone surrogate's
  /// escape or an ill-formed sequence. The number of bytes if there is none.
  static func verbatimEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    guard let base = text.baseAddress else { return text.count }
    var i = start
    while i < text.count {
      // Safe: `json_scan_literal` reads nothing at or past the end that it is given, and i < count.
      i = json_scan_literal(base + i, base + text.count) - base
      guard i < text.count else { break }
      if text[i] != UInt8(ascii: "\\") {
        let length = sequenceLength(text, at: i)
        guard length > 0 else { return i }
        i += length
      } else if i + 1 < text.count, text[i + 1] == UInt8(ascii: "u") {
        let (scalar, end) = escapedScalar(text, at: i)
        guard scalar != nil else { return i }
        i = end
      } else {
        i += 2
      }
    }
    return text.count
  }

  /// Whether the bytes of a valid string, whose quotes are left out, are its text.
  package static func isLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = text.baseAddress else { return true }
    var i = 0
    while i < text.count {
      // Safe: `json_scan_literal` reads nothing at or past the end that it is given, and i < count.
      i = json_scan_literal(base + i, base + text.count) - base
      guard i < text.count else { return true }
      let length = text[i] == UInt8(ascii: "\\") ? 0 : sequenceLength(text, at: i)
      guard length > 0 else { return false }
      i += length
    }
    return true
  }

  /// The index after what is at `index` that no text can hold, and that one U+FFFD replaces.
  static func replacedEnd(_ text: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    text[index] == UInt8(ascii: "\\")
      ? escapedScalar(text, at: index).1 : index - sequenceLength(text, at: index)
  }
}
