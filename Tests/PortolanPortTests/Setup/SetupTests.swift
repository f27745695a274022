import PortolanCatalog
import RawJSON
import TestServer
import Testing

@Suite struct SetupTests {
  private static let blueprint = Array(#"{"identifier":"team","relations":{}}"#.utf8)

  @Test func createsAndChangesAnIntegration() async throws {
    let port = FakePort(.with([]))
    try await port.run { catalog, _ in
      #expect(try await catalog.integration("my/jira") == nil)
      try await catalog.createIntegration(Array(#"{"installationId":"my-jira","config":{}}"#.utf8))
      try await catalog.updateIntegration("my-jira", Array(#"{"version":"2"}"#.utf8))
      let integration = try await catalog.integration("my-jira")
      #expect(integration.map { String(decoding: $0, as: UTF8.self) } == #"{"version":"2"}"#)
    }
  }

  @Test func createsChangesAndDeletesABlueprint() async throws {
    let port = FakePort(.with([]))
    try await port.run { catalog, server in
      #expect(try await catalog.blueprint("team") == nil)
      try await catalog.createBlueprint(Self.blueprint)
      #expect(try await catalog.blueprint("team") == Self.blueprint)
      try await catalog.updateBlueprint("team", Self.blueprint)
      try await catalog.deleteBlueprint("team")
      try await catalog.deleteBlueprint("team")
      #expect(try await catalog.blueprint("team") == nil)
      let writes = server.requests.filter { ["PATCH", "DELETE"].contains($0.method) }
      #expect(writes.allSatisfy { $0["user-agent"]?.hasSuffix("/exporter") == true })
    }
  }

  @Test(arguments: [
    CatalogResource(.action, "restart", json: Array(#"{"identifier":"restart"}"#.utf8)),
    CatalogResource(.scorecard, "ready", of: "service", json: Array(#"{"identifier":"ready"}"#.utf8)),
    CatalogResource(.page, "home", json: Array(#"{"identifier":"home"}"#.utf8)),
  ])
  func createsAResource(resource: CatalogResource) async throws {
    try await FakePort(.with([])).run { catalog, _ in
      let has = {
        try await catalog.hasResource(resource.kind, resource.identifier, of: resource.blueprint)
      }
      #expect(try await !has())
      try await catalog.createResource(resource)
      #expect(try await has())
    }
  }

  private static let lost: [FakePort.Fault] = [
    .instead([.close]), .afterwards([.close]), .afterwards([.answer(502)]), .instead([.answer(504)]),
    .afterwards([.answer(201, "{")]), .expired, .instead([.answer(429)]),
  ]

  @Test(arguments: lost.indices)
  func makesOneOfWhatWasCutOff(place: Int) async throws {
    let port = FakePort(.with([])) { _, number in number == 1 ? Self.lost[place] : nil }
    try await port.run { catalog, _ in try await catalog.createBlueprint(Self.blueprint) }
    #expect(port.now.blueprints["team"] == Self.blueprint)
  }

  @Test func saysWhatIsRefused() async throws {
    let port = FakePort(.with([]))
    let error = try await port.run { catalog, _ in
      try await catalog.createBlueprint(Self.blueprint)
      return await catalogError { try await catalog.createBlueprint(Self.blueprint) }
    }
    #expect(error?.kind == .refused)
    #expect(error?.message.contains("409 conflict") == true)
    let missing = try await port.run { catalog, _ in
      await catalogError { try await catalog.updateBlueprint("none", Self.blueprint) }
    }
    #expect(missing?.kind == .notFound)
  }
}
