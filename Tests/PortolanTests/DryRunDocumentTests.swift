import TestSupport
import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: the dry-run document")
struct DryRunDocumentTests {
  @Test("a resource's JSON: counts, entities in order, fields in the mapping's order")
  func document() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "thing.json",
      #"[{"id":"b","keep":true,"n":1}, {"id":"a","keep":true}, {"keep":true,"n":2}, {"id":"c","keep":false}]"#
    )
    let mapping = "identifier: .id\nblueprint: '\"b\"'\nproperties:\n  up: .n | ascii_upcase\n  n: .n"
    let config = try config(resource(mapping, selector: "query: .keep"))
    let result = await DryRun(config, fixtures: FixtureFolder(folder.path)).run()
    let json = String(decoding: try #require(result.resources.first).json(), as: UTF8.self)
    let message = try #require(
      result.resources.first?.report.fields.first { $0.field == "properties.up" }?.message)
    #expect(
      json == #"""
        {"kind": "thing", "index": 0, "raw": 4, "unparsed": 0, "items": 4, "mapped": 2, "filtered": 1, \#
        "skipped": 1, "failed": 0, "entities": [
        {"identifier":"b","blueprint":"b","properties":{"up":null,"n":1}},
        {"identifier":"a","blueprint":"b","properties":{"up":null,"n":null}}
        ], "fields": [
        {"field": "identifier", "expression": ".id", "nulls": 1, "errors": 0},
        {"field": "properties.up", "expression": ".n | ascii_upcase", "nulls": 3, "errors": 3, \#
        "message": "\#(message)"},
        {"field": "properties.n", "expression": ".n", "nulls": 1, "errors": 0}
        ]}
        """#)
  }

  @Test("progress goes up to the whole")
  func progress() async throws {
    let folder = try TemporaryFolder()
    try folder.write("thing.json", #"{"id":"a"}"#)
    try folder.write("other.json", #"{"id":"a"}"#)
    let entries = ["thing", "other", "thing"].map {
      "- {kind: \($0), port: {entity: {mappings: {identifier: .id, blueprint: '\"b\"'}}}}\n"
    }
    let config = try config("resources:\n" + entries.joined())
    var shares: [Double] = []
    _ = await DryRun(config, fixtures: FixtureFolder(folder.path)).run { shares.append($0.share ?? -1) }
    #expect(shares == [0.5, 1])
  }
}
