import GRDB

extension LocalCatalog {
  /// Whether there is an action, a scorecard or a page of that identifier.
  public func hasResource(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Bool {
    try await read { database in
      try Int.fetchOne(
        database, sql: "SELECT 1 FROM resource WHERE kind = ? AND blueprint = ? AND identifier = ?",
        arguments: [kind.rawValue, blueprint ?? "", identifier]) != nil
    }
  }

  /// Creates an action, a scorecard or a page. One that is there is refused.
  public func createResource(_ resource: CatalogResource) async throws {
    try await write { try ResourceTable.create(resource, $0) }
  }

  /// All actions, scorecards or pages, by blueprint and identifier.
  package func resources(_ kind: CatalogResource.Kind) async throws -> [CatalogResource] {
    try await read { database in
      try Row.fetchAll(
        database,
        sql: "SELECT blueprint, identifier, doc FROM resource WHERE kind = ? ORDER BY blueprint, identifier",
        arguments: [kind.rawValue]
      ).map { ResourceTable.resource(kind, $0) }
    }
  }

  /// Deletes an action, a scorecard or a page; whether there was one.
  package func deleteResource(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Bool {
    try await write { database in
      try database.execute(
        sql: "DELETE FROM resource WHERE kind = ? AND blueprint = ? AND identifier = ?",
        arguments: [kind.rawValue, blueprint ?? "", identifier])
      return database.changesCount > 0
    }
  }
}

/// The actions, scorecards and pages of a catalog.
enum ResourceTable {
  /// Creates one.
  static func create(_ resource: CatalogResource, _ database: Database) throws {
    guard !resource.identifier.isEmpty else {
      throw CatalogError(.refused, "the \(resource.kind.rawValue) has no identifier")
    }
    if let blueprint = resource.blueprint, try BlueprintTable.document(blueprint, database) == nil {
      throw CatalogError(
        .notFound,
        "there is no blueprint \"\(blueprint)\" for \(resource.kind.rawValue) \"\(resource.identifier)\"")
    }
    try database.execute(
      sql: """
        INSERT INTO resource (kind, blueprint, identifier, doc) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING
        """,
      arguments: [
        resource.kind.rawValue, resource.blueprint ?? "", resource.identifier, text(resource.json),
      ])
    guard database.changesCount > 0 else {
      throw CatalogError(
        .refused,
        "there is \(resource.kind.article) \(resource.kind.rawValue) \"\(resource.identifier)\" already",
        advice: "delete it first")
    }
  }

  /// One in a row of blueprint, identifier, doc.
  static func resource(_ kind: CatalogResource.Kind, _ row: Row) -> CatalogResource {
    let blueprint: String = row[0]
    return CatalogResource(
      kind, row[1], of: blueprint.isEmpty ? nil : blueprint, json: row.document(2))
  }
}

extension CatalogResource.Kind {
  fileprivate var article: String { self == .action ? "an" : "a" }
}
