import GRDB

/// Who writes entities in a transaction.
struct CatalogWriter {
  /// A run of a sync.
  struct Run {
    var number: Int64
    /// Until when raw objects are kept, nil for not at all.
    var keepsRawUntil: String?
  }

  /// The datasource of what is written.
  var datasource: Int64
  /// The names of the datasources that are the same owner as this one.
  var run: Run?

  /// An API's client, known by its user agent.
  static func client(_ datasource: String, _ database: Database) throws -> CatalogWriter {
    CatalogWriter(datasource: try DatasourceTable.number(of: datasource, database))
  }

  /// A run of a sync, which is noted where nobody has said that it begins.
  static func run(_ run: CatalogRun, now: Double, _ database: Database) throws -> CatalogWriter {
    CatalogWriter(
      datasource: try DatasourceTable.number(of: run.owner.description, database),
      run: Run(
        number: try RunTable.number(of: run, database),
        keepsRawUntil: run.rawRetention.map { CatalogTime.text(now + $0) }))
  }
}

/// The datasources that wrote something, which entities have as numbers.
enum DatasourceTable {
  /// The number of a datasource, which is given one where it has none.
  static func number(of name: String, _ database: Database) throws -> Int64 {
    let known = try database.cachedStatement(sql: "SELECT id FROM datasource WHERE name = ?")
    if let number = try Int64.fetchOne(known, arguments: [name]) { return number }
    try database.execute(sql: "INSERT INTO datasource (name) VALUES (?)", arguments: [name])
    return database.lastInsertedRowID
  }

  /// All of them.
  static func names(_ database: Database) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT id, name FROM datasource")
    while let row = try rows.next() { names[row[0]] = row[1] }
    return names
  }

  /// The numbers of all datasources that are the same owner, as an SQL list.
  static func list(of owner: Datasource, _ database: Database) throws -> String {
    list(try names(database).filter { owner.owns($0.value) }.map(\.key))
  }

  /// Numbers as an SQL list.
  static func list(_ numbers: [Int64]) -> String {
    "(" + numbers.sorted().map(String.init).joined(separator: ", ") + ")"
  }
}
