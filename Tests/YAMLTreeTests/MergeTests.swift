import Testing

@testable import YAMLTree

/// The results are those of PyYAML 6.0.3's safe loaders.
@Suite("Merge keys")
struct MergeTests {
  @Test(
    "merge as PyYAML does",
    arguments: [
      ("<<: {a: 1}\nb: 2", #"{"a":1,"b":2}"#),
      ("b: 1\n<<: {a: 2, b: 3}", #"{"a":2,"b":1}"#),
      ("<<: [{x: 1, y: 2}, {z: 3, x: 4}]\nq: 1", #"{"z":3,"x":1,"y":2,"q":1}"#),
      ("b: 1\n<<: {a: 2, b: 3}\n<<: {a: 9}", #"{"a":9,"b":1}"#),
      ("'<<': {a: 1}", #"{"<<":{"a":1}}"#),
      ("!!merge x: {a: 1}", #"{"a":1}"#),
      ("<<: {<<: {a: 1, b: 2}, b: 3}\nc: 4", #"{"a":1,"b":3,"c":4}"#),
      (
        "x: &x {a: 1}\ny: &y\n  <<: *x\n  b: 2\nz:\n  <<: [*y, {c: 3}]\n  a: 0",
        #"{"x":{"a":1},"y":{"a":1,"b":2},"z":{"c":3,"a":0,"b":2}}"#
      ),
      ("<<: []\na: 1", #"{"a":1}"#),
    ])
  func merge(yaml: String, json: String) throws {
    #expect(try YAMLParser.parse(yaml).json() == json)
  }

  @Test("entries tell whether they were merged, and keep their place")
  func entries() throws {
    let root = try YAMLParser.parse("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\n")
    let entries = try #require(root.mapping?["y"]?.mapping?.entries)
    #expect(entries.map(\.keyText) == ["a", "b"])
    #expect(entries.map(\.isMerged) == [true, false])
    #expect(entries.map(\.key.start.description) == ["1:8", "4:3"])
    #expect(root.mapping?["y"]?.mapping?["<<"] == nil)
  }

  @Test(
    "what cannot be merged is refused where it is",
    arguments: [
      ("<<: ~", "1:5"), ("<<: [{a: 1}, 2]", "1:14"), ("a: &a 1\n<<: *a", "2:5"), ("<<: [[]]", "1:6"),
    ])
  func invalid(yaml: String, place: String) throws {
    let error = try failure(yaml)
    #expect(error.reason == .invalidMerge)
    #expect(error.position.description == place)
  }
}
