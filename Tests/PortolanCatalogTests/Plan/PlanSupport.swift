import Portolan
import Testing

@testable import PortolanCatalog

let planOwner = Datasource(type: "test", identifier: "one", version: "2")

/// A config with a mapping a resource.
struct ConfigText {
  struct Resource {
    var kind: String
    var blueprint = ".blueprint // \"thing\""
    var identifier = ".name"
    var query = "true"
    var selector: [String] = []
    /// Lines of the mapping: `title: .title`.
    var lines: [String] = ["title: .title"]
  }

  var settings: [String] = []
  var resources: [Resource]

  var text: String {
    var lines = settings + ["resources:"]
    for resource in resources {
      lines += ["  - kind: \(resource.kind)", "    selector:", "      query: '\(resource.query)'"]
      lines += resource.selector.map { "      \($0)" }
      lines += ["    port:", "      entity:", "        mappings:"]
      lines += [
        "          identifier: \(resource.identifier)", "          blueprint: '\(resource.blueprint)'",
      ]
      lines += resource.lines.map { "          \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func config() throws -> PortAppConfig {
    try PortAppConfig(yaml: Array(text.utf8), file: "config.yml")
  }
}

extension ConfigText.Resource {
  /// Things of a kind that have the same blueprint each.
  init(_ kind: String, makes blueprint: String, _ lines: String...) {
    self.init(kind: kind, blueprint: "\"\(blueprint)\"")
    if !lines.isEmpty { self.lines = lines }
  }
}

extension PlannedOperation {
  /// The operation in a few words, for comparisons: `change thing/a title by source`.
  var words: String {
    let fields = changes.map { "\($0.field) by \($0.cause.kind.rawValue)" }
    return ([action.rawValue, key.description] + (hold.map { [$0.word] } ?? []) + fields)
      .joined(separator: " ")
  }
}

extension SyncPlan {
  func operations() throws -> [PlannedOperation] {
    try file.operations(Set(PlannedOperation.Action.allCases), limit: .max)
  }

  /// All operations in a few words, by key.
  func words() throws -> [String] { try operations().map(\.words).sorted() }

  func operation(_ key: String) throws -> PlannedOperation? {
    try operations().first { $0.key.description == key }
  }

  /// Does what the plan says, as plainly as can be.
  func applyPlainly(to catalog: some Catalog) async throws {
    let run = CatalogRun(
      id: summary.id, owner: summary.owner, config: summary.config, configPath: summary.configPath,
      startedAt: 0)
    try await catalog.begin(run)
    for operation in try operations() {
      let blueprint = operation.key.blueprint
      switch operation.action {
      case .create, .change, .write:
        let write = EntityWrite(json: operation.after ?? [], origin: operation.origin)
        _ = try await catalog.upsert([write], of: blueprint, summary.settings.upsert, in: run)
      case .delete:
        _ = try await catalog.delete(
          [operation.key.identifier], of: blueprint, deletingDependents: summary.settings.deletesDependents,
          in: run)
      case .hold: break
      }
    }
    try await catalog.end(run, RunResult(.completed))
    (catalog as? MemoryCatalog)?.state.withLock { $0.config = Array(summary.config.utf8) }
  }
}

/// Plans with `config` against `catalog`.
func plan(
  _ config: ConfigText, _ objects: [String: [String]], _ catalog: some Catalog, broken: Set<String> = [],
  _ change: (inout Planner.Options) -> Void = { _ in }
) async throws -> SyncPlan {
  var options = Planner.Options()
  change(&options)
  return try await Planner(CompiledMapping(config.config()), owner: planOwner, options: options)
    .plan(ListFetcher(objects: objects, broken: broken), for: catalog)
}
