import GRDB
import RawJSON

/// The properties and relations that a blueprint has no longer: its entities lose them, as Port's do. Otherwise a later
/// write that merges would be refused for what it does not even name.
struct DroppedMembers {
  /// The members as SQLite's paths into a document.
  private let paths: [String]

  /// What `after` has no longer of `before`.
  init(from before: JSONView, to after: JSONView) {
    let properties = Self.names(before["schema"]?["properties"], without: after["schema"]?["properties"])
    let relations = Self.names(before["relations"], without: after["relations"])
    paths = properties.map { "$.properties.\"\($0)\"" } + relations.map { "$.relations.\"\($0)\"" }
  }

  /// Names that a path can have: SQLite knows no way to write a quotation mark in one, and Port allows none.
  private static func names(_ before: JSONView?, without after: JSONView?) -> [String] {
    (before?.members ?? []).map(\.key).filter { !$0.contains("\"") && after?[$0] == nil }
  }

  /// Takes the members out of all entities that have one. That is a change, whoever owns them.
  func drop(from blueprint: String, at now: String, _ database: Database) throws {
    for path in paths {
      let having = "blueprint = :blueprint AND json_type(doc, :path) IS NOT NULL"
      let revision = try Revision.current(database)
      try database.execute(
        sql: """
          INSERT INTO version (blueprint, identifier, revision, until_revision, at, datasource, run, kind, resource,
            mapping, location, raw_hash, raw_identity, doc)
          SELECT blueprint, identifier, revision, :revision, updated_at, datasource, run, kind, resource, mapping,
            location, raw_hash, raw_identity, doc FROM entity WHERE \(having)
          """, arguments: ["blueprint": blueprint, "path": path, "revision": revision])
      try database.execute(
        sql: """
          UPDATE entity SET doc = json_remove(doc, :path), revision = :revision, updated_at = :now,
            applied_hash = NULL, applied_whole = 0, run = NULL, kind = NULL, resource = NULL, mapping = NULL,
            location = NULL, raw_hash = NULL, raw_identity = NULL WHERE \(having)
          """, arguments: ["blueprint": blueprint, "path": path, "revision": revision, "now": now])
    }
  }
}
