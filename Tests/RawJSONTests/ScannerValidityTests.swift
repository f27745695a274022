import RawJSON
import Testing

@Suite("What is valid")
struct ScannerValidityTests {
  @Test(
    "valid values",
    arguments: [
      "0", "-0", "10", "-10.50", "1e5", "1E+5", "1.5e-05", "0e0", "0.0", "true", "false", "null", #""""#,
      #""\" \\ \/ \b \f \n \r \t \u00e9 \uD83D\uDE00""#, "\"\u{7F}\u{2028}\"", "[]", "{}", "[ ]", "{ }",
      "[[],[[]]]", #"{"":{"":{}}}"#, " \n\r\t1\t\r\n ", "[1 , 2\n,\t3]", "{ \"a\" : 1 , \"b\" : [ ] }",
      #""\ud800""#, #""\udc00\ud800""#, "123456789012345678901234567890e999999999999",
    ])
  func valid(_ text: String) {
    #expect(fault(Array(text.utf8)) == nil)
    #expect(fault(Array("{\"a\":[\(text)],\"b\":\(text)}".utf8)) == nil)
  }

  @Test("an escape, a control character or the end of a string at any place in a block", arguments: 0...40)
  func blocks(_ offset: Int) throws {
    let run = String(repeating: "x", count: offset)
    for rest in ["", "y", String(repeating: "z", count: 33)] {
      #expect(try copied("[\"\(run)\(rest)\"]") == "[\"\(run)\(rest)\"]")
      for escape in ["\\\"", "\\\\", "\\n", "\\u0041", "\\ud83d\\ude00", "é", "\u{7F}"] {
        let text = "[\"\(run)\(escape)\(rest)\",1]"
        #expect(try copied(text) == text)
      }
      for control in UInt8(0)..<0x20 {
        let bytes = Array("\"\(run)".utf8) + [control] + Array("\(rest)\"".utf8)
        #expect(fault(bytes) == JSONError(.controlCharacter, at: offset + 1))
      }
      #expect(fault(Array("\"\(run)\\q\(rest)\"".utf8)) == JSONError(.invalidEscape, at: offset + 1))
    }
  }

  @Test("bytes past the end are never taken for a part of the string", arguments: 0...40)
  func neighbours(_ length: Int) {
    let bytes = Array("\"\(String(repeating: "x", count: length))\"\"\"\"\"".utf8)
    for end in 1...length + 1 {
      let error = bytes.withScanner(of: 0..<end) { scanner in
        Result { () throws(JSONError) in try scanner.checkDocument() }
      }
      #expect(error == .failure(JSONError(.unterminatedString, at: 0)))
    }
  }

  @Test("1,024 levels are valid, and one more is not, in objects and arrays, skipped or walked")
  func depth() {
    let limit = JSONScanner.maximumDepth
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")] {
      let levels = open == "[{\"a\":" ? 2 : 1
      let deepest =
        String(repeating: open, count: limit / levels) + "1"
        + String(repeating: close, count: limit / levels)
      #expect(fault(Array(deepest.utf8)) == nil)
      let tooDeep = Array("[\(deepest)]".utf8)
      let offset =
        tooDeep.count - 2 - close.utf8.count * (limit / levels) - (levels == 2 ? 5 : open.utf8.count)
      #expect(fault(tooDeep) == JSONError(.tooDeep, at: offset))
    }
  }

  @Test("the levels that a path walks count too", arguments: [0, 1, 500, 1023, 1024, 1025, 3000])
  func walkedDepth(_ steps: Int) throws {
    let limit = JSONScanner.maximumDepth
    let path = JSONPath(Array(repeating: .key("a"), count: steps))
    let deepest = Array(
      (String(repeating: "{\"a\":", count: limit) + "1" + String(repeating: "}", count: limit)).utf8)
    let range = try #require(try find([path], in: deepest).get().first)
    #expect(range?.lowerBound == (steps <= limit ? steps * 5 : nil))
    let tooDeep = Array("{\"a\":".utf8) + deepest + Array("}".utf8)
    #expect(throws: JSONError(.tooDeep, at: limit * 5)) { try find([path], in: tooDeep).get() }
  }
}
