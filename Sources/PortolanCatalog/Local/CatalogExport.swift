import GRDB
import RawJSON

/// A catalog as lines of JSON, one thing a line: what kind of thing it is stands in `type`.
///
/// The first line says what the file is. Blueprints come before what is of them, so that the lines can be read again one
/// after another.
enum CatalogLines {
  /// The version of what is written.
  static let version = 1

  /// The first line.
  static var header: [UInt8] {
    JSONWriter.object { line in
      line.add("type", text: "catalog")
      line.add("version", version)
    }
  }

  /// The line of a thing.
  static func line(_ type: String, _ document: [UInt8], _ others: (inout JSONWriter) -> Void) -> [UInt8] {
    JSONWriter.object { line in
      line.add("type", text: type)
      others(&line)
      line.key("document")
      line.json(document)
    }
  }
}

extension LocalCatalog {
  /// Gives everything but runs and history as lines of JSON, without their ends, as it is at one moment.
  ///
  /// - Throws: ``CatalogError``, and what `write` throws.
  package func export(to write: ([UInt8]) throws -> Void) throws {
    do {
      try pool.makeSnapshot().read { database in
        try write(CatalogLines.header)
        try Self.exportThings(database, to: write)
        try Self.exportEntities(database, to: write)
      }
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: name)
    }
  }

  private static func exportThings(_ database: Database, to write: ([UInt8]) throws -> Void) throws {
    let blueprints = try Row.fetchCursor(
      database, sql: "SELECT doc, created_at, updated_at FROM blueprint ORDER BY identifier")
    while let row = try blueprints.next() {
      try write(CatalogLines.line("blueprint", row.document(0)) { $0.addTimes(row, 1) })
    }
    let resources = try Row.fetchCursor(
      database,
      sql: "SELECT doc, kind, blueprint, identifier FROM resource ORDER BY kind, blueprint, identifier")
    while let row = try resources.next() {
      try write(
        CatalogLines.line("resource", row.document(0)) { line in
          line.add("kind", text: row[1])
          line.add("blueprint", text: row[2])
          line.add("identifier", text: row[3])
        })
    }
    let integrations = try Row.fetchCursor(
      database, sql: "SELECT doc, created_at, updated_at FROM integration ORDER BY identifier")
    while let row = try integrations.next() {
      try write(CatalogLines.line("integration", row.document(0)) { $0.addTimes(row, 1) })
    }
  }

  private static func exportEntities(_ database: Database, to write: ([UInt8]) throws -> Void) throws {
    let entities = try Row.fetchCursor(
      database,
      sql: """
        SELECT doc, created_at, updated_at, name FROM entity LEFT JOIN datasource ON datasource.id = datasource
        ORDER BY blueprint, identifier
        """)
    while let row = try entities.next() {
      try write(
        CatalogLines.line("entity", row.document(0)) { line in
          if let datasource = row[3] as String? { line.add("datasource", text: datasource) }
          line.addTimes(row, 1)
        })
    }
  }
}

extension JSONWriter {
  /// Adds when something was made and changed, from two columns.
  fileprivate mutating func addTimes(_ row: Row, _ column: Int) {
    add("createdAt", text: row[column])
    add("updatedAt", text: row[column + 1])
  }
}
