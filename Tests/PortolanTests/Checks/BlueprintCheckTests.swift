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
    #expect(found.map(\.severity) == [.error, .error, .error])
    #expect(found.first?.help?.contains("`summary`") == true)
    #expect(found.map(\.field) == ["properties.sumary", "properties.other", "properties.owner"])
  }

  @Test("a blueprint that is not there; one of Port's own is")
  func blueprint() async throws {
    let other = MarkedText(resource("identifier: .id\nblueprint: '«\"thign\"»'"))
    let found = try await checks(other.text, object, blueprints: thing())
    #expect(found.map(\.rule) == [.unknownBlueprint])
    #expect(found.map(\.place) == [other.place])
    #expect(found.first?.message.contains("`thign`") == true)
    #expect(found.first?.help?.contains(#"`'"thing"'`"#) == true)
    let own = other.text.replacing("thign", with: "_user")
    #expect(try await checks(own, object, blueprints: thing()).isEmpty)
  }

  @Test("what is required: null, or not mapped by any mapping to the blueprint")
  func required() async throws {
    let blueprint = thing(
      #""p": {}, "q": {}"#, required: #""p", "q""#, relations: #""r": {"target": "_user", "required": true}"#)
    let yaml = things("properties:\n  p: .nothing // null\nrelations:\n  r: .none // null")
    let found = try await checks(yaml, object, blueprints: blueprint)
    #expect(found.map(\.rule) == [.missingRequired, .missingRequired, .missingRequired])
    #expect(found.map(\.severity) == [.warning, .warning, .warning])
    #expect(found.map(\.field) == ["blueprint", "properties.p", "relations.r"])
    #expect(found[0].message.contains("`q`"))
    #expect(found[1].message.hasSuffix("`a` (1 of 1 entity)"))
    let second = things("properties:\n  q: .x").replacing("resources:\n", with: "")
    let both = try await checks(yaml + "\n" + second, object, blueprints: blueprint)
    #expect(!both.contains { $0.field == "blueprint" })
  }

  @Test("relations: to one and to many, and what is no identifier")
  func relations() async throws {
    let relations = #""one": {"target": "_user"}, "many": {"target": "_user", "many": true}"#
    func found(_ one: String, _ many: String) async throws -> [Diagnostic] {
      try await checks(
        things("relations:\n  one: \(one)\n  many: \(many)"), object,
        blueprints: thing(relations: relations))
    }
    #expect(try await found(".s", ".l").isEmpty)
    #expect(try await found("'null'", "'[]'").isEmpty)
    let swapped = try await found(".l", ".s")
    #expect(swapped.map(\.rule) == [.wrongValue, .wrongValue])
    #expect(swapped[0].message.contains("an array: [\"a\",\"b\"] in `a`"))
    #expect(swapped[1].message.contains("an array of identifiers; this gives a string"))
    #expect(try await found(".x", "'[.x]'").count == 2)
    let unknown = try await checks(
      things("relations:\n  other: .s"), object, blueprints: thing(relations: relations))
    #expect(unknown.map(\.rule) == [.unknownRelation])
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
    let yaml = MarkedText(
      resource(
        """
        - identifier: .id
          blueprint: '"_user"'
        - identifier: .id
          blueprint: '"thing"'
          properties: {«nope»: .x}
        """))
    let found = try await checks(yaml.text, object, blueprints: thing())
    #expect(found.map(\.field) == ["mappings[1].properties.nope"])
    #expect(found.map(\.place) == [yaml.place])
  }

  @Test("without blueprints nothing is said of values")
  func none() async throws {
    #expect(try await checks(things("properties:\n  p: .x"), object).isEmpty)
  }
}
