import Logging
import Portolan
import PortolanCatalog
import RawJSON
import Synchronization
import TestSupport
import Testing

@testable import PortolanService

@Suite struct ResyncTests {
  @Test func fetchesAfreshEachTime() async throws {
    let folder = try TemporaryFolder()
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    let config =
      "resources: [{kind: issue, selector: {query: 'true'}, port: {entity: {mappings: {identifier: .id, blueprint: '\"issue\"'}}}}]"
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(config.utf8), file: "config.yml"))
    let fetchers = Mutex(0)
    let lines = LogLines()
    let resync = Resync(
      mapping, catalog: catalog, owner: Datasource(type: "jira", identifier: "my-jira"), options: .init(),
      gate: WriteGate(), metrics: MetricRegistry(ServiceMetrics.all), log: lines.logger
    ) {
      fetchers.withLock { $0 += 1 }
      return IssueEvents()
    }
    #expect(fetchers.withLock { $0 } == 0)
    for _ in 0..<3 { _ = await resync.run("a test") }
    #expect(fetchers.withLock { $0 } == 3)
    #expect(lines.all.filter { $0 == "resync begins: a test" }.count == 3)
  }

  @Test("a service that does not resync has its blueprints created, once")
  func prepares() async throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(
      "blueprints.json",
      #"[{"identifier":"issue","title":"Issue","schema":{"properties":{},"required":[]},"relations":{}}]"#)
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    let config =
      "resources: [{kind: issue, selector: {query: 'true'}, port: {entity: {mappings: {identifier: .id, blueprint: '\"issue\"'}}}}]"
    let mapping = CompiledMapping(try PortAppConfig(yaml: Array(config.utf8), file: "config.yml"))
    let lines = LogLines()
    var options = Planner.Options()
    options.setup = try DefaultResources(folder: folder.path)
    let resync = Resync(
      mapping, catalog: catalog, owner: Datasource(type: "jira", identifier: "my-jira"), options: options,
      gate: WriteGate(), metrics: MetricRegistry(ServiceMetrics.all), log: lines.logger
    ) { IssueEvents() }
    await resync.prepare()
    #expect(try await catalog.blueprint("issue") != nil)
    #expect(try await catalog.integration("my-jira") != nil)
    #expect(lines.all == ["created in the catalog: integration my-jira, blueprint issue"])
    await resync.prepare()
    #expect(lines.all.count == 1)
  }

  @Test func notesWhereTheCatalogIsToAsk() async throws {
    let folder = try TemporaryFolder()
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    let here = ResyncDestination.webhook(url: "https://portolan.example.com/resync")
    #expect(try await here.note(at: "my-jira", in: catalog) == nil)
    try await catalog.createIntegration(
      Array(#"{"installationId":"my-jira","installationAppType":"jira","version":"1","config":{}}"#.utf8))
    #expect(try await here.note(at: "my-jira", in: catalog) == true)
    #expect(try await here.note(at: "my-jira", in: catalog) == false)
    let noted = JSONView(valid: try #require(try await catalog.integration("my-jira")))[
      "changelogDestination"]
    #expect(noted?.json == #"{"type":"WEBHOOK","url":"https://portolan.example.com/resync"}"#)
    #expect(try await ResyncDestination.kafka.note(at: "my-jira", in: catalog) == true)
    let other = JSONView(valid: try #require(try await catalog.integration("my-jira")))[
      "changelogDestination"]
    #expect(other?.json == #"{"type":"KAFKA"}"#)
  }
}
