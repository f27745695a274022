import PortolanCatalog
import Testing

@Suite struct UpsertTests {
  @Test func anEntityIsThereAfterItWasWritten() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let outcomes = try await fixture.upsert(
      #"{"identifier": "a", "blueprint": "service", "title": "A", "properties": {"status": "up"}}"#)
    #expect(outcomes == [.done(identifier: "a", isNew: true)])
    let entity = try #require(try await fixture.catalog.entity(EntityKey("service", "a")))
    #expect(entity.datasource == "port-ocean/jira/1.0/my-jira/exporter")
    #expect(String(decoding: entity.json, as: UTF8.self).contains(#""status":"up""#))
    #expect(entity.createdAt == entity.updatedAt && entity.createdAt.hasSuffix("Z"))
  }

  @Test func writingTheSameAgainChangesNothing() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let line = #"{"identifier": "a", "blueprint": "service", "relations": {"team": "t"}}"#
    try await fixture.upsert(line)
    let before = try #require(try await fixture.catalog.entity(EntityKey("service", "a")))
    let revision = try fixture.revision()
    for merges in [true, false] {
      let outcomes = try await fixture.upsert(line, merges: merges)
      #expect(outcomes == [.done(identifier: "a", isNew: false)])
    }
    let after = try #require(try await fixture.catalog.entity(EntityKey("service", "a")))
    #expect(before.updatedAt == after.updatedAt)
    #expect(try fixture.revision() == revision)
    #expect(try await fixture.catalog.history(of: EntityKey("service", "a")).count == 1)
  }

  @Test func aMissingTargetIsCreatedBareAndOwnedByNobody() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(#"{"identifier": "a", "blueprint": "service", "relations": {"team": "t"}}"#)
    let target = try #require(try await fixture.catalog.entity(EntityKey("team", "t")))
    #expect(target.datasource == "")
    let snapshot = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    #expect(try snapshot.ownedCounts() == ["service": 1])
    #expect(
      try snapshot.related(to: [EntityKey("team", "t")]) == [
        RelatedEntity(EntityKey("service", "a"), "team", to: EntityKey("team", "t"))
      ])
  }

  @Test func aMissingTargetRefusesItsEntityWhereTargetsAreNotCreated() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let outcomes = try await fixture.upsert(
      #"{"identifier": "a", "blueprint": "service", "relations": {"team": "t"}}"#,
      #"{"identifier": "b", "blueprint": "service"}"#, creates: false)
    #expect(outcomes[0].refusal?.status == 404 && outcomes[0].refusal?.code == "not_found")
    #expect(outcomes[1] == .done(identifier: "b", isNew: true))
    #expect(try await fixture.json("service", "a") == nil)
    #expect(try await fixture.json("team", "t") == nil)
  }

  @Test func aWrongEntityCostsItselfAlone() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let outcomes = try await fixture.upsert(
      "{", "[]", "{}", #"{"identifier": null}"#, #"{"identifier": "x", "blueprint": "team"}"#,
      #"{"identifier": "a", "properties": {"status": 3}}"#, #"{"identifier": "b"}"#)
    #expect(outcomes.dropLast().allSatisfy { $0.refusal?.status == 422 })
    #expect(outcomes.last == .done(identifier: "b", isNew: true))
  }

  @Test func identifiersThatAreNoTextBecomeText() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let outcomes = try await fixture.upsert(#"{"identifier": 17}"#, #"{"identifier": true}"#)
    #expect(outcomes == [.done(identifier: "17", isNew: true), .done(identifier: "true", isNew: true)])
    #expect(try await fixture.json("service", "17")?.contains(#""identifier":"17""#) == true)
  }

  @Test func searchIdentifiersMustFindOneEntity() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(
      #"{"identifier": "a", "properties": {"status": "up"}}"#,
      #"{"identifier": "b", "properties": {"status": "down"}}"#,
      #"{"identifier": "c", "properties": {"status": "down"}}"#)
    func write(_ status: String) async throws -> WriteOutcome? {
      try await fixture.upsert(
        """
        {"identifier": {"combinator": "and", "rules":
          [{"property": "status", "operator": "=", "value": "\(status)"}]}, "title": "found"}
        """
      ).first
    }
    #expect(try await write("up") == .done(identifier: "a", isNew: false))
    #expect(try await fixture.json("service", "a")?.contains(#""title":"found""#) == true)
    let none = try await write("gone")?.refusal
    #expect(none?.isUnresolvedQuery == true && none?.code == "not_found")
    #expect(try await write("down")?.refusal?.status == 422)
  }
}
