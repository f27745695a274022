import PortolanCatalog
import Testing

@Suite struct DeletionTests {
  /// a → b → c by `uses`, and d for itself.
  private func chain() async throws -> LocalFixture {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(
      #"{"identifier": "c"}"#, #"{"identifier": "b", "relations": {"uses": ["c"]}}"#,
      #"{"identifier": "a", "relations": {"uses": ["b"]}}"#, #"{"identifier": "d"}"#)
    return fixture
  }

  @Test func whatDependsOnADeletedEntityGoesToo() async throws {
    let fixture = try await chain()
    let result = try await fixture.catalog.delete(
      ["c"], of: "service", deletingDependents: true, datasource: "curl")
    #expect(result.outcomes == [.done(identifier: "c", isNew: false)])
    #expect(result.deleted == ["a", "b", "c"].map { EntityKey("service", $0) })
    #expect(try await fixture.catalog.counts().map(\.count) == [1, 0])
    #expect(try await fixture.catalog.relatedEntities(to: [EntityKey("service", "c")]).isEmpty)
  }

  @Test func anEntityThatSomethingRelatesToIsRefusedWithItsDependents() async throws {
    let fixture = try await chain()
    let outcomes = try await fixture.catalog.delete(
      ["d", "c"], of: "service", deletingDependents: false, in: LocalFixture.run())
    #expect(outcomes.allSatisfy { $0.refusal?.status == 409 })
    #expect(outcomes.first?.refusal?.message.contains("service/b by uses") == true)
    #expect(try await fixture.json("service", "d") != nil)
  }

  @Test func dependentsInTheSameCallHinderNothing() async throws {
    let fixture = try await chain()
    let outcomes = try await fixture.catalog.delete(
      ["c", "b", "a", "nothing"], of: "service", deletingDependents: false, in: LocalFixture.run())
    #expect(outcomes.allSatisfy { $0.refusal == nil } && outcomes.count == 4)
    #expect(try await fixture.catalog.counts().map(\.count) == [1, 0])
  }

  @Test func anEntityMayRelateToItself() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let written = try await fixture.upsert(
      #"{"identifier": "x", "relations": {"uses": ["x"]}}"#, creates: false)
    #expect(written == [.done(identifier: "x", isNew: true)])
    let outcomes = try await fixture.catalog.delete(
      ["x"], of: "service", deletingDependents: false, in: LocalFixture.run())
    #expect(outcomes == [.done(identifier: "x", isNew: false)])
  }

  @Test func aDeletedEntityKeepsItsHistory() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let key = EntityKey("service", "a")
    try await fixture.upsert(#"{"identifier": "a"}"#)
    try await fixture.upsert(#"{"identifier": "a", "title": "A"}"#, by: LocalFixture.run("run-2"))
    _ = try await fixture.catalog.delete(["a"], of: "service", deletingDependents: true, datasource: "curl")
    try await fixture.upsert(#"{"identifier": "a"}"#, by: LocalFixture.run("run-3"))
    let history = try await fixture.catalog.history(of: key)
    #expect(history.map(\.change) == [.created, .deleted, .changed, .created])
    #expect(history.map(\.run) == ["run-3", nil, "run-2", "run-1"])
    #expect(history[1].datasource == "curl" && history[1].document == nil)
    #expect(history.map(\.revision) == history.map(\.revision).sorted(by: >))
    #expect(history[3].configHash.map { _ in true } == true)
  }

  @Test func deletingAllOfABlueprintLeavesWhatRelatesToThem() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(#"{"identifier": "t"}"#, of: "team")
    try await fixture.upsert(#"{"identifier": "a", "relations": {"team": "t"}}"#)
    let line = bytes(#"{"identifier": "a", "relations": {"team": "t"}}"#)
    #expect(try await fixture.catalog.deleteEntities(of: "team", andBlueprint: false, datasource: "curl") == 1)
    #expect(try await fixture.json("service", "a") != nil)
    // The same line again creates the target again.
    _ = try await fixture.catalog.upsert(
      [EntityWrite(json: line)], of: "service", UpsertOptions(), in: LocalFixture.run())
    #expect(try await fixture.json("team", "t") != nil)
  }

  @Test func aBlueprintGoesWithItsEntitiesWhereThatIsAskedFor() async throws {
    let fixture = try await chain()
    await #expect(throws: CatalogError.self) { try await fixture.catalog.deleteBlueprint("service") }
    #expect(try await fixture.catalog.deleteEntities(of: "service", andBlueprint: true, datasource: "curl") == 4)
    #expect(try await fixture.catalog.blueprint("service") == nil)
  }
}
