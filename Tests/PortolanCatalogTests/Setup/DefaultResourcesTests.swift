import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct DefaultResourcesTests {
  private static let blueprints = #"""
    [{"identifier": "service", "title": "Service",
      "schema": {"properties": {"url": {"type": "string", "format": "url"}}, "required": []},
      "mirrorProperties": {"teamName": {"path": "team.title"}},
      "relations": {"team": {"target": "team", "many": false, "required": false}}},
     {"identifier": "team", "schema": {"properties": {"size": {"type": "number"}}},
      "relations": {"flagship": {"target": "service", "many": false, "required": false}}},
     {"identifier": "plain", "schema": {"properties": {}}}]
    """#
  private static let owner = Datasource(type: "jira", identifier: "my-jira", version: "1.2.0")
  private static let config = "resources:\n  - kind: issue\n"

  private func resources() throws -> DefaultResources {
    let folder = try TemporaryFolder()
    try folder.write("blueprints.json", Self.blueprints)
    try folder.write("actions.yml", "- identifier: restart\n  title: Restart\n")
    try folder.write(
      "scorecards.json", #"[{"blueprint": "service", "data": [{"identifier": "ready", "rules": []}]}]"#)
    try folder.write("pages.yaml", "- identifier: overview\n")
    return try DefaultResources(folder: folder.path)
  }

  private func run(
    _ catalog: MemorySetup, _ resources: DefaultResources, updating: Bool = false
  ) async throws -> [Diagnostic] {
    let steps = try await steps(catalog, resources, updating: updating)
    return try await DefaultResources.apply(steps, to: catalog)
  }

  private func steps(
    _ catalog: MemorySetup, _ resources: DefaultResources, updating: Bool = false
  ) async throws -> [SetupStep] {
    try await resources.steps(
      for: catalog, owner: Self.owner, config: Self.config, updatesBlueprints: updating)
  }

  private func words(_ steps: [SetupStep]) -> [String] {
    steps.map { step in
      let differences = step.differences.map(\.path).joined(separator: " ")
      return "\(step.action) \(step.subject) \(step.identifier)"
        + (differences.isEmpty ? "" : " (\(differences))")
    }
  }

  @Test func anEmptyCatalogGetsEverything() async throws {
    let (catalog, resources) = (MemorySetup(), try resources())
    let planned = try await steps(catalog, resources)
    #expect(
      words(planned) == [
        "create integration my-jira", "create blueprint service", "create blueprint team",
        "create blueprint plain", "create action restart", "create scorecard ready", "create page overview",
      ])
    #expect(try await DefaultResources.apply(planned, to: catalog).isEmpty)
    let integration = JSONView(valid: try #require(await catalog.integrations["my-jira"]))
    #expect(integration["installationAppType"]?.text == "jira")
    #expect(integration["config"]?.json == #"{"resources":[{"kind":"issue"}]}"#)
    #expect(integration["createPortResourcesOrigin"]?.text == "Default")
    #expect(integration["arePortResourcesInitialized"]?.boolean == true)
    let service = JSONView(valid: try #require(await catalog.blueprints["service"]))
    #expect(service["mirrorProperties"]?["teamName"] != nil)
    #expect(service["relations"]?["team"]?["target"]?.text == "team")
    #expect(try await steps(catalog, resources).isEmpty)
  }

  @Test(
    "a failure at any call leaves nothing half done, and the next run does it all", arguments: [true, false])
  func failures(isHeardOf: Bool) async throws {
    let resources = try resources()
    let whole = MemorySetup()
    let planned = try await steps(whole, resources)
    await whole.fail(nil)
    _ = try await DefaultResources.apply(planned, to: whole)
    let (expected, count) = (await whole.state, await whole.calls.count)
    #expect(count > 15)
    for number in 1...count {
      let catalog = MemorySetup()
      await catalog.fail(isHeardOf ? .refused(number) : .lost(number))
      var diagnostics: [Diagnostic] = []
      do {
        diagnostics = try await DefaultResources.apply(planned, to: catalog)
        #expect(!diagnostics.isEmpty, "call \(number)")
      } catch {
        #expect(error is CatalogError)
        let integration = await catalog.integrations["my-jira"].map { JSONView(valid: $0) }
        let isMarked = integration?["arePortResourcesInitialized"]?.boolean ?? false
        #expect(!isMarked || !isHeardOf, "call \(number)")
        // What fails after the blueprints are whole takes none of them away.
        let left = await catalog.blueprints.count
        #expect(left == 0 || left == 3, "call \(number): \(error)")
      }
      await catalog.fail(nil)
      #expect(try await run(catalog, resources).isEmpty)
      // A page that was refused costs itself, and is not tried again.
      if diagnostics.isEmpty { #expect(await catalog.state == expected, "call \(number)") }
    }
  }

  @Test func aRunThatWasCutOffAnywhereIsGoneOnWith() async throws {
    let resources = try resources()
    let whole = MemorySetup()
    let planned = try await steps(whole, resources)
    await whole.fail(nil)
    _ = try await DefaultResources.apply(planned, to: whole)
    let (expected, count) = (await whole.state, await whole.calls.count)
    for number in 0..<count {
      let (catalog, again) = (MemorySetup(), MemorySetup())
      for catalog in [catalog, again] {
        await catalog.fail(.cut(number))
        await #expect(throws: (any Error).self) {
          let diagnostics = try await DefaultResources.apply(planned, to: catalog)
          if !diagnostics.isEmpty { throw CatalogError(.unavailable, "cut off") }
        }
        await catalog.fail(nil)
      }
      #expect(try await run(catalog, resources).isEmpty)
      #expect(await catalog.state == expected, "a new plan after \(number) calls")
      #expect(try await DefaultResources.apply(planned, to: again).isEmpty)
      #expect(await again.state == expected, "the same plan after \(number) calls")
    }
  }

  @Test func whatCannotBeDeletedAgainIsNamed() async throws {
    let catalog = MemorySetup()
    let planned = try await steps(catalog, try resources())
    await catalog.fail(.cut(7))
    let error = await #expect(throws: CatalogError.self) {
      try await DefaultResources.apply(planned, to: catalog)
    }
    #expect(error?.message.contains("could not be deleted again") ?? false, "\(String(describing: error))")
    #expect(error?.message.contains("`service`") ?? false)
  }

  @Test func blueprintsOfOthersStayAsTheyAre() async throws {
    let (catalog, resources) = (MemorySetup(), try resources())
    await catalog.put(
      blueprint: #"""
        {"identifier":"service","title":"Their service","createdAt":"x",
        "schema":{"properties":{"url":{"type":"string"},"mine":{"type":"string"}}},
        "relations":{"boss":{"target":"service"}}}
        """#)
    let before = await catalog.blueprints
    let planned = try await steps(catalog, resources)
    #expect(
      words(planned) == [
        "create integration my-jira",
        "differs blueprint service (title schema.properties.url.format mirrorProperties relations.team)",
        "missing blueprint team", "missing blueprint plain",
      ])
    #expect(try await DefaultResources.apply(planned, to: catalog).isEmpty)
    #expect(await catalog.blueprints == before)
    #expect(
      try await steps(catalog, resources, updating: false).map(\.action) == [.differs, .missing, .missing])
  }

  @Test func theyAreChangedWhereThatIsAskedFor() async throws {
    let (catalog, resources) = (MemorySetup(), try resources())
    await catalog.put(
      blueprint: #"""
        {"identifier":"service","title":"Their service",
        "schema":{"properties":{"url":{"type":"string"},"mine":{"type":"string"}}},
        "relations":{"boss":{"target":"service"}}}
        """#)
    #expect(try await run(catalog, resources, updating: true).isEmpty)
    let service = JSONView(valid: try #require(await catalog.blueprints["service"]))
    #expect(service["title"]?.text == "Service")
    #expect(service["schema"]?["properties"]?["mine"] != nil)
    #expect(service["schema"]?["properties"]?["url"]?["format"]?.text == "url")
    #expect(service["relations"]?.members?.map(\.key) == ["boss", "team"])
    #expect(await catalog.blueprints.count == 3)
    #expect(try await steps(catalog, resources, updating: true).isEmpty)
  }

  @Test func portsOwnBlueprintsAreNeverCreated() async throws {
    let catalog = MemorySetup()
    var resources = try resources()
    resources.blueprints = [Array(#"{"identifier":"_user","schema":{"properties":{}}}"#.utf8)]
    resources.resources = []
    #expect(words(try await steps(catalog, resources, updating: true)).last == "missing blueprint _user")
  }

  @Test func whatIsRefusedBesidesBlueprintsCostsItself() async throws {
    let catalog = MemorySetup()
    let planned = try await steps(catalog, try resources())
    await catalog.fail(nil)
    _ = try await DefaultResources.apply(planned, to: catalog)
    let place = try #require(await catalog.calls.firstIndex(of: "create scorecard"))
    let other = MemorySetup()
    await other.fail(.refused(place + 1))
    let diagnostics = try await DefaultResources.apply(planned, to: other)
    #expect(diagnostics.map(\.message) == ["the scorecard `ready` could not be created: no create scorecard"])
    #expect(await other.resources.count == 2)
  }

  @Test(
    "what is wrong with the files has its place",
    arguments: [
      ("blueprints.json", "[\n  {\"title\": \"x\"}]", "blueprints.json:2:3"),
      ("blueprints.json", "[1]", "blueprints.json:1:2"),
      ("blueprints.json", "[{]", "blueprints.json:1:3"),
      ("blueprints.yml", "- identifier: a\n- identifier: a\n", "blueprints.yml:2:3"),
      ("blueprints.yml", "- identifier: a b\n", "blueprints.yml:1:3"),
      ("blueprints.yml", "- identifier: [\n", "blueprints.yml:"),
      ("actions.yaml", "- title: x\n", "actions.yaml:1:3"),
      ("scorecards.yaml", "- data: []\n", "scorecards.yaml:1:3"),
      ("scorecards.yaml", "- blueprint: a\n  data: 1\n", "scorecards.yaml:2:9"),
      ("scorecards.yaml", "- blueprint: a\n  data:\n    - title: x\n", "scorecards.yaml:3:7"),
    ])
  func wrongFiles(name: String, text: String, place: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(name, text)
    let error = #expect(throws: DiagnosticsError.self) { try DefaultResources(folder: folder.path) }
    let diagnostic = try #require(error?.diagnostics.first)
    #expect("\(diagnostic.location.map { "\($0)" } ?? "")".contains(place), "\(diagnostic)")
  }

  @Test func filesThatAreThereTwiceAreRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write("pages.json", "[]")
    try folder.write("pages.yml", "[]")
    #expect(throws: DiagnosticsError.self) { try DefaultResources(folder: folder.path) }
    #expect(throws: DiagnosticsError.self) { try DefaultResources(folder: folder.path + "/none") }
  }
}
