import GRDB
import Portolan

/// An entity as it was once, or is.
package struct EntityVersion: Sendable, Hashable {
  /// What made it.
  package enum Change: String, Sendable, Hashable, Codable {
    case created
    case changed
    case deleted
  }

  /// The catalog's number of changes with it.
  package var revision: Int
  /// When, ISO 8601.
  package var at: String
  /// The run that made it, nil where it was no run.
  package var run: String?
  /// Who made it, nil for a target that a relation needed and nobody has written.
  package var datasource: String?
  package var change: Change
  /// The entity as one line of JSON, nil where it was deleted.
  package var document: [UInt8]?
  /// What it was made of, nil where that is not known.
  package var origin: EntityOrigin?
  /// The SHA-256 of the config that it was made with, nil where it was no run.
  package var configHash: String?
}

extension LocalCatalog {
  /// Everything that an entity was, newest first; none where there never was one.
  package func history(of key: EntityKey) async throws -> [EntityVersion] {
    try await read { try EntityHistory.versions(of: key, $0) }
  }
}

/// Reads what entities were.
enum EntityHistory {
  /// Everything that an entity was, newest first.
  static func versions(of key: EntityKey, _ database: Database) throws -> [EntityVersion] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT item.revision, item.at, run.id, datasource.name, item.doc, item.kind, item.resource, item.mapping,
          item.location, item.raw_hash, item.raw_identity, run.config_hash
        FROM (
          SELECT 0 AS part, id, revision, at, datasource, run, kind, resource, mapping, location, raw_hash,
            raw_identity, doc FROM version WHERE blueprint = :blueprint AND identifier = :identifier
          UNION ALL
          SELECT 1, id, revision, updated_at, datasource, run, kind, resource, mapping, location, raw_hash,
            raw_identity, doc FROM entity WHERE blueprint = :blueprint AND identifier = :identifier
        ) AS item
        LEFT JOIN run ON run.number = item.run LEFT JOIN datasource ON datasource.id = item.datasource
        ORDER BY item.part, item.id
        """, arguments: ["blueprint": key.blueprint, "identifier": key.identifier])
    var versions: [EntityVersion] = []
    while let row = try rows.next() {
      var version = version(row)
      // What is there after nothing was created.
      if version.document != nil, versions.last?.document == nil { version.change = .created }
      versions.append(version)
    }
    return versions.reversed()
  }

  private static func version(_ row: Row) -> EntityVersion {
    let document = row.bytes(4)
    return EntityVersion(
      revision: row[0], at: row[1], run: row[2], datasource: row[3],
      change: document == nil ? .deleted : .changed, document: document, origin: origin(row, from: 5),
      configHash: row[11])
  }

  /// What an entity was made of, in the columns kind, resource, mapping, location, raw_hash and raw_identity.
  static func origin(_ row: Row, from column: Int) -> EntityOrigin? {
    guard let kind = row[column] as String?, let resource = row[column + 1] as Int?,
      let mapping = row[column + 2] as Int?, let hash = row[column + 4] as String?
    else { return nil }
    return EntityOrigin(
      kind: kind, resource: resource, mapping: mapping,
      location: (row[column + 3] as String?).flatMap { location($0) }, rawHash: hash,
      rawIdentity: row[column + 5])
  }

  /// A place that was written as `file:line:column`.
  static func location(_ text: String) -> SourceLocation? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 3, let line = Int(parts[parts.count - 2]), let column = Int(parts[parts.count - 1])
    else { return nil }
    return SourceLocation(file: parts.dropLast(2).joined(separator: ":"), line: line, column: column)
  }
}
