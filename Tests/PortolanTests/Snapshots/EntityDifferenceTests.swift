import RawJSON
import Testing

@testable import Portolan

@Suite("What differs between entities")
struct EntityDifferenceTests {
  private func entities(_ lines: [String]) -> [Entity] { lines.map { Entity(json: Array($0.utf8)) } }

  private func differences(_ old: [String], _ new: [String]) -> [EntityDifference] {
    EntityDifference.between(entities(old), entities(new))
  }

  private func changes(_ old: String, _ new: String) -> [String] {
    let differences = differences(
      [#"{"identifier":"a","blueprint":"b","v":\#(old)}"#],
      [#"{"identifier":"a","blueprint":"b","v":\#(new)}"#])
    guard case .changed(let values) = differences.first?.change else { return [] }
    return values.map { "\($0.path): \($0.old ?? "-") → \($0.new ?? "-")" }
  }

  @Test(
    "values, by their paths",
    arguments: [
      ("1", "2", ["v: 1 → 2"]), ("1", #""1""#, [#"v: 1 → "1""#]), ("true", "false", ["v: true → false"]),
      ("null", "[]", ["v: null → []"]),
      (#"{"x":1,"y":{"z":2}}"#, #"{"x":1,"y":{"z":3},"w":4}"#, ["v.y.z: 2 → 3", "v.w: - → 4"]),
      (#"{"x":1}"#, "{}", ["v.x: 1 → -"]), ("[1,2]", "[1,3]", ["v[1]: 2 → 3"]),
      ("[1]", "[1,2]", ["v: [1] → [1,2]"]),
    ])
  func values(old: String, new: String, expected: [String]) {
    #expect(changes(old, new) == expected)
  }

  @Test(
    "what means the same does not differ",
    arguments: [
      ("1", "1.0"), ("7205759403792793651", "7205759403792794000"), ("100", "1e2"), (#""é""#, #""\u00e9""#),
      (#"{"x":1,"y":2}"#, #"{"y":2,"x":1}"#),
    ])
  func same(old: String, new: String) {
    #expect(changes(old, new).isEmpty)
  }

  @Test("added and removed entities; the order does not count; of equal identifiers the first is the first")
  func lists() {
    let (a, b, c) = (
      #"{"identifier":"a","blueprint":"x"}"#, #"{"identifier":"b","blueprint":"x"}"#,
      #"{"identifier":"a","blueprint":"y"}"#
    )
    #expect(differences([a, b, c], [c, a, b]).isEmpty)
    let found = differences([a, b], [b, c])
    #expect(found.map(\.change) == [.removed, .added])
    #expect(found.map { "\($0.blueprint) \($0.identifier)" } == ["x a", "y a"])
    #expect(differences([a, a], [a]).map(\.change) == [.removed])
  }

  @Test("pretty JSON means the same, has an entry a line, and ends with a line break")
  func pretty() {
    let json = #"{"a":[1,{"b":"c\"}"}],"e":{},"f":[],"big":7205759403792793651}"#
    let text = String(decoding: SnapshotFolder.json(entities([json])), as: UTF8.self)
    #expect(
      text == #"""
        [
          {
            "a": [
              1,
              {
                "b": "c\"}"
              }
            ],
            "e": {},
            "f": [],
            "big": 7205759403792793651
          }
        ]

        """#)
    #expect(SnapshotFolder.json([]) == Array("[]\n".utf8))
  }
}
