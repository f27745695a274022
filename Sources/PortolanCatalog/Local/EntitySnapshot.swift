import GRDB

/// What a catalog has, as a plan reads it: the entities of one owner, and others by their keys.
///
/// It is read from the local catalog's own file, or from a temporary one that another catalog's entities were put into.
package final class EntitySnapshot: Sendable {
  /// An entity as a plan sees it.
  package struct Found: Sendable {
    /// A number of its own, from 1 to ``EntitySnapshot/maximumNumber``: small enough for an array.
    package var number: Int
    package var isOwned: Bool
    package var datasource: String?
    /// The SHA-256 of the line that the last run of the owner wrote, if nothing changed the entity since; nil otherwise.
    package var appliedHash: [UInt8]?
  }

  private static var missing: CatalogError { CatalogError(.unavailable, "snapshots are not there yet") }

  /// A snapshot of a local catalog, which later writes do not change.
  package init(_ catalog: LocalCatalog, owner: Datasource) throws { throw Self.missing }

  /// A snapshot of any other catalog: its owned entities are put into a temporary file.
  package init(copying catalog: any Catalog, owner: Datasource) async throws { throw Self.missing }

  /// The catalog's number of changes so far, nil where it counts none.
  package var revision: Int? { nil }
  /// The highest number of an entity.
  package var maximumNumber: Int { 0 }
  /// How many entities are owned, by blueprint.
  package func ownedCounts() throws -> [String: Int] { throw Self.missing }
  /// The entities with these keys, in their order, nil where there is none.
  package func find(_ keys: [EntityKey]) throws -> [Found?] { throw Self.missing }
  /// The JSON of the entities with these numbers, in their order.
  package func json(of numbers: [Int]) throws -> [[UInt8]] { throw Self.missing }
  /// What the last run of the owner wrote as these entities, nil where that is not known or nothing changed since.
  package func lastWritten(_ numbers: [Int]) throws -> [[UInt8]?] { throw Self.missing }
  /// The raw identities (with their kinds) that these entities were made of, nil where not known.
  package func rawIdentities(_ numbers: [Int]) throws -> [String?] { throw Self.missing }
  /// Goes through the owned entities whose number is not in `seen`, in the order of blueprint and identifier.
  package func forEachOwned(
    unlessSeen seen: (Int) -> Bool, _ body: (_ number: Int, _ key: EntityKey, _ json: [UInt8]) throws -> Void
  ) throws { throw Self.missing }
  /// What relates to these entities, whoever owns it.
  package func related(to keys: [EntityKey]) throws -> [RelatedEntity] { throw Self.missing }
  /// Puts entities of another owner, or of none, into a temporary snapshot, so that they are found.
  package func add(_ entities: [CatalogEntity]) throws { throw Self.missing }
  /// Whether `find` knows all entities of the catalog; otherwise only the owned ones, and those that were added.
  package var isWhole: Bool { false }
}
