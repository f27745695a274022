import PortolanCatalog
import Testing

@Suite struct RunTests {
  @Test func oneRunOfAnIntegrationAtATime() async throws {
    let fixture = try LocalFixture()
    try await fixture.catalog.begin(LocalFixture.run("1"))
    let second = try LocalCatalog(path: fixture.path)
    let error = await #expect(throws: CatalogError.self) { try await second.begin(LocalFixture.run("2")) }
    #expect(error?.kind == .busy)
    #expect(error?.message.hasPrefix("another sync of jira/my-jira is at work since ") == true)
    #expect(try await second.runs(limit: 10).map(\.state) == [.running])
    try await second.begin(LocalFixture.run("3", of: LocalFixture.other))
    try await fixture.catalog.end(LocalFixture.run("1"), RunResult(.completed))
    try await second.begin(LocalFixture.run("4"))
  }

  @Test func theConfigOfTheLastRunThatEndedIsApplied() async throws {
    let fixture = try LocalFixture()
    let catalog = fixture.catalog
    #expect(try await catalog.appliedConfig(of: LocalFixture.owner) == nil)
    try await catalog.createIntegration(
      bytes(#"{"installationId": "my-jira", "installationAppType": "Jira", "config": {"resources": []}}"#))
    #expect(try await catalog.appliedConfig(of: LocalFixture.owner) == bytes(#"{"resources":[]}"#))
    for (id, state) in [("1", RunResult.State.completed), ("2", .failed), ("3", .interrupted)] {
      let run = LocalFixture.run(id, config: "resources: [] # \(id)")
      try await catalog.begin(run)
      try await catalog.end(run, RunResult(state))
    }
    #expect(try await catalog.appliedConfig(of: LocalFixture.owner) == bytes("resources: [] # 2"))
    let runs = try await catalog.runs(limit: 2)
    #expect(runs.map(\.state) == [.interrupted, .failed])
    #expect(try await catalog.config(hash: runs[0].configHash)?.text == "resources: [] # 3")
    #expect(try await catalog.config(hash: runs[0].configHash)?.path == "port-app-config.yml")
  }

  @Test func aRunWithoutAnEndWasKilled() async throws {
    let fixture = try LocalFixture()
    do {
      let catalog = try LocalCatalog(path: fixture.path)
      try await catalog.begin(LocalFixture.run("1"))
    }
    #expect(try await fixture.catalog.runs(limit: 1).map(\.state) == [.killed])
  }

  @Test func rawObjectsAreKeptForTheirTime() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let origin = EntityOrigin(
      kind: "issue", resource: 0, mapping: 1, location: nil, rawHash: "abc", rawIdentity: #""10""#)
    let write = EntityWrite(json: bytes(#"{"identifier": "a"}"#), origin: origin, raw: bytes("raw"))
    var run = LocalFixture.run("1")
    _ = try await fixture.catalog.upsert([write], of: "service", UpsertOptions(), in: run)
    #expect(try await fixture.catalog.raw(hash: "abc") == nil)
    run = LocalFixture.run("2")
    run.rawRetention = 30
    let changed = EntityWrite(json: bytes(#"{"identifier": "a", "title": "A"}"#), origin: origin, raw: bytes("raw"))
    _ = try await fixture.catalog.upsert([changed], of: "service", UpsertOptions(), in: run)
    #expect(try await fixture.catalog.raw(hash: "abc") == bytes("raw"))
    #expect(try await fixture.catalog.history(of: EntityKey("service", "a")).first?.origin == origin)
    for _ in 0..<40 { try await fixture.catalog.end(run, RunResult(.completed)) }
    #expect(try await fixture.catalog.raw(hash: "abc") == nil)
  }
}
