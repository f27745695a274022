import Testing

@testable import Portolan

@Suite("Blueprints")
struct BlueprintsTests {
  private func load(_ json: String) throws(DiagnosticsError) -> Blueprints {
    try Blueprints.load(json: Array(json.utf8), file: "b.json")
  }

  @Test("a blueprint is read whole, in the file's order")
  func whole() throws {
    let blueprints = try load(LintRuleTests.blueprints)
    #expect(blueprints.all.map(\.identifier) == ["b", "user"])
    let blueprint = try #require(blueprints["b"])
    #expect(blueprint.properties.map(\.name) == ["p", "count", "tags", "on", "free"])
    #expect(blueprint.property("p")?.type == .string)
    #expect(blueprint.property("p")?.enumValues == [#""high""#, #""low""#])
    #expect(blueprint.property("free") == BlueprintProperty())
    #expect(blueprint.required == ["count"])
    #expect(blueprint.relation("owner") == BlueprintRelation(target: "user"))
    #expect(blueprint.mirrorProperties == ["mirrored"])
    #expect(blueprint.aggregationProperties == ["sum"])
    #expect(blueprints["none"] == nil)
  }

  @Test("formats, items and relations to many")
  func details() throws {
    let blueprints = try load(
      #"""
      {"identifier": "x", "title": "\ud83d\ude00", "schema": {"properties": {
        "u": {"type": "string", "format": "url"},
        "l": {"type": "array", "items": {"type": "string", "format": "user", "enum": ["a", 1]}}}},
       "relations": {"r": {"target": "y", "many": true, "required": true}}}
      """#)
    let blueprint = try #require(blueprints["x"])
    #expect(blueprint.title == "😀")
    #expect(blueprint.property("u")?.format == "url")
    #expect(blueprint.property("l")?.itemsType == .string)
    #expect(blueprint.property("l")?.itemsFormat == "user")
    #expect(blueprint.property("l")?.itemsEnumValues == [#""a""#, "1"])
    #expect(blueprint.relation("r") == BlueprintRelation(target: "y", many: true, required: true))
  }

  @Test(
    "what is wrong is told with its place",
    arguments: [
      ("", "1:1"), ("[\n  {\"identifier\": }", "2:18"), ("3", "1:1"), ("[{}]", "1:2"),
      ("[{\"identifier\": \"a\"},\n {\"identifier\": \"a\"}]", "2:2"),
      ("{\"identifier\": \"a\", \"schema\": []}", "1:31"),
      ("{\"identifier\": \"é\", \"relations\": {\"r\": {}}}", "1:40"),
    ])
  func broken(json: String, place: String) throws {
    let error = try #require(throws: DiagnosticsError.self) { try load(json) }
    let first = try #require(error.diagnostics.first)
    #expect(first.rule == .invalidBlueprints)
    #expect(first.location.map { "\($0.line):\($0.column)" } == place)
    #expect(first.help != nil)
  }

  @Test("the shipped blueprints are read")
  func shipped() throws {
    for name in ["jira", "octopus"] {
      let root = repository.appending(path: ".port/\(name)").path
      #expect(try !Blueprints.load(contentsOf: root + "/resources/blueprints.json").all.isEmpty)
    }
  }
}
