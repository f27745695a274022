import PortolanCatalog
import Testing

@Suite struct ExportTests {
  private func filled() async throws -> LocalFixture {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.catalog.createIntegration(
      bytes(#"{"installationId": "my-jira", "installationAppType": "jira", "config": {"resources": []}}"#))
    try await fixture.catalog.createResource(
      CatalogResource(.scorecard, "ready", of: "service", json: bytes(#"{"identifier":"ready"}"#)))
    try await fixture.upsert(
      #"{"identifier": "a", "title": "é\n", "properties": {"status": null}, "relations": {"team": "t"}}"#,
      #"{"identifier": "b", "relations": {"uses": ["a", "c"]}}"#)
    return fixture
  }

  private func lines(of catalog: LocalCatalog) throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    try catalog.export { lines.append($0) }
    return lines
  }

  @Test func anExportedCatalogIsTheSameAfterItWasImported() async throws {
    let (first, second) = (try await filled(), try LocalFixture())
    let lines = try lines(of: first.catalog)
    #expect(lines.allSatisfy { !$0.contains(UInt8(ascii: "\n")) })
    #expect(try second.catalog.importLines(lines) == 4)
    #expect(try self.lines(of: second.catalog) == lines)
    let keys = ["a", "b", "c"].map { EntityKey("service", $0) }
    let before = Set(try await first.catalog.relatedEntities(to: keys))
    #expect(try await Set(second.catalog.relatedEntities(to: keys)) == before && before.count == 2)
    #expect(
      try EntitySnapshot(second.catalog, owner: LocalFixture.owner).ownedCounts() == ["service": 2])
    let revision = try second.revision()
    try second.catalog.importLines(lines)
    #expect(try second.revision() == revision)
  }

  @Test func aBadLineSaysWhereItIsAndNothingIsImported() async throws {
    let full = try await filled()
    var lines = try lines(of: full.catalog)
    lines.append(bytes(#"{"type": "entity", "document": {"identifier": "x", "blueprint": "none"}}"#))
    let fixture = try LocalFixture()
    let error = #expect(throws: CatalogError.self) { try fixture.catalog.importLines(lines) }
    #expect(error?.message.hasPrefix("line \(lines.count): there is no blueprint") == true)
    #expect(try await fixture.catalog.blueprints().isEmpty)
    for text in ["", "[]", "{", #"{"type": "entity"}"#, #"{"type": "catalog", "version": 2}"#] {
      #expect(throws: CatalogError.self) { try fixture.catalog.importLines([bytes(text)]) }
    }
  }
}
