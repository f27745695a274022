import GRDB
import RawJSON

/// The rows of entities.
enum EntityTable {
  /// How many bytes of documents are read at once where all entities are read; the last one may go over it.
  static let pageBytes = 4 << 20

  /// What is known of an entity without its document.
  struct Head {
    var id: Int64
    var datasource: Int64?
    var appliedHash: [UInt8]?
    var isAppliedWhole: Bool
  }

  /// The entities of a blueprint that have one of `identifiers`, by the bytes of the identifier.
  static func heads(_ identifiers: [String], of blueprint: String, _ database: Database) throws
    -> [[UInt8]: Head]
  {
    let statement = try database.cachedStatement(
      sql: """
        SELECT entity.identifier, entity.id, datasource, applied_hash, applied_whole
        FROM json_each(?) AS wanted CROSS JOIN entity ON blueprint = ? AND identifier = wanted.value
        """)
    var heads: [[UInt8]: Head] = [:]
    heads.reserveCapacity(identifiers.count)
    let rows = try Row.fetchCursor(statement, arguments: [KeyList.json(identifiers), blueprint])
    while let row = try rows.next() {
      heads[row.document(0)] = Head(
        id: row[1], datasource: row[2], appliedHash: row.bytes(3), isAppliedWhole: row[4])
    }
    return heads
  }

  /// The document of an entity.
  static func document(_ id: Int64, _ database: Database) throws -> [UInt8] {
    let statement = try database.cachedStatement(sql: "SELECT doc FROM entity WHERE id = ?")
    return try Row.fetchOne(statement, arguments: [id])?.document(0) ?? []
  }

  /// Whether there is such an entity.
  static func has(_ identifier: String, of blueprint: String, _ database: Database) throws -> Bool {
    let statement = try database.cachedStatement(
      sql: "SELECT 1 FROM entity WHERE blueprint = ? AND identifier = ?")
    return try Int.fetchOne(statement, arguments: [blueprint, identifier]) != nil
  }

  /// The query of what ``stored(_:)`` reads.
  static let storedQuery = """
    SELECT entity.blueprint, entity.identifier, entity.doc, datasource.name, entity.created_at, entity.updated_at
    FROM entity LEFT JOIN datasource ON datasource.id = entity.datasource
    """

  /// The entity in a row of ``storedQuery``.
  static func stored(_ row: Row) -> StoredEntity {
    StoredEntity(
      EntityKey(row[0], row[1]), json: row.document(2), datasource: row[3] ?? "", createdAt: row[4],
      updatedAt: row[5])
  }
}

/// Texts as one argument of a statement.
enum KeyList {
  /// A JSON array of texts.
  static func json(_ texts: some Sequence<String>) -> String {
    var json: [UInt8] = [UInt8(ascii: "[")]
    for text in texts {
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      append(text, to: &json)
    }
    json.append(UInt8(ascii: "]"))
    return String(decoding: json, as: UTF8.self)
  }

  /// A JSON array of pairs of blueprint and identifier.
  static func json(_ keys: some Sequence<EntityKey>) -> String {
    var json: [UInt8] = [UInt8(ascii: "[")]
    for key in keys {
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      json.append(UInt8(ascii: "["))
      append(key.blueprint, to: &json)
      json.append(UInt8(ascii: ","))
      append(key.identifier, to: &json)
      json.append(UInt8(ascii: "]"))
    }
    json.append(UInt8(ascii: "]"))
    return String(decoding: json, as: UTF8.self)
  }

  private static func append(_ text: String, to json: inout [UInt8]) {
    JSONText.encode(text, into: &json)
  }
}
