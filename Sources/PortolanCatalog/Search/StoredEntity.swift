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
