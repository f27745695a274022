import PortolanCatalog
import RawJSON
import Testing

@Suite struct OwnershipTests {
  @Test func asksPortForTheOwnersAlone() async throws {
    let port = FakePort(.with(["mine", "old", "foreign"]))
    port.change { state in
      state.datasources[EntityKey("service", "old")] = "port-ocean/jira//my-jira/exporter"
      state.datasources[EntityKey("service", "foreign")] = "port-ocean/jira/0.9/other-jira/exporter"
    }
    try await port.run { catalog, server in
      let found = try await catalog.ownedEntities(
        ["mine", "old", "foreign", "none"], of: "service", by: FakePort.owner)
      #expect(found.map(\.key.identifier).sorted() == ["mine", "old"])
      let rules = JSONView(valid: Array((server.requests.last?.body ?? "").utf8))["rules"]?.elements ?? []
      #expect(
        rules.map { $0["property"]?.text } == ["$blueprint", "$identifier", "$datasource", "$datasource"])
      #expect(rules.suffix(2).map { $0["operator"]?.text } == ["contains", "contains"])
      #expect(rules.suffix(2).map { $0["value"]?.text } == ["port-ocean/jira/", "/my-jira/exporter"])
      // Whoever owns them, without the rules.
      let all = try await catalog.entities(["mine", "foreign"], of: "service")
      #expect(all.count == 2)
    }
  }

  @Test func findsNothingInABlueprintThatIsNotThere() async throws {
    let found = try await FakePort(.with([])).run { catalog, _ in
      try await catalog.ownedEntities(["a"], of: "none", by: FakePort.owner)
    }
    #expect(found.isEmpty)
  }
}
