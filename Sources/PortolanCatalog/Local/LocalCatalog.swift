import GRDB
import Portolan

/// A catalog on this machine: one SQLite file.
///
/// It keeps blueprints, entities and what they relate to, who owns them, and every entity's history: what changed, when,
/// by which run, of which raw object.
///
/// ```swift
/// let catalog = try LocalCatalog(path: "catalog.db")
/// print(catalog.name)
/// ```
public final class LocalCatalog: CatalogSetup {
  /// The file's name.
  public let name: String

  /// Opens the catalog at `path`, and creates it where there is none.
  ///
  /// - Throws: ``CatalogError`` where the file is no catalog, or cannot be used.
  public init(path: String) throws {
    name = path
  }

  private static var missing: CatalogError {
    CatalogError(.unavailable, "the local catalog is not there yet")
  }

  public var limits: CatalogLimits { CatalogLimits() }

  // Catalog
  public func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    AsyncThrowingStream { $0.finish(throwing: Self.missing) }
  }
  public func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    throw Self.missing
  }
  public func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] { throw Self.missing }
  public func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] { throw Self.missing }
  public func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] { throw Self.missing }
  public func blueprint(_ identifier: String) async throws -> [UInt8]? { throw Self.missing }
  public func appliedConfig(of owner: Datasource) async throws -> [UInt8]? { throw Self.missing }
  public func begin(_ run: CatalogRun) async throws { throw Self.missing }
  public func end(_ run: CatalogRun, _ result: RunResult) async throws { throw Self.missing }

  // CatalogSetup
  public func integration(_ identifier: String) async throws -> [UInt8]? { throw Self.missing }
  public func createIntegration(_ json: [UInt8]) async throws { throw Self.missing }
  public func updateIntegration(_ identifier: String, _ json: [UInt8]) async throws { throw Self.missing }
  public func createBlueprint(_ json: [UInt8]) async throws { throw Self.missing }
  public func updateBlueprint(_ identifier: String, _ json: [UInt8]) async throws { throw Self.missing }
  public func deleteBlueprint(_ identifier: String) async throws { throw Self.missing }
  public func hasResource(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Bool { throw Self.missing }
  public func createResource(_ resource: CatalogResource) async throws { throw Self.missing }
}

// MARK: What the API's server needs besides

extension LocalCatalog {
  /// Writes for somebody who is no run of a sync: an API's client, whose `datasource` is its user agent. `validationOnly`
  /// checks and writes nothing.
  package func upsert(
    _ entities: [[UInt8]], of blueprint: String, _ options: UpsertOptions, datasource: String,
    validationOnly: Bool = false
  ) async throws -> [WriteOutcome] { throw Self.missing }

  /// Deletes for somebody who is no run of a sync. The keys of all that was deleted, dependents too.
  package func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, datasource: String
  ) async throws -> (outcomes: [WriteOutcome], deleted: [EntityKey]) { throw Self.missing }

  /// One entity.
  package func entity(_ key: EntityKey) async throws -> StoredEntity? { throw Self.missing }

  /// What a query finds, by key.
  package func search(_ query: SearchQuery, limit: Int? = nil) async throws -> [StoredEntity] {
    throw Self.missing
  }

  /// The entities whose datasource begins and ends so, in the order of their keys, after one of them.
  ///
  /// - Parameter updatedBefore: ISO 8601; only those that were changed before, nil for all.
  package func entities(
    datasourcePrefix prefix: String, suffix: String, updatedBefore: String?, after key: EntityKey?, limit: Int
  ) async throws -> [StoredEntity] { throw Self.missing }

  /// All blueprints, or integrations, as the API has them, by identifier.
  package func blueprints() async throws -> [[UInt8]] { throw Self.missing }
  package func integrations() async throws -> [[UInt8]] { throw Self.missing }
  package func deleteIntegration(_ identifier: String) async throws -> Bool { throw Self.missing }
  /// Deletes all entities of a blueprint, and the blueprint too if asked to; how many entities there were.
  package func deleteEntities(of blueprint: String, andBlueprint: Bool, datasource: String) async throws
    -> Int
  {
    throw Self.missing
  }
  package func resources(_ kind: CatalogResource.Kind) async throws -> [CatalogResource] {
    throw Self.missing
  }
  package func deleteResource(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Bool { throw Self.missing }
}
