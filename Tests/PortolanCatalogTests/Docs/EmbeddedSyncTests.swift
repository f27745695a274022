import Foundation
import Portolan
import PortolanCatalog
import Testing

// The example of docs/catalog.md, word for word: a program with its own fetcher and its own catalog. A catalog may
// know more than this one, and then does more: blueprints order what is written, and begin and end keep two runs apart.

struct TeamFetcher: RawFetcher {
  func fetch(_ request: FetchRequest) -> PageStream {
    PageStream { pages in
      try await pages.send(RawPage(Array(#"[{"id": "core", "name": "Core"}, {"id": "web"}]"#.utf8)))
    }
  }
}

actor Shelf: Catalog {
  let name = "the shelf"
  private var entities: [EntityKey: CatalogEntity] = [:]

  nonisolated func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    AsyncThrowingStream { continuation in
      Task {
        continuation.yield(await all.filter { owner.owns($0.datasource ?? "") })
        continuation.finish()
      }
    }
  }

  func entities(_ identifiers: [String], of blueprint: String) -> [CatalogEntity] {
    identifiers.compactMap { entities[EntityKey(blueprint, $0)] }
  }

  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) throws -> [WriteOutcome] {
    try writes.map { write in
      let key = EntityKey(blueprint, try JSONView(validating: write.json)["identifier"]?.text ?? "")
      let old = entities.updateValue(
        CatalogEntity(key, json: write.json, datasource: run.owner.description), forKey: key)
      return .done(identifier: key.identifier, isNew: old == nil)
    }
  }

  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) -> [WriteOutcome] {
    for identifier in identifiers { entities[EntityKey(blueprint, identifier)] = nil }
    return identifiers.map { .done(identifier: $0, isNew: false) }
  }

  var all: [CatalogEntity] { Array(entities.values) }
}

func synchronize(_ yaml: String, with shelf: Shelf) async throws -> SyncReport {
  let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "port-app-config.yml")
  let planner = Planner(CompiledMapping(config), owner: Datasource(type: "teams", identifier: "our-teams"))
  let plan = try await planner.plan(TeamFetcher(), for: shelf)
  for change in plan.summary.changes { print(change.blueprint, change.field, change.count) }
  let report = try await plan.apply(to: shelf)
  for failure in report.failures { print(failure.key, failure.refusal.message) }
  return report
}

@Suite struct EmbeddedSyncTests {
  private func config(_ title: String) -> String {
    """
    resources:
      - kind: team
        selector:
          query: 'true'
        port:
          entity:
            mappings:
              identifier: .id
              title: \(title)
              blueprint: '"team"'
    """
  }

  @Test func aProgramSyncsWithItsOwnFetcherAndCatalog() async throws {
    let shelf = Shelf()
    let first = try await synchronize(config(".name"), with: shelf)
    #expect(first.isDone && first.result.created == 2)
    let second = try await synchronize(config(".name"), with: shelf)
    #expect(second.isDone && second.result.created == 0 && !second.plan.hasChanges)
    let third = try await synchronize(config(".name // .id"), with: shelf)
    #expect(third.isDone && third.result.changed == 1)
    #expect(await shelf.all.count == 2)
  }

  @Test func theDocumentationShowsThisProgram() throws {
    let file = URL(filePath: #filePath)
    let root = file.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/catalog.md"), encoding: .utf8)
    let block = page.components(separatedBy: "```swift\n").dropFirst().first?.components(separatedBy: "```").first
    let example = try #require(block)
    #expect(try String(contentsOf: file, encoding: .utf8).contains(example.trimmingCharacters(in: .newlines)))
  }
}
