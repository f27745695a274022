import Foundation
import PortolanCatalog
import Synchronization
import TestSupport

/// A local catalog in a folder of its own, and what tests say to it.
final class LocalFixture: Sendable {
  let folder: TemporaryFolder
  let path: String
  let catalog: LocalCatalog
  private let time: Mutex<Double>

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path + "/catalog.db"
    let clock = Clock()
    time = Mutex(0)
    catalog = try LocalCatalog(path: path, clock: { clock.next() })
  }

  /// A clock that is a second later each time.
  private final class Clock: Sendable {
    private let seconds = Mutex(1_700_000_000.0)
    func next() -> Double {
      seconds.withLock {
        $0 += 1
        return $0
      }
    }
  }

  static let owner = Datasource(type: "jira", identifier: "my-jira", version: "1.0")
  static let other = Datasource(type: "jira", identifier: "other", version: "1.0")

  /// A run, and its id where a test needs to tell runs apart.
  static func run(_ id: String = "run-1", of owner: Datasource = owner, config: String = "resources: []")
    -> CatalogRun
  {
    CatalogRun(id: id, owner: owner, config: config, configPath: "port-app-config.yml", startedAt: 1_700_000_000)
  }

  /// Services that relate to a team, and teams that relate to other teams.
  func createBlueprints() async throws {
    try await catalog.createBlueprint(
      bytes(
        """
        {"identifier": "team", "schema": {"properties": {"size": {"type": "number"}}, "required": []},
         "relations": {"parent": {"target": "team", "many": false, "required": false}}}
        """))
    try await catalog.createBlueprint(
      bytes(
        """
        {"identifier": "service", "schema": {"properties": {"status": {"type": "string"}}, "required": []},
         "relations": {"team": {"target": "team", "many": false, "required": false},
                       "uses": {"target": "service", "many": true, "required": false}}}
        """))
  }

  @discardableResult
  func upsert(
    _ entities: String..., of blueprint: String = "service", merges: Bool = true, creates: Bool = true,
    by run: CatalogRun = LocalFixture.run()
  ) async throws -> [WriteOutcome] {
    try await catalog.upsert(
      entities.map { EntityWrite(json: bytes($0)) }, of: blueprint,
      UpsertOptions(merges: merges, createsMissingRelated: creates), in: run)
  }

  /// An entity's JSON, nil where there is none.
  func json(_ blueprint: String, _ identifier: String) async throws -> String? {
    try await catalog.entity(EntityKey(blueprint, identifier)).map { String(decoding: $0.json, as: UTF8.self) }
  }

  /// The catalog's number of changes.
  func revision() throws -> Int? { try EntitySnapshot(catalog, owner: Self.owner).revision }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

extension WriteOutcome {
  var refusal: Refusal? {
    if case .refused(let refusal) = self { refusal } else { nil }
  }
}
