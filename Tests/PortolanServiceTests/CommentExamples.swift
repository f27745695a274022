import Foundation
import Portolan
import PortolanCatalog
import PortolanPort
import PortolanService
import TestSupport
import Testing

// What the comments of PortolanCatalog, PortolanPort and PortolanService show, with what they speak of around it.

private func datasources() {
  let owner = Datasource(type: "jira", identifier: "my-jira", version: "1.0.0")
  print(owner)  // port-ocean/jira/1.0.0/my-jira/exporter
}

private func localCatalogs() throws {
  let catalog = try LocalCatalog(path: "catalog.db")
  print(catalog.name)
}

private func gates() async {
  let gate = WriteGate()
  await gate.beginSync()
  // … plan, and sync with `options.gate = gate`
  await gate.endSync()
}

private func queries() throws {
  let rule = #"{"property": "$blueprint", "operator": "=", "value": "service"}"#
  let query = try SearchQuery(json: Array(#"{"combinator": "and", "rules": [\#(rule)]}"#.utf8))
  print(query)
}

private func plans(_ config: PortAppConfig) async throws {
  struct IssueFetcher: RawFetcher {
    func fetch(_ request: FetchRequest) -> PageStream { PageStream { _ in } }
  }
  let planner = Planner(CompiledMapping(config), owner: Datasource(type: "jira", identifier: "my-jira"))
  let plan = try await planner.plan(IssueFetcher(), for: LocalCatalog(path: "catalog.db"))
  print(plan.summary.total)
  print(plan.summary.text())
}

private func syncs(
  _ plan: SyncPlan, _ planner: Planner, _ fetcher: some RawFetcher, _ catalog: LocalCatalog
) async throws {
  do {
    let report = try await Sync(plan, to: catalog).run()
    print(report.result.created, report.isDone)
  }
  do {
    let report = try await planner.plan(fetcher, for: catalog).apply(to: catalog)
    print(report.isDone)
  }
}

private func port(_ id: String, _ secret: String, _ owner: Datasource) throws {
  let catalog = try PortCatalog(PortCredentials(clientID: id, clientSecret: secret), as: owner)
  print(catalog.name)
}

private func server() async throws {
  let server = CatalogServer(try LocalCatalog(path: "catalog.db"))
  try await server.run { url in print("serving at \(url)") }
}

@Suite struct CommentExampleTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test(arguments: ["PortolanCatalog", "PortolanPort", "PortolanService"])
  func everyExampleIsAmongThoseThatAreCompiled(target: String) throws {
    let examples = try CommentExamples(in: Self.root.appending(path: "Sources/\(target)"))
    #expect(!examples.blocks.isEmpty)
    #expect(try examples.missing(from: URL(filePath: #filePath)) == [])
  }
}
