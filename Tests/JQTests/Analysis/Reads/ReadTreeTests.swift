import JQ
import Testing

@Suite struct ReadTreeTests {
  private let name = ReadTree.part(keys: ["name": .all], each: nil)

  @Test("two trees together read what either reads")
  func union() {
    let elements = ReadTree.part(keys: [:], each: .kind)
    #expect(ReadTree.kind.union(name) == name)
    #expect(name.union(.all) == .all)
    #expect(name.union(elements) == .part(keys: ["name": .all], each: .kind))
    #expect(elements.union(.part(keys: [:], each: name)) == .part(keys: [:], each: name))
  }

  @Test(
    "paths are written as jq writes them, in order",
    arguments: [
      (".b.a, .a", [".a", ".b.a"]), (".", ["."]), ("1", []), (".[].x", [".[].x"]), (".[]", [".[]"]),
      (".\"a b\".c", [".[\"a b\"].c"]), (".a.\"b c\"[0]", [".a[\"b c\"][]"]),
      (".fields.subtasks | map(.key)", [".fields.subtasks[].key"]), (". as $r | .a | $r.b", [".a", ".b"]),
    ])
  func paths(_ text: String, _ paths: [String]) throws {
    #expect(try parsed(text).reads.paths == paths)
  }

  @Test(
    "cutting keeps scalars, types, the named members, and all elements where one is read",
    arguments: [
      (".", #"{"a":[1,{"b":2}]}"#, #"{"a":[1,{"b":2}]}"#),
      ("1", #"{"a":1}"#, "{}"), ("1", "[1,2]", "[]"), ("1", "\"text\"", "\"text\""),
      (".b, .a", #"{"a":1,"x":2,"b":{"y":3}}"#, #"{"a":1,"b":{"y":3}}"#), (".a", #"{"x":1}"#, "{}"),
      (".a.b", #"{"a":5}"#, #"{"a":5}"#), (".a.b", #"{"a":[1]}"#, #"{"a":[]}"#),
      (".a[].b", #"{"a":[{"b":1,"c":2},7,{"c":3}]}"#, #"{"a":[{"b":1},7,{}]}"#),
      (".[].b", #"{"x":{"b":1,"c":2},"y":[1]}"#, #"{"x":{"b":1},"y":[]}"#),
      (".a.c, .[].b", #"{"a":{"b":1,"c":2,"d":3},"e":{"b":1,"c":2}}"#, #"{"a":{"b":1,"c":2},"e":{"b":1}}"#),
      ("length", #"{"a":{"b":1},"c":[1]}"#, #"{"a":{},"c":[]}"#),
    ])
  func cutting(_ text: String, _ whole: String, _ cut: String) throws {
    let input = try #require(JSONTree(whole))
    #expect(try parsed(text).reads.cut(input).text == cut)
  }

  @Test("a program reads what its body reads, and everything where it has none or imports")
  func programs() throws {
    #expect(try Parser.parse(".a").reads.paths == [".a"])
    for text in ["", "def f: 1;", "import \"m\" as m; .a"] {
      #expect(try Parser.parse(text).reads == .all)
    }
  }
}
