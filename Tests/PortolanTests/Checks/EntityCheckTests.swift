import Testing

@testable import Portolan

@Suite("Entities against each other")
struct EntityCheckTests {
  private let twice = #"[{"id": "a", "n": 1}, {"id": "b", "n": 1}, {"id": "a", "n": 2}, {"id": "b", "n": 2}]"#

  @Test("two objects with the same identifier, where a value gets lost: both places, once for a mapping")
  func duplicate() async throws {
    let found = try await checks(things("properties:\n  n: .n"), ["thing": twice])
    #expect(found.map(\.rule) == [.duplicateEntity])
    let message = try #require(found.first?.message)
    #expect(
      message.hasPrefix("two objects make `a` of blueprint `thing`, which differ in `properties.n`: "))
    #expect(message.contains("thing.json:1:2 and "))
    #expect(message.hasSuffix("thing.json:1:44"))
    #expect(found.first?.similar == 1)
    #expect(found.first?.location?.line == 6)
  }

  @Test("the same entity twice loses nothing; nor do mappings that set different fields, as they are merged")
  func merged() async throws {
    #expect(try await checks(things(""), ["thing": twice]).isEmpty)
    let one = #"[{"id": "a", "n": 1}]"#
    let both =
      things("title: .id") + "\n" + things("properties:\n  n: .n").replacing("resources:\n", with: "")
    #expect(try await checks(both, ["thing": one]).isEmpty)
    let replacing = try await checks("enableMergeEntity: false\n" + both, ["thing": one])
    #expect(replacing.map(\.rule) == [.duplicateEntity])
  }

  @Test("items of one object say so")
  func items() async throws {
    let yaml = resource(
      "identifier: .id\nblueprint: '\"thing\"'\ntitle: .item", port: "itemsToParse: .list")
    let found = try await checks(yaml, ["thing": #"{"id": "a", "list": ["x", "y"]}"#])
    #expect(found.first?.message.contains("both of ") == true)
  }

  @Test(
    "a relation that is written otherwise than the entity that is made: once, with how many and an example")
  func missing() async throws {
    let blueprint = thing(
      relations: #""up": {"target": "thing", "many": true}, "who": {"target": "_user"}"#)
    let yaml = things("relations:\n  up: .up\n  who: .who")
    let objects =
      #"[{"id": "a-1", "up": ["b", "A_1"], "who": "w"}, {"id": "b", "up": ["B"]}, {"id": "c", "up": ["b"]}]"#
    let found = try await checks(yaml, ["thing": objects], blueprints: blueprint)
    #expect(found.map(\.rule) == [.missingTarget])
    #expect(found.map(\.severity) == [.warning])
    #expect(found.map(\.place) == [MarkedText(yaml.replacing("up: .up", with: "up: «.up»")).place])
    #expect(found.first?.message.contains("`thing`") == true)
    #expect(found.first?.message.hasSuffix(#": "A_1" in `a-1` (2 of 3 entities)"#) == true)
    #expect(found.first?.help == "did you mean `a-1`, which is made?")
    #expect(try await checks(yaml, ["thing": objects], blueprints: blueprint, kinds: ["thing"]).isEmpty)
  }

  @Test(
    "a relation that never leads to an entity is found by its looks, and one to an entity elsewhere is none")
  func unlike() async throws {
    let blueprint = thing(relations: #""up": {"target": "thing"}"#)
    let yaml = things("relations:\n  up: .up")
    let numbers = #"[{"id": "TICK-1", "up": "10201"}, {"id": "TICK-2", "up": "10202"}]"#
    #expect(try await checks(yaml, ["thing": numbers], blueprints: blueprint).map(\.rule) == [.missingTarget])
    let elsewhere = #"[{"id": "TICK-1", "up": "TICK-8"}, {"id": "TICK-2", "up": "TICK-9"}]"#
    #expect(try await checks(yaml, ["thing": elsewhere], blueprints: blueprint).isEmpty)
  }
  @Test("a relation that is no identifier is found beside those that are, and says how they are made")
  func refused() async throws {
    let blueprint = thing(relations: #""up": {"target": "thing"}"#)
    let yaml = things("relations:\n  up: .up")
    let names = #"[{"id": "TICK-1", "up": "Ada Lovelace"}, {"id": "TICK-2", "up": "TICK-1"}]"#
    let found = try await checks(yaml, ["thing": names], blueprints: blueprint)
    #expect(found.map(\.rule) == [.missingTarget])
    #expect(found.first?.message.hasSuffix(#": "Ada Lovelace" in `TICK-1` (1 of 2 entities)"#) == true)
    let help = try #require(found.first?.help)
    #expect(help.contains("has a blank in it") && help.contains("`.id`") && help.contains("`TICK-1`"))
    let empty = #"[{"id": "TICK-1", "up": ""}, {"id": "TICK-2", "up": "TICK-1"}]"#
    #expect(try await checks(yaml, ["thing": empty], blueprints: blueprint).isEmpty)
  }

  @Test("a relation that is always the same may lead elsewhere, but not to a blueprint")
  func constant() async throws {
    let blueprint = thing(relations: #""up": {"target": "thing"}"#)
    let objects = #"[{"id": "ticket"}, {"id": "other"}]"#
    let elsewhere = things("relations:\n  up: '\"platform\"'")
    #expect(try await checks(elsewhere, ["thing": objects], blueprints: blueprint).isEmpty)
    let named = things("relations:\n  up: '\"thing\"'")
    let found = try await checks(named, ["thing": objects], blueprints: blueprint)
    #expect(found.map(\.rule) == [.missingTarget])
    #expect(found.first?.help?.hasPrefix("`thing` is a blueprint, no entity") == true)
  }
}
