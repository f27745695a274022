import GRDB
import RawJSON

/// The integrations that a catalog knows.
enum IntegrationTable {
  /// What only the catalog says of an integration.
  private static let ownMembers = ["createdAt", "updatedAt", "identifier", "_id"]

  /// Creates an integration.
  static func create(_ json: [UInt8], at now: String, _ database: Database) throws {
    var members = try checked(json)
    let view = JSONView(valid: json)
    guard let identifier = (view["installationId"] ?? view["identifier"])?.text, !identifier.isEmpty else {
      throw CatalogError(.refused, "the integration has no installationId")
    }
    guard try document(identifier, database) == nil else {
      throw CatalogError(.refused, "there is an integration \"\(identifier)\" already", advice: "update it")
    }
    let type = (view["installationAppType"] ?? view["integrationType"])?.text ?? ""
    members["createdAt"] = nil
    members["updatedAt"] = nil
    members.set("_id", text: "integration_\(identifier)")
    members.set("identifier", text: identifier)
    members.set("installationId", text: identifier)
    members.set("integrationType", text: type)
    if members["installationType"] == nil { members.set("installationType", text: "OnPrem") }
    if members["config"] == nil { members["config"] = Array("{}".utf8) }
    try database.execute(
      sql: """
        INSERT INTO integration (identifier, type, doc, resync_requested_at, created_at, updated_at)
        VALUES (?, ?, ?, NULL, ?, ?)
        """, arguments: [identifier, type, text(members.json), now, now])
  }

  /// Changes those members of an integration that `json` names. Another config is a request to sync again.
  static func update(_ identifier: String, _ json: [UInt8], at now: String, _ database: Database) throws {
    guard let stored = try document(identifier, database) else {
      throw CatalogError(.notFound, "there is no integration \"\(identifier)\"")
    }
    var changes = try checked(json)
    guard var members = JSONMembers(JSONView(valid: stored)) else { return }
    for name in ownMembers { changes[name] = nil }
    let config = members["config"]
    members.merge(changes)
    let type = JSONView(valid: members.json)["installationAppType"]?.text
    if let type { members.set("integrationType", text: type) }
    try database.execute(
      sql: """
        UPDATE integration SET doc = ?, type = coalesce(?, type), updated_at = ?,
          resync_requested_at = iif(?, ?, resync_requested_at) WHERE identifier = ?
        """, arguments: [text(members.json), type, now, members["config"] != config, now, identifier])
  }

  /// An integration as it was written.
  static func document(_ identifier: String, _ database: Database) throws -> [UInt8]? {
    try Row.fetchOne(
      database, sql: "SELECT doc FROM integration WHERE identifier = ?", arguments: [identifier])?
      .document(0)
  }

  private static func checked(_ json: [UInt8]) throws -> JSONMembers {
    let view: JSONView
    do {
      view = try JSONView(validating: json)
    } catch {
      throw CatalogError(.refused, "the integration is no JSON: \(error)")
    }
    guard let members = JSONMembers(view) else {
      throw CatalogError(.refused, "the integration is no object")
    }
    return members
  }
}

extension LocalCatalog {
  /// An integration as JSON, nil where there is none of that identifier.
  public func integration(_ identifier: String) async throws -> [UInt8]? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT doc, created_at, updated_at FROM integration WHERE identifier = ?",
        arguments: [identifier]
      ).map { BlueprintTable.withTimes($0) }
    }
  }

  /// All integrations, as the API has them, by identifier.
  package func integrations() async throws -> [[UInt8]] {
    try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT doc, created_at, updated_at FROM integration ORDER BY identifier"
      ).map { BlueprintTable.withTimes($0) }
    }
  }

  /// Creates an integration. One that is there is refused.
  public func createIntegration(_ json: [UInt8]) async throws {
    let now = now
    try await write { try IntegrationTable.create(json, at: now, $0) }
  }

  /// Changes those members of an integration that `json` names.
  public func updateIntegration(_ identifier: String, _ json: [UInt8]) async throws {
    let now = now
    try await write { try IntegrationTable.update(identifier, json, at: now, $0) }
  }

  /// Deletes an integration, not what it wrote; whether there was one.
  package func deleteIntegration(_ identifier: String) async throws -> Bool {
    try await write { database in
      try database.execute(sql: "DELETE FROM integration WHERE identifier = ?", arguments: [identifier])
      return database.changesCount > 0
    }
  }

  /// When somebody last wanted an integration to sync again, ISO 8601: by changing its config, or by asking.
  package func resyncRequest(of integration: String) async throws -> String? {
    try await read { database in
      try String.fetchOne(
        database, sql: "SELECT resync_requested_at FROM integration WHERE identifier = ?",
        arguments: [integration])
    }
  }

  /// Asks an integration to sync again; whether there is such an integration.
  package func requestResync(of integration: String) async throws -> Bool {
    let now = now
    return try await write { database in
      try database.execute(
        sql: "UPDATE integration SET resync_requested_at = ? WHERE identifier = ?",
        arguments: [now, integration])
      return database.changesCount > 0
    }
  }

  /// The config that is stored with an owner's integration, nil where there is none, or an empty one.
  func storedConfig(of owner: Datasource) async throws -> [UInt8]? {
    let document = try await read { try IntegrationTable.document(owner.identifier, $0) }
    guard let document else { return nil }
    let view = JSONView(valid: document)
    if let type = view["installationAppType"]?.text, type.lowercased() != owner.type { return nil }
    guard let config = view["config"], config.kind == .object, config.members?.isEmpty == false else {
      return nil
    }
    return Array(config.json.utf8)
  }
}
