import GRDB
import RawJSON

/// The blueprints of a catalog.
enum BlueprintTable {
  /// Creates a blueprint.
  static func create(_ json: [UInt8], at now: String, _ database: Database) throws {
    let view = try checked(json)
    let identifier = try identifier(of: view)
    guard try document(identifier, database) == nil else {
      throw CatalogError(
        .refused, "there is a blueprint \"\(identifier)\" already", advice: "update it, or delete it first")
    }
    guard var members = JSONMembers(view) else { throw noObject }
    members["createdAt"] = nil
    members["updatedAt"] = nil
    try refuse(members.json)
    try database.execute(
      sql: "INSERT INTO blueprint (identifier, doc, created_at, updated_at) VALUES (?, ?, ?, ?)",
      arguments: [identifier, text(members.json), now, now])
    try changed(database)
  }

  /// Changes those members of a blueprint that `json` names.
  static func update(_ identifier: String, _ json: [UInt8], at now: String, _ database: Database) throws {
    guard let stored = try document(identifier, database) else { throw notFound(identifier) }
    let view = try checked(json)
    let before = JSONView(valid: stored)
    guard var members = JSONMembers(before), var changes = JSONMembers(view) else { throw noObject }
    if let name = view["identifier"], name.text != identifier {
      throw CatalogError(
        .refused, "blueprint \"\(identifier)\" cannot get another identifier",
        advice: "create a blueprint of that identifier")
    }
    changes["createdAt"] = nil
    changes["updatedAt"] = nil
    members.merge(changes)
    guard members.json != stored else { return }
    try refuse(members.json)
    try database.execute(
      sql: "UPDATE blueprint SET doc = ?, updated_at = ? WHERE identifier = ?",
      arguments: [text(members.json), now, identifier])
    let after = JSONView(valid: members.json)
    try changed(database)
    try DroppedMembers(from: before, to: after).drop(from: identifier, at: now, database)
    try follow(identifier, BlueprintDefinitions.relations(of: after), database)
  }

  /// Deletes a blueprint without entities.
  static func delete(_ identifier: String, _ database: Database) throws {
    let count =
      try Int.fetchOne(
        database, sql: "SELECT count(*) FROM entity WHERE blueprint = ?", arguments: [identifier]) ?? 0
    guard count == 0 else {
      throw CatalogError(
        .refused, "blueprint \"\(identifier)\" has \(count) entities", advice: "delete them first")
    }
    try database.execute(sql: "DELETE FROM blueprint WHERE identifier = ?", arguments: [identifier])
    guard database.changesCount > 0 else { throw notFound(identifier) }
    try changed(database)
  }

  /// A blueprint as it was written.
  static func document(_ identifier: String, _ database: Database) throws -> [UInt8]? {
    try Row.fetchOne(
      database, sql: "SELECT doc FROM blueprint WHERE identifier = ?", arguments: [identifier])?
      .document(0)
  }

  /// A relation of a blueprint as it was written.
  static func relation(_ name: String, of blueprint: String, _ database: Database) throws -> JSONView? {
    try document(blueprint, database).flatMap { JSONView(valid: $0)["relations"]?[name] }
  }

  /// A blueprint as the API has it, in a row of doc, created_at, updated_at.
  static func withTimes(_ row: Row) -> [UInt8] {
    let document = row.document(0)
    guard var members = JSONMembers(JSONView(valid: document)) else { return document }
    members.set("createdAt", text: row[1])
    members.set("updatedAt", text: row[2])
    return members.json
  }

  /// Makes what entities relate to follow a blueprint whose relations are others now.
  private static func follow(
    _ identifier: String, _ relations: [[UInt8]: BlueprintDefinitions.Relation], _ database: Database
  ) throws {
    let own = "entity IN (SELECT id FROM entity WHERE blueprint = ?)"
    for (name, relation) in relations {
      try database.execute(
        sql: "UPDATE relation SET target_blueprint = ? WHERE name = ? AND target_blueprint <> ? AND \(own)",
        arguments: [relation.target, String(decoding: name, as: UTF8.self), relation.target, identifier])
    }
    let names = KeyList.json(relations.keys.map { String(decoding: $0, as: UTF8.self) })
    try database.execute(
      sql: "DELETE FROM relation WHERE name NOT IN (SELECT value FROM json_each(?)) AND \(own)",
      arguments: [names, identifier])
    // What a run wrote may mean something else now, so that the next one has to look.
    try database.execute(
      sql: "UPDATE entity SET applied_hash = NULL WHERE blueprint = ? AND applied_hash IS NOT NULL",
      arguments: [identifier])
  }

  private static func changed(_ database: Database) throws {
    _ = try Revision.next(database)
    try database.execute(sql: "UPDATE meta SET blueprints = blueprints + 1")
  }

  private static func checked(_ json: [UInt8]) throws -> JSONView {
    let view: JSONView
    do {
      view = try JSONView(validating: json)
    } catch {
      throw CatalogError(.refused, "the blueprint is no JSON: \(error)")
    }
    guard view.kind == .object else { throw noObject }
    return view
  }

  private static func identifier(of view: JSONView) throws -> String {
    guard let identifier = view["identifier"]?.text else {
      throw CatalogError(.refused, "the blueprint has no identifier")
    }
    return identifier
  }

  private static func refuse(_ json: [UInt8]) throws {
    if let refusal = EntityValidation.refusal(ofBlueprint: json) {
      throw CatalogError(.refused, refusal.message)
    }
  }

  private static var noObject: CatalogError { CatalogError(.refused, "the blueprint is no object") }

  private static func notFound(_ identifier: String) -> CatalogError {
    CatalogError(.notFound, "there is no blueprint \"\(identifier)\"")
  }
}

/// Bytes that are text, as SQLite takes them.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension LocalCatalog {
  /// The definition of a blueprint as JSON, nil where there is none.
  public func blueprint(_ identifier: String) async throws -> [UInt8]? {
    try await read { database in
      try Row.fetchOne(
        database, sql: "SELECT doc, created_at, updated_at FROM blueprint WHERE identifier = ?",
        arguments: [identifier]
      ).map { BlueprintTable.withTimes($0) }
    }
  }

  /// All blueprints, as the API has them, by identifier.
  package func blueprints() async throws -> [[UInt8]] {
    try await read { database in
      try Row.fetchAll(
        database, sql: "SELECT doc, created_at, updated_at FROM blueprint ORDER BY identifier"
      ).map { BlueprintTable.withTimes($0) }
    }
  }

  /// Creates a blueprint. One that is there, or that breaks Port's rules, is refused.
  public func createBlueprint(_ json: [UInt8]) async throws {
    let now = now
    try await write { try BlueprintTable.create(json, at: now, $0) }
  }

  /// Changes those members of a blueprint that `json` names. What its entities lose by that, they lose.
  public func updateBlueprint(_ identifier: String, _ json: [UInt8]) async throws {
    let now = now
    try await write { try BlueprintTable.update(identifier, json, at: now, $0) }
  }

  /// Deletes a blueprint. One with entities is refused.
  public func deleteBlueprint(_ identifier: String) async throws {
    try await write { try BlueprintTable.delete(identifier, $0) }
  }
}
