import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanCatalog

/// Setting up the catalog that is a file.
@Suite struct LocalSetupTests {
  private func apply(_ blueprints: String, to catalog: LocalCatalog) async throws -> [SetupStep] {
    let folder = try TemporaryFolder()
    try folder.write("blueprints.json", blueprints)
    let resources = try DefaultResources(folder: folder.path)
    let steps = try await resources.steps(
      for: catalog, owner: LocalFixture.owner, config: "resources: []", updatesBlueprints: false)
    _ = try await DefaultResources.apply(steps, to: catalog)
    return try await resources.steps(
      for: catalog, owner: LocalFixture.owner, config: "resources: []", updatesBlueprints: false)
  }

  @Test func whatWasSetUpNeedsNothingMore() async throws {
    let fixture = try LocalFixture()
    let left = try await apply(
      #"""
      [{"identifier": "issue", "schema": {"properties": {"url": {"type": "string"}}, "required": []},
        "mirrorProperties": {"lead": {"path": "project.lead"}},
        "relations": {"project": {"target": "project", "many": false, "required": false}}},
       {"identifier": "project", "schema": {"properties": {"lead": {"type": "string"}}, "required": []},
        "relations": {"latest": {"target": "issue", "many": false, "required": false}}}]
      """#, to: fixture.catalog)
    #expect(left.isEmpty, "\(left)")
    let integration = JSONView(valid: try #require(try await fixture.catalog.integration("my-jira")))
    #expect(integration["arePortResourcesInitialized"]?.boolean == true)
    let write = EntityWrite(
      json: Array(#"{"identifier":"i","properties":{"url":"u"},"relations":{"project":"p"}}"#.utf8))
    let outcomes = try await fixture.catalog.upsert(
      [write], of: "issue", UpsertOptions(), in: LocalFixture.run())
    #expect(outcomes == [.done(identifier: "i", isNew: true)])
  }

  @Test("the blueprints of the examples are set up", arguments: ["github", "gitlab", "linear"])
  func examples(name: String) async throws {
    let folder = "Examples/\(name)/.port/\(name)/resources"
    guard FolderListing.isFolder(folder) else { return }
    let fixture = try LocalFixture()
    let resources = try DefaultResources(folder: folder)
    #expect(!resources.blueprints.isEmpty)
    let steps = try await resources.steps(
      for: fixture.catalog, owner: LocalFixture.owner, config: "resources: []", updatesBlueprints: false)
    #expect(try await DefaultResources.apply(steps, to: fixture.catalog).isEmpty)
    let left = try await resources.steps(
      for: fixture.catalog, owner: LocalFixture.owner, config: "resources: []", updatesBlueprints: false)
    #expect(left.allSatisfy { $0.action == .missing && $0.identifier.hasPrefix("_") }, "\(left)")
  }
}
