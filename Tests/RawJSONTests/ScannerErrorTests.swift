import RawJSON
import Testing

/// A broken value, and what is wrong at which of its bytes.
struct BrokenValue: Sendable, CustomTestStringConvertible {
  var text: String
  var reason: JSONError.Reason
  var offset: Int

  init(_ text: String, _ reason: JSONError.Reason, _ offset: Int = 0) {
    self.text = text
    self.reason = reason
    self.offset = offset
  }

  var testDescription: String { text }

  static let scalars = [
    BrokenValue("?", .unexpectedByte), BrokenValue("'a'", .unexpectedByte),
    BrokenValue("NaN", .unexpectedByte),
    BrokenValue("Infinity", .unexpectedByte), BrokenValue("True", .unexpectedByte),
    BrokenValue("nulL", .unexpectedByte), BrokenValue("t", .unexpectedByte),
    BrokenValue("no", .unexpectedByte),
    BrokenValue("fals", .unexpectedByte), BrokenValue("\u{0}", .unexpectedByte),
    BrokenValue("\u{FEFF}1", .unexpectedByte), BrokenValue("\u{A0}1", .unexpectedByte),
    BrokenValue("+1", .invalidNumber), BrokenValue(".5", .invalidNumber), BrokenValue("01", .invalidNumber),
    BrokenValue("-01", .invalidNumber), BrokenValue("1.", .invalidNumber),
    BrokenValue("1.e5", .invalidNumber),
    BrokenValue("1e", .invalidNumber), BrokenValue("1e+", .invalidNumber), BrokenValue("-", .invalidNumber),
    BrokenValue("--1", .invalidNumber), BrokenValue("-.5", .invalidNumber), BrokenValue("-x", .invalidNumber),
    BrokenValue("\"a\u{1F}b\"", .controlCharacter, 2), BrokenValue("\"\\n\tb\"", .controlCharacter, 3),
    BrokenValue("\"\u{0}\"", .controlCharacter, 1), BrokenValue(#""\x""#, .invalidEscape, 1),
    BrokenValue(#""ab\u12G4""#, .invalidEscape, 3), BrokenValue(#""\u123""#, .invalidEscape, 1),
    BrokenValue("\"\\\n\"", .invalidEscape, 1), BrokenValue(#""\U0041""#, .invalidEscape, 1),
  ]

  static let containers = [
    BrokenValue("{a:1}", .expectedKey, 1), BrokenValue("{1:1}", .expectedKey, 1),
    BrokenValue("{,}", .expectedKey, 1), BrokenValue(#"{"a":1,,"b":2}"#, .expectedKey, 7),
    BrokenValue(#"{"a":1, 2}"#, .expectedKey, 8), BrokenValue(#"{"a" 1}"#, .expectedColon, 5),
    BrokenValue(#"{"a"}"#, .expectedColon, 4), BrokenValue(#"{"a":1 "b":2}"#, .expectedCommaOrBrace, 7),
    BrokenValue(#"{"a":1]"#, .expectedCommaOrBrace, 6), BrokenValue(#"{"a":1;}"#, .expectedCommaOrBrace, 6),
    BrokenValue(#"{"a":0x1}"#, .expectedCommaOrBrace, 6), BrokenValue(#"{"a":1,}"#, .trailingComma, 6),
    BrokenValue(#"{"a":1 , ]"#, .trailingComma, 7), BrokenValue(#"{"a":}"#, .unexpectedByte, 5),
    BrokenValue(#"{"a":,"b":1}"#, .unexpectedByte, 5), BrokenValue("{]", .expectedKey, 1),
    BrokenValue("[1 2]", .expectedCommaOrBracket, 3), BrokenValue("[1}", .expectedCommaOrBracket, 2),
    BrokenValue("[1:2]", .expectedCommaOrBracket, 2), BrokenValue("[1,]", .trailingComma, 2),
    BrokenValue("[1 ,\n]", .trailingComma, 3), BrokenValue("[1,}", .trailingComma, 2),
    BrokenValue("[,1]", .unexpectedByte, 1), BrokenValue("[1,,2]", .unexpectedByte, 3),
    BrokenValue("[}", .unexpectedByte, 1), BrokenValue("[[],{}}", .expectedCommaOrBracket, 6),
  ]

  static let all = scalars + containers
}

@Suite("What is wrong, and at which byte")
struct ScannerErrorTests {
  @Test("a broken document", arguments: BrokenValue.all)
  func document(_ broken: BrokenValue) {
    #expect(fault(Array((broken.text + " ").utf8)) == JSONError(broken.reason, at: broken.offset))
  }

  /// Paths that walk into the broken value's surroundings, up to it, into it, and past it.
  static let paths = [
    [path()], [path("w", "x")], [path("a"), path("w", "x")], [path("w", "x", "a")], [path("w", "x", 0)],
    [path("w", "x", 1)], [path("w", "x", 2, "b")], [path("w", "y", 1)], [path("z")],
  ]

  static let surroundings = [
    (#"{"w":"#, "}"), (#"{ "v" : [1, {"u": 2}], "w": {"x":"#, "}}"), (#"{"w": {"y": [1, "#, "]}}"),
    (#"{"s":[[[{"t":"#, "}]]]}"),
  ]

  @Test("a broken part, whether a path reads it or not", arguments: BrokenValue.all, paths)
  func part(_ broken: BrokenValue, _ paths: [JSONPath]) {
    for (before, after) in Self.surroundings {
      let bytes = Array((before + broken.text + " " + after).utf8)
      let expected = JSONError(broken.reason, at: before.utf8.count + broken.offset)
      #expect(throws: expected) { try find(paths, in: bytes).get() }
      #expect(fault(bytes) == expected)
    }
  }

  @Test(
    "a text without a value, or with more than one",
    arguments: [
      BrokenValue("", .empty), BrokenValue(" \n\t\r", .empty, 4), BrokenValue("{} {}", .trailingBytes, 3),
      BrokenValue(" {}x", .trailingBytes, 3), BrokenValue("{}}", .trailingBytes, 2),
      BrokenValue("{}\u{0}", .trailingBytes, 2), BrokenValue("\u{FEFF}{}", .unexpectedByte),
    ])
  func wholeText(_ broken: BrokenValue) {
    let bytes = Array(broken.text.utf8)
    #expect(fault(bytes) == JSONError(broken.reason, at: broken.offset))
    #expect(throws: JSONError(broken.reason, at: broken.offset)) { try find([path("a")], in: bytes).get() }
  }

  @Test("a valid document that is no object", arguments: ["1", " []", "\"a\"", "null", " [{}] "])
  func noObject(_ text: String) {
    let bytes = Array(text.utf8)
    #expect(fault(bytes) == nil)
    let start = text.prefix { $0 == " " }.utf8.count
    #expect(throws: JSONError(.notAnObject, at: start)) { try find([path(0)], in: bytes).get() }
  }

  @Test("an object cut off after any byte ends at its end or in its open string")
  func truncated() throws {
    let text = #"""
       {"k\u0061\"ey" : [1.5e-3, -0, "text of more than sixteen bytes \\ \ud83d\ude00 and so on", true],
        "n": {"m": [[], {}, null, false], "é": "\n"}, "a":  0.25 }
      """#
    let bytes = Array(text.utf8)
    for count in 0..<bytes.count {
      let cut = Array(bytes[..<count])
      let error = try #require(fault(cut), "cut to \(count)")
      switch error.reason {
      case .empty: #expect(count <= 1)
      case .unexpectedEnd: #expect(error.offset == count)
      case .unterminatedString: #expect(cut[error.offset] == UInt8(ascii: "\""), "cut to \(count)")
      default: Issue.record("cut to \(count): \(error) at \(error.offset)")
      }
      for paths in [[path()], [path("ka\"ey", 2), path("n", "m", 1, "x"), path("a")]] {
        #expect(throws: error) { try find(paths, in: cut).get() }
      }
    }
  }

  @Test("a string that is never closed is named by its opening quote", arguments: 0..<40)
  func unterminated(_ length: Int) {
    let before = #"{"a": "#
    for end in ["", "\\", "\\u", "\\u00", "\\u00e", "\\\\", "\\\""] {
      let bytes = Array((before + "\"" + String(repeating: "x", count: length) + end).utf8)
      #expect(fault(bytes) == JSONError(.unterminatedString, at: before.utf8.count))
    }
  }
}
