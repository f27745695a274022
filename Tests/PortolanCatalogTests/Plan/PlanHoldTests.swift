import Portolan
import Testing

@testable import PortolanCatalog

@Suite("What a plan does not delete")
struct PlanHoldTests {
  private static let config = ConfigText(resources: [
    .init("item", makes: "thing", "title: .title", "relations:", "  owner: .owner"),
    .init("user", makes: "person", "title: .name"),
  ])
  private static let relations = ["thing": ["owner": "person"]]

  private func names(_ prefix: String, _ count: Int) -> [String] {
    (0..<count).map { #"{"name": "\#(prefix)\#($0)"}"# }
  }

  private func filled(
    _ config: ConfigText = Self.config, things: Int = 3, people: Int = 3
  ) async throws -> MemoryCatalog {
    let catalog = MemoryCatalog(Self.relations)
    try await plan(config, ["item": names("t", things), "user": names("u", people)], catalog).applyPlainly(
      to: catalog)
    return catalog
  }

  @Test("A resource that is not complete holds what it can make, and the others go on")
  func incomplete() async throws {
    let catalog = try await filled()
    let plan = try await plan(
      Self.config, ["item": names("t", 2), "user": names("u", 2)], catalog, broken: ["item"])
    #expect(try plan.words() == ["delete person/u2", "hold thing/t2 incomplete"])
    #expect(!plan.summary.isComplete)
    #expect(plan.summary.resources.map(\.isComplete) == [false, true])
  }

  @Test(
    "So does one whose selector, identifier or blueprint fails",
    arguments: [".fail // error", ".fail | not | not | tostring"])
  func failing(query: String) async throws {
    let catalog = try await filled()
    var config = Self.config
    config.resources[0].query = query
    let plan = try await plan(config, ["item": names("t", 2), "user": names("u", 2)], catalog)
    #expect(try plan.words().contains("delete person/u2"))
    #expect(try plan.words().contains("hold thing/t2 incomplete"))
  }

  @Test("And one whose identifier fails on an item, or that is not well-formed")
  func broken() async throws {
    let catalog = try await filled()
    var config = Self.config
    config.resources[0].identifier = ".name | if . == \"t0\" then error else . end"
    let failed = try await plan(config, ["item": names("t", 2), "user": names("u", 2)], catalog)
    #expect(
      try failed.words() == ["delete person/u2", "hold thing/t0 incomplete", "hold thing/t2 incomplete"])

    config = Self.config
    config.resources[0].lines = ["titel: .x", "properties: 3"]
    let leftOut = try await plan(config, ["item": names("t", 2), "user": names("u", 2)], catalog)
    #expect(try leftOut.operation("person/u2")?.action == .delete)
    #expect(try leftOut.operation("thing/t0")?.hold?.word == "incomplete")
  }

  @Test("A resource whose blueprint an expression chooses holds all")
  func unknownBlueprint() async throws {
    let catalog = try await filled()
    var config = Self.config
    config.resources[0].blueprint = ".b // \"thing\""
    let all = try await plan(
      config, ["item": names("t", 2), "user": names("u", 2)], catalog, broken: ["item"])
    #expect(try all.words() == ["hold person/u2 incomplete", "hold thing/t2 incomplete"])
    config.resources[0].blueprint = "if .b then \"thing\" else \"other\" end"
    let some = try await plan(
      config, ["item": names("t", 0), "user": names("u", 2)], catalog, broken: ["item"])
    #expect(try some.operation("person/u2")?.action == .delete)
    #expect(try some.operation("thing/t2")?.action == .hold)
  }

  @Test("Only some kinds: what others can make is held")
  func kinds() async throws {
    let catalog = try await filled()
    let plan = try await plan(Self.config, ["user": names("u", 2)], catalog) { $0.kinds = ["user"] }
    #expect(try plan.words().filter { $0.hasPrefix("hold") }.count == 3)
    #expect(try plan.operation("person/u2")?.action == .delete)
    let hold = try #require(try plan.operation("thing/t0")?.hold)
    #expect(hold == .incomplete(kind: "item", resource: 0, why: "only the kind `user` was mapped"))
  }

  @Test("A resource that gives nothing, where there were ten or more, holds them until it is allowed")
  func empty() async throws {
    let catalog = try await filled(things: 10, people: 20)
    let held = try await plan(Self.config, ["user": names("u", 20)], catalog)
    #expect(held.summary.total.hold == 10)
    #expect(try held.operation("thing/t0")?.hold == .empty(kind: "item", resource: 0, owned: 10))
    let allowed = try await plan(Self.config, ["user": names("u", 20)], catalog) {
      $0.allowedEmpty = ["item"]
    }
    #expect(allowed.summary.total.delete == 10)
    let few = try await plan(Self.config, ["user": names("u", 20)], filled(things: 9, people: 20))
    #expect(few.summary.total.delete == 9)
  }

  @Test("One that gives nothing holds what another one makes too, until it is allowed")
  func emptyBesideOthers() async throws {
    let config = ConfigText(resources: [.init("item", makes: "thing"), .init("extra", makes: "thing")])
    let catalog = MemoryCatalog()
    try await plan(config, ["item": names("t", 20), "extra": names("x", 5)], catalog).applyPlainly(
      to: catalog)
    let held = try await plan(config, ["item": names("t", 20)], catalog)
    #expect(held.summary.total.hold == 5 && held.summary.total.delete == 0)
    #expect(try held.operation("thing/x0")?.hold == .empty(kind: "extra", resource: 1, owned: 25))
    let allowed = try await plan(config, ["item": names("t", 20)], catalog) { $0.allowedEmpty = ["extra"] }
    #expect(allowed.summary.total.delete == 5)
  }

  @Test(
    "Where objects came and none became an entity, the words say so, and which line to look at",
    arguments: [(true, "the selector, which turns away 12 (line 4)"), (false, "which 12 have not (line 8)")])
  func objectsWithoutEntities(isFiltered: Bool, advice: String) async throws {
    let catalog = try await filled(things: 12, people: 20)
    var config = Self.config
    if isFiltered {
      config.resources[0].query = "false"
    } else {
      config.resources[0].identifier = ".slug"
    }
    let held = try await plan(config, ["item": names("t", 12), "user": names("u", 20)], catalog)
    let hold = try #require(try held.operation("thing/t0")?.hold)
    #expect(hold == .empty(kind: "item", resource: 0, owned: 12, objects: 12))
    let wording = held.summary.wording
    #expect(wording.reason(hold).hasPrefix("item gave 12 objects, and no entity was made of them"))
    #expect(wording.advice(hold).contains(advice))
    #expect(wording.advice(hold).hasSuffix("--allow-empty item"))
  }

  @Test("A config without resources deletes nothing")
  func noResources() async throws {
    let catalog = try await filled()
    let config = try PortAppConfig(yaml: Array("resources: []".utf8), file: "config.yml")
    let plan = try await Planner(CompiledMapping(config), owner: planOwner).plan(ListFetcher(), for: catalog)
    #expect(plan.summary.total.hold == 6)
    #expect(plan.summary.total.delete == 0)
  }

  @Test(
    "The share of all deletions decides: at most the threshold, 0 never, 1 always",
    arguments: [("0.5", 3, true), ("0.4", 3, false), ("0", 5, false), ("1", 0, true), ("0.9", 0, false)])
  func threshold(limit: String, left: Int, isDeleted: Bool) async throws {
    var config = Self.config
    config.settings = ["entityDeletionThreshold: \(limit)"]
    let catalog = try await filled(config)
    let plan = try await plan(
      config, ["item": names("t", min(left, 3)), "user": names("u", max(0, left - 3))], catalog)
    #expect((plan.summary.total.delete > 0) == isDeleted)
    #expect((plan.summary.total.hold > 0) == !isDeleted)
    #expect(try plan.operations().allSatisfy { $0.hold.map { $0.word == "threshold" } ?? true })
  }

  @Test("What a desired entity relates to is held, and what that relates to")
  func related() async throws {
    let catalog = try await filled()
    let plan = try await plan(
      Self.config, ["item": [#"{"name": "t0", "owner": "u2"}"#] + names("x", 2), "user": names("u", 2)],
      catalog)
    #expect(
      try plan.operation("person/u2")?.hold
        == .related(RelatedEntity(EntityKey("thing", "t0"), "owner", to: EntityKey("person", "u2"))))
    #expect(try plan.operation("person/u2")?.dependentCount == 1)
    #expect(try plan.operation("thing/t1")?.action == .delete)
    #expect(plan.summary.removals.first { $0.blueprint == "person" }?.pointers.first?.relation == "owner")
  }

  @Test("A target that has nothing but a name, and that a desired entity relates to, is as it should be")
  func bareTarget() async throws {
    let catalog = MemoryCatalog(Self.relations)
    var config = Self.config
    config.resources[1].lines = []
    let objects = ["item": [#"{"name": "t", "owner": "u2"}"#], "user": names("u", 3)]
    try await plan(config, objects, catalog).applyPlainly(to: catalog)
    let plan = try await plan(config, ["item": objects["item"] ?? [], "user": names("u", 2)], catalog)
    #expect(try plan.words() == [])
    #expect(!plan.summary.hasChanges)
  }

  @Test("A long chain of what relates to something that stays is held to its end")
  func chain() async throws {
    let count = 2000
    let config = ConfigText(resources: [.init("item", makes: "thing", "relations:", "  next: .next")])
    let catalog = MemoryCatalog(["thing": ["next": "thing"]])
    let things = (0..<count).map { #"{"name": "t\#($0)", "next": "t\#($0 + 1)"}"# }
    try await plan(config, ["item": things], catalog).applyPlainly(to: catalog)
    let plan = try await plan(config, ["item": Array(things.prefix(count / 2))], catalog)
    #expect(plan.summary.total.hold == count / 2)
    #expect(plan.summary.removals.first?.hold?.word == "related")
    #expect(plan.summary.total.keep == count / 2)
  }

  @Test("What related to it and does not any more is no obstacle")
  func unrelated() async throws {
    let catalog = MemoryCatalog(Self.relations)
    let people = names("u", 3)
    let before = ["item": [#"{"name": "t", "owner": "u2"}"#], "user": people]
    try await plan(Self.config, before, catalog).applyPlainly(to: catalog)
    let gone = try await plan(
      Self.config, ["item": [#"{"name": "t", "owner": "u1"}"#], "user": names("u", 2)], catalog)
    #expect(try gone.words() == ["change thing/t relations.owner by unknown", "delete person/u2"])
    let kept = try await plan(Self.config, ["item": before["item"] ?? [], "user": names("u", 2)], catalog)
    #expect(try kept.operation("person/u2")?.hold?.word == "related")
  }

  @Test("What somebody else's entity depends on is held, unless dependents go with it, by name")
  func dependents() async throws {
    var config = Self.config
    config.settings = ["createMissingRelatedEntities: false", "deleteDependentEntities: false"]
    let catalog = try await filled(config)
    catalog.put(
      EntityKey("thing", "f"), #"{"identifier": "f", "blueprint": "thing", "relations": {"owner": "u2"}}"#,
      by: "port-ocean/other/1/two/exporter")
    let objects = ["item": names("t", 3), "user": names("u", 2)]
    let pointer = RelatedEntity(EntityKey("thing", "f"), "owner", to: EntityKey("person", "u2"))
    #expect(try await plan(config, objects, catalog).operation("person/u2")?.hold == .dependent(pointer))

    config.settings = ["createMissingRelatedEntities: false", "deleteDependentEntities: true"]
    let deletion = try #require(try await plan(config, objects, catalog).operation("person/u2"))
    #expect(deletion.action == .delete)
    #expect(deletion.dependents == [pointer])
    #expect(deletion.dependentCount == 1)
  }

  @Test("What others own and relates to a deletion is asked for, and that it cannot be told is said")
  func relationError() async throws {
    let catalog = try await filled()
    catalog.state.withLock { $0.relationError = CatalogError(.unavailable, "no answer") }
    let plan = try await plan(Self.config, ["item": names("t", 2), "user": names("u", 2)], catalog)
    #expect(plan.summary.total.delete == 2)
    let findings = plan.summary.diagnostics.filter { $0.message.hasSuffix("no answer") }
    #expect(findings.map(\.severity) == [.warning])
  }

  @Test("What a search query may stand for is held, and such an entity is always written")
  func queries() async throws {
    let catalog = try await filled()
    var config = Self.config
    config.resources[1].lines = ["title: .title"]
    let query =
      #"{"combinator": "and", "rules": [{"property": "$identifier", "operator": "=", "value": "u2"}]}"#
    let objects = [
      "item": [#"{"name": "t0", "owner": \#(query)}"#, #"{"name": "t1"}"#, #"{"name": "t2"}"#],
      "user": names("u", 1),
    ]
    for _ in 0..<2 {
      let plan = try await plan(config, objects, catalog)
      #expect(try plan.operation("person/u2")?.hold?.word == "query")
      #expect(try plan.operation("person/u1")?.action == .delete)
      let written = try #require(try plan.operation("thing/t0"))
      #expect(written.action == .write)
      #expect(written.before != nil)
      #expect(!plan.summary.hasChanges || plan.summary.total.delete > 0)
    }
    var broken = objects
    broken["item"]?[0] = #"{"name": "t0", "owner": {"combinator": "xor", "rules": []}}"#
    let plan = try await plan(config, broken, catalog)
    #expect(try plan.operation("person/u1")?.hold?.word == "query")
    #expect(plan.summary.total.delete == 0)
  }

  @Test("An identifier that is a query is a write, each with its own number")
  func searchIdentifier() async throws {
    let catalog = MemoryCatalog()
    var config = Self.config
    config.resources[0].identifier =
      "{combinator: '\"and\"', rules: [{property: '\"$title\"', operator: '\"=\"', value: .name}]}"
    let plan = try await plan(config, ["item": [#"{"name": "a"}"#, #"{"name": "a"}"#]], catalog)
    #expect(plan.summary.total.write == 2)
    #expect(try plan.operations().allSatisfy { $0.action == .write })
  }
}

@Suite("Entities with the same key in plans")
struct PlanDuplicateTests {
  private static let config = ConfigText(resources: [
    .init("late", makes: "thing"), .init("item", makes: "thing"),
  ])

  @Test("Of two new ones the later counts, and both places are named")
  func new() async throws {
    let plan = try await plan(
      Self.config,
      [
        "item": [#"{"name": "a", "title": "1"}"#, #"{"name": "a", "title": "2"}"#],
        "late": [#"{"name": "a", "title": "0"}"#],
      ], MemoryCatalog())
    let operation = try #require(try plan.operation("thing/a"))
    #expect(JSONView(valid: operation.after ?? [])["title"]?.text == "2")
    #expect(plan.summary.duplicateCount == 2)
    let finding = try #require(plan.summary.diagnostics.first { $0.rule == .duplicateEntity })
    #expect(finding.message.contains("late.json:1:2") && finding.message.contains("item.json:1:2"))
  }

  @Test("One that turns a change back into what is there removes the operation")
  func kept() async throws {
    let catalog = MemoryCatalog()
    let object = #"{"name": "a", "title": "1"}"#
    try await plan(Self.config, ["item": [object]], catalog).applyPlainly(to: catalog)
    let plan = try await plan(
      Self.config, ["item": [#"{"name": "a", "title": "2"}"#, object], "late": [#"{"name": "a"}"#]], catalog)
    #expect(try plan.words().isEmpty)
    #expect(plan.summary.total.keep == 1)
    #expect(plan.summary.duplicateCount == 2)
  }
}
