import PortolanCatalog
import Testing

@Suite struct SetupTests {
  @Test func anIntegrationIsKeptAsTheAPIHasIt() async throws {
    let fixture = try LocalFixture()
    let catalog = fixture.catalog
    #expect(try await catalog.integration("my-jira") == nil)
    try await catalog.createIntegration(
      bytes(#"{"installationId": "my-jira", "installationAppType": "jira", "version": "1", "config": {}}"#))
    await #expect(throws: CatalogError.self) {
      try await catalog.createIntegration(bytes(#"{"installationId": "my-jira"}"#))
    }
    let text = String(decoding: try #require(try await catalog.integration("my-jira")), as: UTF8.self)
    #expect(text.contains(#""identifier":"my-jira""#) && text.contains(#""integrationType":"jira""#))
    #expect(text.contains(#""createdAt":"2023-"#))
    #expect(try await catalog.resyncRequest(of: "my-jira") == nil)
    try await catalog.updateIntegration("my-jira", bytes(#"{"version": "2", "config": {}}"#))
    #expect(try await catalog.resyncRequest(of: "my-jira") == nil)
    try await catalog.updateIntegration(
      "my-jira", bytes(#"{"config": {"resources": []}, "identifier": "x"}"#))
    let request = try #require(try await catalog.resyncRequest(of: "my-jira"))
    #expect(try await catalog.requestResync(of: "my-jira"))
    #expect(try #require(try await catalog.resyncRequest(of: "my-jira")) > request)
    #expect(try await catalog.integrations().count == 1)
    #expect(try await catalog.deleteIntegration("my-jira"))
    #expect(try await !catalog.deleteIntegration("my-jira"))
    await #expect(throws: CatalogError.self) { try await catalog.updateIntegration("my-jira", bytes("{}")) }
  }

  @Test func aBlueprintIsCreatedOnceAndChangedByItsMembers() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let catalog = fixture.catalog
    let error = await #expect(throws: CatalogError.self) { try await fixture.createBlueprints() }
    #expect(error?.kind == .refused)
    try await catalog.updateBlueprint("team", bytes(#"{"title": "Team"}"#))
    let text = String(decoding: try #require(try await catalog.blueprint("team")), as: UTF8.self)
    #expect(text.contains(#""title":"Team""#) && text.contains(#""parent""#) && text.contains("updatedAt"))
    let missing = await #expect(throws: CatalogError.self) {
      try await catalog.updateBlueprint("none", bytes("{}"))
    }
    #expect(missing?.kind == .notFound)
    #expect(try await catalog.blueprints().count == 2)
    try await catalog.deleteBlueprint("service")
    #expect(try await catalog.blueprint("service") == nil)
  }

  @Test func relationsFollowTheirBlueprint() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let line = #"{"identifier": "a", "relations": {"team": "t"}}"#
    try await fixture.upsert(line)
    try await fixture.catalog.updateBlueprint(
      "service", bytes(#"{"relations": {"team": {"target": "service", "many": false, "required": false}}}"#))
    #expect(try await fixture.catalog.relatedEntities(to: [EntityKey("team", "t")]).isEmpty)
    #expect(try await fixture.catalog.relatedEntities(to: [EntityKey("service", "t")]).count == 1)
    // The same line means another target now.
    try await fixture.upsert(line)
    #expect(try await fixture.json("service", "t") != nil)
  }

  @Test func entitiesLoseWhatTheirBlueprintHasNoLonger() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(
      #"{"identifier": "a", "properties": {"status": "up"}, "relations": {"team": "t"}}"#,
      #"{"identifier": "b"}"#)
    try await fixture.catalog.updateBlueprint(
      "service", bytes(#"{"schema": {"properties": {}, "required": []}, "relations": {}}"#))
    let json = #"{"identifier":"a","blueprint":"service","properties":{},"relations":{}}"#
    #expect(try await fixture.json("service", "a") == json)
    #expect(try await fixture.catalog.relatedEntities(to: [EntityKey("team", "t")]).isEmpty)
    #expect(try await fixture.upsert(#"{"identifier": "a"}"#) == [.done(identifier: "a", isNew: false)])
    let history = try await fixture.catalog.history(of: EntityKey("service", "a"))
    #expect(history.first?.document == bytes(json))
    #expect(history.count > 1 && history.last?.change == .created)
    #expect(try await fixture.catalog.history(of: EntityKey("service", "b")).count == 1)
  }

  @Test func resourcesAreKeptByKindAndBlueprint() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let catalog = fixture.catalog
    let scorecard = CatalogResource(.scorecard, "ready", of: "service", json: bytes("{}"))
    try await catalog.createResource(scorecard)
    await #expect(throws: CatalogError.self) { try await catalog.createResource(scorecard) }
    #expect(try await catalog.hasResource(.scorecard, "ready", of: "service"))
    #expect(try await !catalog.hasResource(.page, "ready", of: nil))
    #expect(try await catalog.resources(.scorecard) == [scorecard])
    #expect(try await catalog.deleteResource(.scorecard, "ready", of: "service"))
    #expect(try await catalog.resources(.scorecard).isEmpty)
  }

  @Test func queriesFindEntitiesByTheirKeysAndRelations() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(
      #"{"identifier": "c", "properties": {"status": "up"}}"#,
      #"{"identifier": "b", "relations": {"uses": ["c"]}}"#,
      #"{"identifier": "a", "relations": {"uses": ["b"]}}"#)
    func find(_ rules: String) async throws -> [String] {
      let query = try SearchQuery(json: bytes(#"{"combinator": "and", "rules": [\#(rules)]}"#))
      return try await fixture.catalog.search(query).map(\.key.identifier)
    }
    #expect(try await find(#"{"property": "status", "operator": "=", "value": "up"}"#) == ["c"])
    #expect(
      try await find(
        """
        {"property": "$blueprint", "operator": "=", "value": "service"},
        {"property": "$identifier", "operator": "in", "value": ["a", "c", "x"]}
        """) == ["a", "c"])
    #expect(
      try await find(
        #"{"operator": "relatedTo", "blueprint": "service", "value": "c", "direction": "downstream"}"#)
        == ["a", "b"])
  }
}
