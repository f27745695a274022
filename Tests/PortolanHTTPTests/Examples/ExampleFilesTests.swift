import Portolan
import Testing

/// What people read and copy must be beyond reproach.
@Suite struct ExampleFilesTests {
  @Test(arguments: ["github", "linear", "gitlab"])
  func areWithoutFindings(_ name: String) async throws {
    let integration = try #require(ExampleFixtures(name)).integration
    let fetcher = try #require(integration.fetcherPath)
    #expect(Linter().lint(LintTarget(integration)).findings.map(\.description) == [])
    #expect(
      Linter().lintFetcher(at: fetcher, spec: integration.specPath).findings.map(\.description) == [])
    let blueprints = try Blueprints.load(contentsOf: try #require(integration.blueprintsPath))
    let run = DryRun(
      try PortAppConfig(contentsOf: integration.configPath),
      fixtures: FixtureFolder(integration.fixturesPath), blueprints: blueprints)
    let result = await run.run()
    #expect(result.diagnostics.map(\.description) == [])
    #expect(result.resources.allSatisfy { !$0.entities.isEmpty })
  }
}
