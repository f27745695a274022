import Testing

@testable import YAMLTree

@Suite("Texts that are not YAML at all")
struct InputErrorTests {
  @Test(
    "an empty text has no document",
    arguments: ["", "\u{FEFF}", "\n\n", "# only\n  # comments\n", "---\n", "--- \n...\n"])
  func empty(text: String) throws {
    let error = try failure(text)
    #expect(error.reason == .emptyDocument)
    #expect(error.position == YAMLPosition(line: 1, column: 1, offset: 0))
  }

  @Test("an explicit null is a document")
  func null() throws {
    #expect(try YAMLParser.parse("~").isNull)
    #expect(try YAMLParser.parse("--- !!null\n").isNull)
  }

  @Test("a byte order mark is passed over and does not count in columns")
  func byteOrderMark() throws {
    let root = try YAMLParser.parse("\u{FEFF}a: 1")
    let value = try #require(root.mapping?["a"])
    #expect(value.start == YAMLPosition(line: 1, column: 4, offset: 6))
  }

  @Test(
    "UTF-16 and UTF-32 are named",
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00, 0x20, 0x00],
      [0x00, 0x61, 0x00, 0x3A], [0x61, 0x00], [0x00, 0x00, 0xFE, 0xFF],
    ])
  func utf16(bytes: [UInt8]) throws {
    let error = try failure(bytes)
    #expect(error.reason == .unsupportedEncoding)
    #expect(error.position.description == "1:1")
    #expect(error.message.contains("UTF-16"))
  }

  @Test(
    "invalid UTF-8 is refused at its first byte",
    arguments: [
      [0x80], [0xFF], [0xC0, 0x80], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
    ])
  func invalidUTF8(bytes: [UInt8]) throws {
    let error = try failure(Array("é: 1\né: ".utf8) + bytes)
    #expect(error.reason == .invalidUTF8)
    #expect(error.position == YAMLPosition(line: 2, column: 4, offset: 10))
  }

  @Test(
    "control characters look like a binary file",
    arguments: [
      ("a: 1\nb: \u{0}", "2:4"), ("a: \u{1}", "1:4"), ("é\u{7F}", "1:2"), ("a\r\nb: \u{85}\u{86}", "2:5"),
      ("\u{1B}[0m", "1:1"), ("a\u{FFFF}", "1:2"),
    ])
  func control(text: String, place: String) throws {
    let error = try failure(text)
    #expect(error.reason == .binaryData)
    #expect(error.position.description == place)
    #expect(error.message.contains("looks like a binary file"))
  }

  @Test("a PNG looks like a binary file, though its first byte is no UTF-8 either")
  func png() throws {
    let error = try failure([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0x00, 0x00, 0x00, 0x0D])
    #expect(error.reason == .binaryData)
  }
}
