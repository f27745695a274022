import PortolanCatalog

extension LocalCatalog {
  /// What a query finds after an entity.
  func search(_ query: SearchQuery, after key: EntityKey?, limit: Int) async throws -> [StoredEntity] {
    let found = try await search(query)
    guard let key else { return Array(found.prefix(limit)) }
    return Array(
      found.drop { !key.identifier.utf8.lexicographicallyPrecedes($0.key.identifier.utf8) }.prefix(limit))
  }
}
