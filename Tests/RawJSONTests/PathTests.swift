import RawJSON
import Testing

@Suite("Finding paths")
struct PathTests {
  @Test("keys, elements and the document itself")
  func basics() throws {
    let found = try texts(
      [path(), path("a"), path("b", "c"), path("b", "d", 1), path("b", "d", 2), path("x"), path("a", "b")],
      in: #"{"a":1,"b":{"c":"t","d":[1, [2] ]}}"#)
    #expect(
      found == [
        #"{"a":1,"b":{"c":"t","d":[1, [2] ]}}"#, "1", "\"t\"", "[2]", nil, nil, nil,
      ])
  }

  @Test("white space may be anywhere and belongs to no value")
  func whiteSpace() throws {
    let found = try texts(
      [path("a"), path("b", 1, "c")],
      in: "\r\n\t {\n\"a\"\t:\r\n[ ] ,\n \"b\" : [ 1 ,\n{ \"c\" : -1.0 } ] }\n ")
    #expect(found == ["[ ]", "-1.0"])
  }

  @Test("a key is its text, however it is escaped", arguments: [#""a\u0062""#, #""ab""#, #""\u0061\u0062""#])
  func escapedKey(_ key: String) throws {
    #expect(try texts([path("ab")], in: "{\"x\":0,\(key):1}") == ["1"])
  }

  @Test("keys beyond ASCII")
  func unicodeKeys() throws {
    let found = try texts(
      [path("é"), path("e\u{301}"), path("😀"), path("\u{FFFD}"), path(""), path("a\"b\\")],
      in: #"{"e\u0301":2,"\u00e9":1,"\ud83d\ude00":3,"\udead":4,"":5,"a\"b\\":6}"#)
    #expect(found == ["1", "2", "3", "4", "5", "6"])
  }

  @Test("keys that Swift's strings take for equal are two steps, as they are two members")
  func canonicalEquivalence() throws {
    #expect(path("é") != path("e\u{301}"))
    let found = try texts([path("é"), path("e\u{301}")], in: "{\"e\u{301}\":1}")
    #expect(found == [nil, "1"])
  }

  @Test("the last of two keys counts, and what was found under the first is void")
  func duplicates() throws {
    let paths = [path("a"), path("a", "b"), path("a", "b", 0), path("c")]
    #expect(
      try texts(paths, in: #"{"a":{"b":[1]},"c":0,"a":{"b":[2]}}"#) == [#"{"b":[2]}"#, "[2]", "2", "0"])
    #expect(try texts(paths, in: #"{"a":{"b":[1]},"a":{}}"#) == ["{}", nil, nil, nil])
    #expect(try texts(paths, in: #"{"a":{"b":[1]},"a":5,"c":1}"#) == ["5", nil, nil, "1"])
    #expect(try texts(paths, in: #"{"a":{"b":[1]},"\u0061":[]}"#) == ["[]", nil, nil, nil])
    #expect(try texts(paths, in: #"{"a":{"b":[1],"b":{}}}"#) == [#"{"b":[1],"b":{}}"#, "{}", nil, nil])
    #expect(
      try texts(paths, in: #"{"c":1,"a":2,"a":{"b":[3]},"c":null}"#) == [#"{"b":[3]}"#, "[3]", "3", "null"])
  }

  @Test("a duplicate inside an array's element")
  func duplicateInElement() throws {
    let found = try texts(
      [path("a", 1, "b"), path("a", 0, "b")], in: #"{"a":[{"b":1,"b":2},{"b":3,"b":4}]}"#)
    #expect(found == ["4", "2"])
  }

  @Test("matches can be used for one document after the other")
  func reuse() throws {
    let tree = PathTree([path("a", "b")])
    let node = try #require(tree.node(path("a", "b")))
    var matches = PathMatches(tree)
    for (text, expected) in [(#"{"a":{"b":1}}"#, 10..<11), (#"{}"#, nil), (#"{ "a":{"b":1}}"#, 11..<12)] {
      try Array(text.utf8).withScanner { try $0.find(tree, &matches) }
      #expect(matches[node] == expected)
    }
  }

  @Test("a path is written as jq writes it")
  func description() {
    #expect(path().description == ".")
    #expect(path("a", "b_1", 0).description == ".a.b_1[0]")
    #expect(path(2, "a-b", "1a", "", "\"").description == #".[2]["a-b"]["1a"][""]["\""]"#)
  }
}
