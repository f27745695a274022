/// Where entities live: what a plan compares with, and a sync writes to.
///
/// There are two here: `LocalCatalog`, a file, and `PortCatalog` of PortolanPort. Whoever has another one says how its
/// entities are read, written and deleted; everything else has a meaning for a catalog that knows no more.
///
/// Methods are called from several tasks at the same time.
public protocol Catalog: Sendable {
  /// What people know it by: `./catalog.db`, `Port at api.getport.io`.
  var name: String { get }

  /// How much one write takes.
  var limits: CatalogLimits { get }

  /// Every entity that `owner` owns, whole, in any order, some at a time.
  ///
  /// - Throws: through the sequence, what kept it from giving all of them. Then nothing is planned.
  func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error>

  /// Those entities of a blueprint that have one of `identifiers`, whoever owns them.
  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity]

  /// Those entities of a blueprint that have one of `identifiers`, and that `owner` owns as far as is known.
  func ownedEntities(
    _ identifiers: [String], of blueprint: String, by owner: Datasource
  ) async throws -> [CatalogEntity]

  /// Writes entities: at most as many as ``limits`` says.
  ///
  /// - Returns: what became of each, in their order.
  /// - Throws: ``CatalogError`` for what concerns all of them.
  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome]

  /// Deletes entities of a blueprint: at most as many as ``limits`` says. One that is not there counts as deleted.
  ///
  /// - Parameters:
  ///   - identifiers: which ones.
  ///   - blueprint: their blueprint.
  ///   - deletingDependents: whether what relates to them goes with them; otherwise one that something relates to is
  ///     refused.
  ///   - run: who deletes.
  /// - Returns: what became of each, in their order.
  /// - Throws: ``CatalogError`` for what concerns all of them.
  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome]

  /// Everything that relates to one of `keys`, whoever owns it. None, where the catalog has no relations.
  func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity]

  /// The definition of a blueprint as JSON, nil where there is none.
  func blueprint(_ identifier: String) async throws -> [UInt8]?

  /// The config that was applied last for `owner`: YAML, or JSON, which is YAML. Nil where none is known.
  func appliedConfig(of owner: Datasource) async throws -> [UInt8]?

  /// Says that a run begins, before its first write.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/busy`` where another run of the same integration is at work.
  func begin(_ run: CatalogRun) async throws

  /// Says how a run ended, after its last write. `config` is what was applied, if all of it was.
  func end(_ run: CatalogRun, _ result: RunResult) async throws
}

extension Catalog {
  /// 20 entities and 1 MiB a write, 100 a deletion.
  public var limits: CatalogLimits { CatalogLimits() }

  /// Those among all that have one of `identifiers` whose datasource is said to be the owner's.
  public func ownedEntities(
    _ identifiers: [String], of blueprint: String, by owner: Datasource
  ) async throws -> [CatalogEntity] {
    try await entities(identifiers, of: blueprint).filter { entity in
      entity.datasource.map(owner.owns) ?? false
    }
  }

  /// None.
  public func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] { [] }

  /// None is known.
  public func blueprint(_ identifier: String) async throws -> [UInt8]? { nil }

  /// None is known.
  public func appliedConfig(of owner: Datasource) async throws -> [UInt8]? { nil }

  /// Does nothing.
  public func begin(_ run: CatalogRun) async throws {}

  /// Does nothing.
  public func end(_ run: CatalogRun, _ result: RunResult) async throws {}
}

/// How much a catalog takes at once.
public struct CatalogLimits: Sendable, Hashable {
  /// How many entities are in one write.
  public var entities = 20
  /// How many bytes of JSON are in one write.
  public var bytes = 1 << 20
  /// How many entities are in one deletion.
  public var deletions = 100
  /// How many writes are under way at the same time.
  public var concurrency = 4

  /// Port's limits.
  public init() {}
}
