import Foundation
import Portolan
import Testing

@Suite("The mapping") struct MappingTests {
  @Test("the fixtures become entities that the blueprints allow")
  func fixtures() async throws {
    let config = try PortAppConfig(contentsOf: package.appending(path: configPath).path())
    let blueprints = try Blueprints.load(
      contentsOf: package.appending(path: ".port/codeowners/resources/blueprints.json").path())
    let fixtures = FixtureFolder(package.appending(path: "Fixtures/codeowners").path())
    let result = await DryRun(config, fixtures: fixtures, blueprints: blueprints).run()
    #expect(result.diagnostics.map { $0.text() } == [])
    #expect(result.resources.map(\.entities.count) == [3, 6])
    let migrations = result.resources.last?.entities.first { $0.title == "checkout-api /migrations/" }
    #expect(migrations?["team"]?.json == #"["payments","databases"]"#)
    #expect(migrations?["relations", "repository"]?.text == "checkout-api")
  }
}
