/// Refuses what is not UTF-8 text before libyaml sees it, so that the message can say what it is.
enum InputCheck {
  /// Where git, too, looks for the NUL that tells a binary file.
  private static let binarySniffLength = 8000

  static func check(_ bytes: [UInt8]) throws(YAMLError) {
    guard !bytes.isEmpty else {
      throw error(.emptyDocument, bytes, at: 0, "the file is empty", "write a YAML document into it")
    }
    guard !isUTF16(bytes) else {
      throw error(
        .unsupportedEncoding, bytes, at: 0, "the file is UTF-16 or UTF-32 text, and only UTF-8 is read",
        "save it as UTF-8")
    }
    if bytes.prefix(binarySniffLength).contains(0) {
      let offset = bytes.firstIndex { $0 == 0 || ($0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D) }
      throw binary(bytes, at: offset ?? 0, found: "a NUL byte or another control character")
    }
    try checkCharacters(bytes)
  }

  private static func checkCharacters(_ bytes: [UInt8]) throws(YAMLError) {
    var offset = 0
    while offset < bytes.count {
      guard let (value, length) = UTF8Decoding.scalar(in: bytes, at: offset) else {
        throw error(
          .invalidUTF8, bytes, at: offset,
          "the byte 0x\(hexadecimal(UInt32(bytes[offset]))) is not valid UTF-8",
          "save the file as UTF-8, or remove the byte")
      }
      guard isAllowed(value) else {
        throw binary(bytes, at: offset, found: "the control character U+\(hexadecimal(value, width: 4))")
      }
      offset += length
    }
  }

  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
    if bytes.starts(with: [0x00, 0x00, 0xFE, 0xFF]) { return true }
    let first = bytes.prefix(4)
    guard first.count >= 2, first.count.isMultiple(of: 2) else { return false }
    let zeros = first.map { $0 == 0 }
    let isText = first.allSatisfy { $0 == 0 || $0 == 0x0A || $0 == 0x0D || (0x20...0x7E).contains($0) }
    return isText && zeros.indices.allSatisfy { zeros[$0] == (zeros[0] == ($0 % 2 == 0)) }
  }

  /// The characters that YAML 1.1, 5.1, allows, as libyaml reads it.
  private static func isAllowed(_ value: UInt32) -> Bool {
    switch value {
    case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static func binary(_ bytes: [UInt8], at offset: Int, found: String) -> YAMLError {
    error(
      .binaryData, bytes, at: offset, "this looks like a binary file: it holds \(found)",
      "name a text file, or remove the character")
  }

  private static func error(
    _ reason: YAMLError.Reason, _ bytes: [UInt8], at offset: Int, _ message: String, _ help: String
  ) -> YAMLError {
    let position = SourceText(Array(bytes.prefix(offset))).position(atOffset: offset)
    return YAMLError(reason: reason, position: position, message: message, help: help)
  }

  private static func hexadecimal(_ value: UInt32, width: Int = 2) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
