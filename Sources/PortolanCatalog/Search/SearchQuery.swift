import RawJSON

/// A search query, as Port's API and a mapping's search identifiers have it: `{"combinator": "and", "rules": […]}`.
///
/// ```swift
/// let query = try SearchQuery(json: Array(#"""
///   {"combinator": "and", "rules": [{"property": "$blueprint", "operator": "=", "value": "service"}]}
///   """#.utf8))
/// print(query)
/// ```
public struct SearchQuery: Sendable {
  /// Reads a query.
  ///
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/refused`` for what is none, in words for who wrote it.
  public init(json: [UInt8]) throws(CatalogError) {
    throw CatalogError(.unavailable, "search queries are not there yet")
  }

  /// Whether an entity matches.
  package func matches(_ entity: StoredEntity) -> Bool { false }
}

/// An entity as a local catalog keeps it, with what queries can ask for besides its fields.
package struct StoredEntity: Sendable {
  package var key: EntityKey
  /// One line of JSON, as ``CatalogEntity/json``.
  package var json: [UInt8]
  package var datasource: String
  /// ISO 8601, UTC, with milliseconds.
  package var createdAt: String
  package var updatedAt: String

  package init(
    _ key: EntityKey, json: [UInt8], datasource: String, createdAt: String, updatedAt: String
  ) {
    self.key = key
    self.json = json
    self.datasource = datasource
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}
