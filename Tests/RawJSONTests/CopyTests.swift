import RawJSON
import Testing

@Suite("Copying")
struct CopyTests {
  @Test(
    "white space goes, digits and escapes stay, the last of two keys counts in the first's place",
    arguments: [
      (" { \"a\" : [ 1 , 2 ] , \"b\" : { } }\n", #"{"a":[1,2],"b":{}}"#),
      (#"[1.0, 1E+05, -0, 12345678901234567890123, 0.10]"#, #"[1.0,1E+05,-0,12345678901234567890123,0.10]"#),
      (#"["\/ \u0041 \ud83d\ude00 \ufffd", "\"  \\"]"#, #"["\/ \u0041 \ud83d\ude00 \ufffd","\"  \\"]"#),
      (#"["\ud800", "\udc00\ud83d\ude00"]"#, "[\"\u{FFFD}\",\"\u{FFFD}\\ud83d\\ude00\"]"),
      (#"{"a":1,"b":2,"a":[3]}"#, #"{"a":[3],"b":2}"#),
      (#"{"a":{"x":1},"\u0061":{"y":1,"y":2}}"#, #"{"a":{"y":2}}"#),
      (#"{"\ud800":1,"\udfff":2}"#, "{\"\u{FFFD}\":2}"),
      ("{\"é\":1,\"e\u{301}\":2,\"\\u00e9\":3}", "{\"é\":3,\"e\u{301}\":2}"),
      (#"[{"a":[{"a":1,"a":2}],"a":[{"b":1},{"b":2,"b":3}]}, [[]]]"#, #"[{"a":[{"b":1},{"b":3}]},[[]]]"#),
      ("true", "true"), (" \"a b\" ", "\"a b\""),
    ])
  func copies(_ text: String, _ expected: String) throws {
    #expect(try copied(text) == expected)
  }

  @Test("objects with few and with many keys, each key twice", arguments: [1, 8, 15, 16, 17, 100, 1000])
  func manyMembers(_ count: Int) throws {
    let first = (0..<count).map { "\"k\($0)\": {\"old\": [\($0)]}" }
    let second = (0..<count).reversed().map { "\"\\u006b\($0)\": {\"new\": [\($0)]}" }
    let expected = (0..<count).map { "\"k\($0)\":{\"new\":[\($0)]}" }
    #expect(
      try copied("{" + (first + second).joined(separator: ", ") + "}")
        == "{\(expected.joined(separator: ","))}")
  }

  @Test("the deepest document there may be, and keys that are there twice at each level")
  func deep() throws {
    let levels = JSONScanner.maximumDepth
    let text = String(repeating: "{\"a\":", count: levels) + "1" + String(repeating: "}", count: levels)
    #expect(try copied(text) == text)
    let twice =
      String(repeating: "{\"a\":0,\"a\":", count: levels) + "1" + String(repeating: "}", count: levels)
    #expect(try copied(twice) == text)
  }

  @Test("reading each level again would take an hour here", .timeLimit(.minutes(1)))
  func linear() throws {
    let levels = JSONScanner.maximumDepth
    let wide = String(repeating: "[[],{}],", count: 20_000) + "0"
    let text =
      String(repeating: "{\"a\":[0],\"b\":", count: levels - 3) + "[\(wide)]"
      + String(repeating: "}", count: levels - 3)
    #expect(try copied(text) == text)
  }

  @Test("the last members, in the order of the first")
  func lastMembers() {
    let bytes = Array(#" { "a" : [ {} ] , "b" : 2 , "\u0061" : { "c" : [ ] } } "#.utf8)
    let members = bytes.withScanner { scanner in
      scanner.lastMembers(1).map {
        [scanner.text($0.key), String(decoding: scanner.slice($0.value), as: UTF8.self)]
      }
    }
    #expect(members == [["a", #"{ "c" : [ ] }"#], ["b", "2"]])
  }

  @Test("an array's elements")
  func elements() {
    let bytes = Array(#"[ 1 , [2,[3]] , {"a":[4]} , "]" ]"#.utf8)
    let elements = bytes.withScanner { scanner in
      var elements: [String] = []
      scanner.forEachElement(0) { elements.append(String(decoding: scanner.slice($0), as: UTF8.self)) }
      return elements
    }
    #expect(elements == ["1", "[2,[3]]", #"{"a":[4]}"#, "\"]\""])
  }

  @Test(
    "an object without a part, open for one more member",
    arguments: [
      (path("a", "b"), #"{"a":{"c":2},"d":[{"e":1},{"e":2}],"#), (path("a"), #"{"d":[{"e":1},{"e":2}],"#),
      (path("d", 1, "e"), #"{"a":{"b":1,"c":2},"d":[{"e":1},{}],"#),
      (path("d", 0), #"{"a":{"b":1,"c":2},"d":[{"e":2}],"#),
      (path("d", 1), #"{"a":{"b":1,"c":2},"d":[{"e":1}],"#),
      (path("a", "c"), #"{"a":{"b":1},"d":[{"e":1},{"e":2}],"#),
      (path("d"), #"{"a":{"b":1,"c":2},"#), (path(), #"{"a":{"b":1,"c":2},"d":[{"e":1},{"e":2}],"#),
      (path("d", "e"), #"{"a":{"b":1,"c":2},"d":[{"e":1},{"e":2}],"#),
      (path("a", 0), #"{"a":{"b":1,"c":2},"d":[{"e":1},{"e":2}],"#),
      (path("a", "b", "x"), #"{"a":{"b":1,"c":2},"d":[{"e":1},{"e":2}],"#),
    ])
  func openObject(_ removed: JSONPath, _ expected: String) {
    let bytes = Array(#"{"a": {"b": 1, "c": 2}, "it\u0065m": 0, "d": [{"e": 1}, {"e": 2}], "item": []}"#.utf8)
    let output = bytes.withScanner { scanner in
      var output: [UInt8] = []
      scanner.openObject(0..<bytes.count, without: removed, replacing: "item", into: &output)
      return output
    }
    #expect(String(decoding: output, as: UTF8.self) == expected)
  }
}
