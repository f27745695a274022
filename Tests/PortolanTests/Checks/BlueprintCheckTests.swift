import Testing

@testable import Portolan

@Suite("Entities against the blueprints")
struct BlueprintCheckTests {
  private let object = ["thing": #"{"id": "a", "x": 1, "s": "b", "l": ["a", "b"]}"#]

  @Test("a property that the blueprint lacks, the nearest one, and one that the catalog computes")
  func properties() async throws {
    let found = try await checks(
      things("properties:\n  sumary: .x\n  other: .x\n  owner: .x"), object,
      blueprints: thing(#""summary": {}"#, more: #", "mirrorProperties": {"owner": {}}"#))
    #expect(found.map(\.rule) == [.unknownProperty, .unknownProperty, .computedProperty])
    #expect(
      found.map(\.help) == [
        "did you mean `summary`?", "add it to the blueprints, or leave it out", "leave it out of the mapping",
      ])
    #expect(found.map(\.field) == ["properties.sumary", "properties.other", "properties.owner"])
    #expect(found.map { $0.location?.line } == [9, 10, 11])
  }

  @Test("a blueprint that is not there; one of Port's own is")
  func blueprint() async throws {
    let other = resource("identifier: .id\nblueprint: '\"thign\"'")
    let found = try await checks(other, object, blueprints: thing())
    #expect(
      found.map(\.message) == ["`blueprint` of kind `thing` gives `thign`, which is none of the blueprints"])
    #expect(found.first?.help == "did you mean `thing`?")
    #expect(try await checks(other.replacing("thign", with: "_user"), object, blueprints: thing()).isEmpty)
  }

  @Test("what is required: null, or not mapped by any mapping to the blueprint")
  func required() async throws {
    let blueprint = thing(
      #""p": {}, "q": {}"#, required: #""p", "q""#, relations: #""r": {"target": "t", "required": true}"#)
    let yaml = things("properties:\n  p: .nothing // null\nrelations:\n  r: .none // null")
    let found = try await checks(yaml, object, blueprints: blueprint)
    #expect(
      found.map(\.message) == [
        "`properties.q` of kind `thing` is not mapped, and the blueprint `thing` requires it",
        "`properties.p` of kind `thing` is null where the blueprint `thing` requires a value: `a` (1 of 1 entity)",
        "`relations.r` of kind `thing` is null where the blueprint `thing` requires a value: `a` (1 of 1 entity)",
      ])
    let second = things("properties:\n  q: .x").replacing("resources:\n", with: "")
    let both = try await checks(yaml + "\n" + second, object, blueprints: blueprint)
    #expect(!both.contains { $0.message.contains("properties.q` of kind `thing` is not mapped") })
  }

  @Test("relations: to one and to many, and what is no identifier")
  func relations() async throws {
    let relations = #""one": {"target": "t"}, "many": {"target": "t", "many": true}"#
    func found(_ one: String, _ many: String) async throws -> [String] {
      try await checks(
        things("relations:\n  one: \(one)\n  many: \(many)"), object,
        blueprints: thing(relations: relations)
      ).map { String($0.message.split(separator: "` ").last ?? "").prefix(30).description }
    }
    #expect(try await found(".s", ".l").isEmpty)
    #expect(try await found("'null'", "'[]'").isEmpty)
    let wrong = try await checks(
      things("relations:\n  one: .l\n  many: .s\n  other: .s"), object,
      blueprints: thing(relations: relations))
    #expect(wrong.map(\.rule) == [.wrongValue, .wrongValue, .unknownRelation])
    #expect(wrong[0].message.contains("gives a list where the relation of the blueprint `thing` is to one"))
    #expect(wrong[1].message.contains("gives one identifier where the relation"))
    #expect(try await found(".x", "'[1]'").count == 2)
  }

  @Test("a search query is not looked into")
  func query() async throws {
    let yaml = things(
      """
      relations:
        one:
          combinator: '"and"'
          rules:
            - {property: '"$identifier"', operator: '"="', value: .s}
      """)
    #expect(
      try await checks(yaml, object, blueprints: thing(relations: #""one": {"target": "thing"}"#)).isEmpty)
  }

  @Test("a list of mappings: the field's path names the mapping, and its line is its own")
  func list() async throws {
    let yaml = resource(
      """
      - identifier: .id
        blueprint: '"_user"'
      - identifier: .id
        blueprint: '"thing"'
        properties: {nope: .x}
      """)
    let found = try await checks(yaml, object, blueprints: thing())
    #expect(found.map(\.field) == ["mappings[1].properties.nope"])
    #expect(found.first?.location?.line == 10)
  }

  @Test("without blueprints nothing is said of values")
  func none() async throws {
    #expect(try await checks(things("properties:\n  p: .x"), object).isEmpty)
  }
}
