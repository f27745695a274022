import TestSupport
import Testing

@testable import Portolan

@Suite("Where integrations are")
struct IntegrationTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test("Portolan's layout: .port/<name>/resources and Fixtures/<name>, any number, by name")
  func portolan() throws {
    try folder.write(".port/b/resources/port-app-config.yml", "")
    try folder.write(".port/a/resources/port-app-config.yaml", "")
    try folder.write(".port/a/spec.yml", "")
    try folder.write(".port/a/resources/blueprints.json", "")
    try folder.write(".port/c/readme", "")
    let found = Integration.find(in: folder.path)
    #expect(found.map(\.name) == ["a", "b"])
    #expect(found.first?.configPath == folder.path + "/.port/a/resources/port-app-config.yaml")
    #expect(found.first?.fixturesPath == folder.path + "/Fixtures/a")
    #expect(found.first?.specPath == folder.path + "/.port/a/spec.yml")
    #expect(found.first?.blueprintsPath == folder.path + "/.port/a/resources/blueprints.json")
    #expect(found.last?.specPath == nil)
  }

  @Test("an integration's raw objects may be beside its resources")
  func fixturesBeside() throws {
    try folder.write(".port/a/resources/port-app-config.yml", "")
    try folder.write(".port/a/fixtures/issue.json", "{}")
    #expect(Integration.find(in: folder.path).map(\.fixturesPath) == [folder.path + "/.port/a/fixtures"])
    try folder.write("Fixtures/a/issue.json", "{}")
    #expect(Integration.find(in: folder.path).map(\.fixturesPath) == [folder.path + "/Fixtures/a"])
  }

  @Test("Ocean's layout: .port/resources and .port/examples, named for its folder")
  func ocean() throws {
    try folder.write("jira/.port/resources/port-app-config.yml", "")
    let found = Integration.find(in: folder.path + "/jira")
    #expect(found.map(\.name) == ["jira"])
    #expect(found.first?.fixturesPath == folder.path + "/jira/.port/examples")
    #expect(Integration.find(in: folder.path + "/jira/.port") == found)
  }

  @Test("a project's name is an integration's type where it is one of Port's own")
  func typeName() throws {
    try folder.write("jira/.port/resources/port-app-config.yml", "")
    try folder.write("jira/pyproject.toml", "[tool.poetry]\nname = \"gitlab-v2\"\n")
    let found = Integration.find(in: folder.path + "/jira")
    #expect(found.map(\.typeName) == ["gitlab-v2"])
    for text in ["[tool.poetry]\nname = \"our-mappings\"", ""] {
      try folder.write("jira/pyproject.toml", text)
      #expect(found.map(\.typeName) == ["jira"])
    }
    try folder.write("many/.port/github/resources/port-app-config.yml", "")
    try folder.write("many/.port/acme/resources/port-app-config.yml", "")
    try folder.write("many/pyproject.toml", "[project]\nname = \"our-mappings\"\n")
    #expect(Integration.find(in: folder.path + "/many").map(\.typeName) == ["acme", "github"])
  }

  @Test(
    "a folder .port/<name> stands for its integration, .port for its parent, a deeper one for what is above")
  func fromWithin() throws {
    try folder.write(".port/a/resources/port-app-config.yml", "")
    try folder.write(".port/b/resources/port-app-config.yml", "")
    try folder.write("deep/down/x", "")
    let all = Integration.find(in: folder.path)
    #expect(Integration.find(in: folder.path + "/.port/a") == [try #require(all.first)])
    #expect(Integration.find(in: folder.path + "/.port") == all)
    #expect(Integration.find(from: folder.path + "/deep/down") == all)
    #expect(Integration.find(from: folder.path + "/.port/b/resources") == [try #require(all.last)])
    #expect(Integration.find(in: folder.path + "/deep/down").isEmpty)
  }

  @Test(
    "paths print tidily",
    arguments: [
      ("a/../b", "b"), ("./x", "x"), ("../../x", "../../x"), ("a/./b//c", "a/b/c"), ("", "."), ("a/..", "."),
      ("/a/../..", "/"), ("..", ".."), ("../a/..", ".."),
    ])
  func tidy(path: String, expected: String) {
    #expect(PathText.tidy(path) == expected)
  }

  @Test(
    "the integrations of this project map without an error, a failed item or an identifier twice",
    arguments: [
      "jira", "octopus",
    ])
  func shipped(name: String) async throws {
    let integration = try #require(
      Integration.find(in: repository.path(percentEncoded: false)).first { $0.name == name })
    let config = try PortAppConfig(contentsOf: integration.configPath)
    let result = await DryRun(config, fixtures: FixtureFolder(integration.fixturesPath)).run()
    #expect(result.diagnostics.isEmpty)
    #expect(!result.hasErrors && !result.hasWarnings)
    for resource in result.resources {
      #expect(resource.report.failed == 0 && resource.report.skipped == 0 && resource.report.unparsed == 0)
      #expect(resource.report.raw >= 4, "\(resource.report.kind)")
      #expect(resource.report.mapped > 0)
    }
    let entities = result.resources.flatMap(\.entities)
    #expect(Set(entities.map { "\($0.blueprint) \($0.identifier)" }).count == entities.count)
    #expect(integration.specPath != nil && integration.blueprintsPath != nil)
  }
}
