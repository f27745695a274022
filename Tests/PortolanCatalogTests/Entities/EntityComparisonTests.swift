import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct EntityComparisonTests {
  private func changes(
    _ stored: String, _ desired: String, merges: Bool = true, ignoring ignored: [[String]] = []
  ) -> [String] {
    EntityComparison(merges: merges, ignoring: ignored.map { JSONPath($0.map { .key($0) }) })
      .changes(from: Array(stored.utf8), to: Array(desired.utf8))
      .map { "\($0.field): \($0.before ?? "-") → \($0.after ?? "-")" }
  }

  @Test(
    "what is the same in other words does not change",
    arguments: [
      (#"{"title":"a"}"#, #"{"title":"\u0061"}"#),
      (#"{"title":null}"#, #"{"icon":null}"#),
      (#"{"team":["a","b"]}"#, #"{"team":["b","a","a"]}"#),
      (#"{"team":["a"]}"#, #"{"team":"a"}"#),
      (#"{"team":[]}"#, #"{"team":null}"#),
      (#"{"properties":{"n":1}}"#, #"{"properties":{"n":1.0}}"#),
      (#"{"properties":{"n":100}}"#, #"{"properties":{"n":1e2}}"#),
      (#"{"properties":{"n":0}}"#, #"{"properties":{"n":-0.0e7}}"#),
      (#"{"properties":{"n":1e999999999}}"#, #"{"properties":{"n":0.1e1000000000}}"#),
      (#"{"properties":{"n":1e99999999999999999999}}"#, #"{"properties":{"n":10e99999999999999999998}}"#),
      (#"{"properties":{"o":{"a":1,"b":2}}}"#, #"{"properties":{"o":{"b":2,"a":1}}}"#),
      (#"{"properties":{"o":{"a":9,"a":1}}}"#, #"{"properties":{"o":{"a":1}}}"#),
      (#"{"properties":{"a":1,"b":2}}"#, #"{"properties":{"a":1}}"#),
      (#"{"properties":{"a":1}}"#, #"{"properties":{"a":1,"b":null}}"#),
      (#"{"relations":{"r":["x","y"]}}"#, #"{"relations":{"r":["y","x"]}}"#),
      (#"{"relations":{"r":"x"}}"#, #"{"relations":{"r":["x"]}}"#),
      (#"{"relations":{"r":[]}}"#, #"{"relations":{"r":null}}"#),
      (#"{}"#, #"{"properties":null,"relations":{}}"#),
    ])
  func same(stored: String, desired: String) {
    #expect(changes(stored, desired) == [])
  }

  @Test(
    "what differs is named with both values",
    arguments: [
      (#"{"title":"a"}"#, #"{"title":"b"}"#, #"title: "a" → "b""#),
      (#"{"title":"a"}"#, #"{"title":null}"#, #"title: "a" → null"#),
      (#"{"icon":"A"}"#, #"{"icon":"B"}"#, #"icon: "A" → "B""#),
      (#"{}"#, #"{"team":"x"}"#, #"team: - → "x""#),
      (#"{"title":"\u00e9"}"#, #"{"title":"e\u0301"}"#, #"title: "\u00e9" → "e\u0301""#),
      (
        #"{"properties":{"n":9007199254740992}}"#, #"{"properties":{"n":9007199254740993}}"#,
        "properties.n: 9007199254740992 → 9007199254740993"
      ),
      (
        #"{"properties":{"n":1e999999999}}"#, #"{"properties":{"n":1e999999998}}"#,
        "properties.n: 1e999999999 → 1e999999998"
      ),
      (#"{"properties":{"n":1}}"#, #"{"properties":{"n":-1}}"#, "properties.n: 1 → -1"),
      (#"{"properties":{"n":1}}"#, #"{"properties":{"n":"1"}}"#, #"properties.n: 1 → "1""#),
      (#"{"properties":{"l":[1,2]}}"#, #"{"properties":{"l":[2,1]}}"#, "properties.l: [1,2] → [2,1]"),
      (
        #"{"properties":{"o":{"a":null}}}"#, #"{"properties":{"o":{}}}"#,
        #"properties.o: {"a":null} → {}"#
      ),
      (#"{"properties":{"a":1}}"#, #"{"properties":[1]}"#, #"properties: {"a":1} → [1]"#),
      (#"{"relations":{"r":["x"]}}"#, #"{"relations":{"r":["x","y"]}}"#, #"relations.r: ["x"] → ["x","y"]"#),
    ])
  func differs(stored: String, desired: String, change: String) {
    #expect(changes(stored, desired) == [change])
  }

  @Test func withoutMergingWhatIsNotNamedGoes() {
    let stored =
      #"{"title":"t","icon":null,"team":[],"properties":{"a":1,"b":2,"c":null},"relations":{"r":"x"}}"#
    #expect(
      changes(stored, #"{"properties":{"b":2}}"#, merges: false)
        == [#"title: "t" → -"#, "properties.a: 1 → -", #"relations.r: "x" → -"#])
    #expect(changes(stored, #"{"properties":{"b":2}}"#) == [])
  }

  @Test func whatIsIgnoredIsNotCompared() {
    let stored = #"{"title":"a","properties":{"seen":1,"meta":{"updated":1,"by":"x"},"l":[{"t":1}]}}"#
    let desired =
      #"{"title":"b","properties":{"seen":2,"meta":{"by":"x","updated":2,"more":1},"l":[{"t":1}]}}"#
    #expect(
      changes(
        stored, desired, ignoring: [["title"], ["properties", "seen"], ["properties", "meta", "updated"]])
        == [#"properties.meta: {"updated":1,"by":"x"} → {"by":"x","updated":2,"more":1}"#])
    #expect(
      changes(
        stored, desired,
        ignoring: [
          ["title"], ["properties", "seen"], ["properties", "meta", "updated"],
          ["properties", "meta", "more"],
        ])
        == [])
    #expect(changes(stored, desired, ignoring: [["properties"]]) == [#"title: "a" → "b""#])
  }

  @Test func queriesAreNamedAndNotCompared() {
    let query = #"{"combinator":"and","rules":[]}"#
    let desired =
      #"{"identifier":\#(query),"team":\#(query),"relations":{"r":\#(query),"s":"x","o":{"a":1}}}"#
    #expect(EntityComparison.queries(in: Array(desired.utf8)) == ["identifier", "team", "relations.r"])
    #expect(changes(#"{"team":["a"],"relations":{"r":"y","s":"x","o":{"a":1}}}"#, desired) == [])
  }

  @Test func manyMembersTakeTimeThatGrowsWithTheirNumber() {
    let members = (0..<20_000).map { "\"p\($0)\":\($0)" }
    let stored = "{\"properties\":{\(members.joined(separator: ","))}}"
    let desired = "{\"properties\":{\(members.reversed().joined(separator: ","))}}"
    var found: [String] = ["?"]
    let time = processorTime { found = changes(stored, desired) }
    #expect(found == [])
    #expect(time < .seconds(5))
  }
}
