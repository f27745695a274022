import PortolanCatalog
import PortolanHTTP

extension PortCatalog {
  /// Every entity that `owner` owns, some at a time. Entities that are listed and not found come without
  /// their fields: they are owned, whatever they hold.
  ///
  /// - Throws: through the sequence, ``CatalogError``: also for a list that does not come to its end.
  public func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    let entities = OwnedEntities(api, of: owner, concurrency: limits.concurrency)
    return AsyncThrowingStream {
      try await entities.next()?.map { entity in
        var entity = entity
        // The list has nobody else's.
        entity.datasource = entity.datasource ?? "\(owner)"
        return entity
      }
    }
  }

  /// Those entities of a blueprint that have one of `identifiers`, whoever owns them.
  public func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    try await PortSearch(api: api).entities(identifiers, of: blueprint)
  }

  /// Those entities of a blueprint that have one of `identifiers`, and that `owner` owns: an entity does not say whose it
  /// is, so Port is asked for the owner's alone.
  public func ownedEntities(
    _ identifiers: [String], of blueprint: String, by owner: Datasource
  ) async throws -> [CatalogEntity] {
    try await PortSearch(api: api, owner: owner).entities(identifiers, of: blueprint)
  }

  /// Everything that relates to one of `keys`, whoever owns it.
  ///
  /// - Throws: ``CatalogError`` where Port does not say: then nobody knows what depends on them.
  public func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] {
    var search = RelatedSearch(api: api)
    return try await search.entities(to: keys)
  }

  /// The definition of a blueprint as JSON, nil where there is none.
  public func blueprint(_ identifier: String) async throws -> [UInt8]? {
    try await api.thing(PortPath.blueprint(identifier), "blueprint").map { Array($0.json.utf8) }
  }
}
