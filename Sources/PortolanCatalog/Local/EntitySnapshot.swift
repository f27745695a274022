import GRDB

/// What a catalog has, as a plan reads it: the entities of one owner, and others by their keys.
///
/// It is read from the local catalog's own file, or from a temporary one that another catalog's entities were put into.
package final class EntitySnapshot: Sendable {
  /// An entity as a plan sees it.
  package struct Found: Sendable {
    /// A number of its own, from 1 to ``EntitySnapshot/maximumNumber``: small enough for an array.
    package var number: Int
    package var isOwned: Bool
    package var datasource: String?
    /// The SHA-256 of the line that the last run of the owner wrote, if nothing changed the entity since; nil otherwise.
    package var appliedHash: [UInt8]?
    /// Whether the entity is nothing but that line: only then does it stay as it is where a write does not merge.
    package var isAppliedWhole: Bool
  }

  /// Where it is read from.
  let reader: any DatabaseReader
  let owner: Datasource
  /// The temporary file, nil for a local catalog.
  let temporary: TemporaryCatalog?
  /// The catalog's number of changes so far, nil where it counts none.
  package let revision: Int?
  private let ownedList: String
  private let names: [Int64: String]

  /// A snapshot of a local catalog, which later writes do not change.
  package init(_ catalog: LocalCatalog, owner: Datasource) throws {
    do {
      let snapshot = try catalog.pool.makeSnapshot()
      reader = snapshot
      (revision, names) = try snapshot.read { database in
        (try Revision.current(database), try DatasourceTable.names(database))
      }
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: catalog.name)
    }
    self.owner = owner
    temporary = nil
    ownedList = DatasourceTable.list(names.filter { owner.owns($0.value) }.map(\.key))
  }

  /// A snapshot of any other catalog: its owned entities are put into a temporary file.
  package init(copying catalog: any Catalog, owner: Datasource) async throws {
    let temporary = try TemporaryCatalog()
    self.temporary = temporary
    self.owner = owner
    reader = temporary.queue
    revision = nil
    try await temporary.fill(from: catalog, owner: owner)
    names = [:]
    // What a catalog says is owned is owned, whatever its datasource is called.
    ownedList = "(\(TemporaryCatalog.ownedNumber))"
  }

  /// Whether `find` knows all entities of the catalog; otherwise only the owned ones, and those that were added.
  package var isWhole: Bool { temporary == nil }

  /// The highest number of an entity.
  package var maximumNumber: Int {
    (try? reader.read { try Int.fetchOne($0, sql: "SELECT max(id) FROM entity") }) ?? 0
  }

  /// How many entities are owned, by blueprint.
  package func ownedCounts() throws -> [String: Int] {
    try reader.read { database in
      var counts: [String: Int] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: "SELECT blueprint, count(*) FROM entity WHERE datasource IN \(ownedList) GROUP BY blueprint")
      while let row = try rows.next() { counts[row[0]] = row[1] }
      return counts
    }
  }

  /// The entities with these keys, in their order, nil where there is none.
  package func find(_ keys: [EntityKey]) throws -> [Found?] {
    guard !keys.isEmpty else { return [] }
    return try reader.read { database in
      var found = [Found?](repeating: nil, count: keys.count)
      let rows = try Row.fetchCursor(
        database.cachedStatement(
          sql: """
            SELECT wanted.key, entity.id, datasource, datasource IN \(ownedList), applied_hash, applied_whole
            FROM json_each(?) AS wanted
            CROSS JOIN entity ON blueprint = wanted.value ->> 0 AND identifier = wanted.value ->> 1
            """), arguments: [KeyList.json(keys)])
      while let row = try rows.next() { found[row[0]] = self.found(row) }
      return found
    }
  }

  private func found(_ row: Row) -> Found {
    let datasource: Int64? = row[2]
    return Found(
      number: row[1], isOwned: (row[3] as Bool?) ?? false,
      datasource: datasource.flatMap { names[$0] ?? temporary?.name(of: $0) }, appliedHash: row.bytes(4),
      isAppliedWhole: row[5])
  }

  /// The JSON of the entities with these numbers, in their order.
  package func json(of numbers: [Int]) throws -> [[UInt8]] {
    try reader.read { database in
      try numbers.map { try EntityTable.document(Int64($0), database) }
    }
  }

  /// What the last run of the owner wrote as these entities, nil where that is not known or nothing changed since.
  package func lastWritten(_ numbers: [Int]) throws -> [[UInt8]?] {
    guard isWhole else { return numbers.map { _ in nil } }
    return try reader.read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT version.doc FROM entity JOIN version USING (blueprint, identifier)
          WHERE entity.id = ? AND NOT (entity.run IS NOT NULL AND entity.datasource IN \(ownedList))
          AND version.run IS NOT NULL AND version.datasource IN \(ownedList) AND version.doc IS NOT NULL
          ORDER BY version.id DESC LIMIT 1
          """)
      return try numbers.map { try Row.fetchOne(statement, arguments: [$0])?.bytes(0) }
    }
  }

  /// The raw identities (with their kinds) that these entities were made of, nil where not known.
  package func rawIdentities(_ numbers: [Int]) throws -> [String?] {
    try reader.read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT kind || ' ' || raw_identity FROM entity WHERE id = ?")
      return try numbers.map { try String.fetchOne(statement, arguments: [$0]) }
    }
  }

  /// Goes through the owned entities whose number is not in `seen`, in the order of blueprint and identifier.
  package func forEachOwned(
    unlessSeen seen: (Int) -> Bool, _ body: (_ number: Int, _ key: EntityKey, _ json: [UInt8]) throws -> Void
  ) throws {
    var last: EntityKey?
    // By pages, so that `body` may ask this snapshot for more.
    while let page = try ownedPage(after: last, unlessSeen: seen) {
      for (number, key, json) in page.entities { try body(number, key, json) }
      last = page.last
    }
  }

  /// Some owned entities after a key, nil where there are no more.
  private func ownedPage(after last: EntityKey?, unlessSeen seen: (Int) -> Bool) throws -> (
    entities: [(Int, EntityKey, [UInt8])], last: EntityKey
  )? {
    try reader.read { database in
      let rows = try Row.fetchCursor(
        database.cachedStatement(
          sql: """
            SELECT id, blueprint, identifier, doc FROM entity INDEXED BY sqlite_autoindex_entity_1
            WHERE (blueprint, identifier) > (?, ?) AND datasource IN \(ownedList)
            ORDER BY blueprint, identifier LIMIT 1000
            """), arguments: [last?.blueprint ?? "", last?.identifier ?? ""])
      var entities: [(Int, EntityKey, [UInt8])] = []
      var end: EntityKey?
      var size = 0
      while size < EntityTable.pageBytes, let row = try rows.next() {
        let number: Int = row[0]
        let key = EntityKey(row[1], row[2])
        end = key
        guard !seen(number) else { continue }
        entities.append((number, key, row.document(3)))
        size += entities.last?.2.count ?? 0
      }
      return end.map { (entities, $0) }
    }
  }

  /// What relates to these entities, whoever owns it.
  package func related(to keys: [EntityKey]) throws -> [RelatedEntity] {
    try reader.read { try EntityTable.related(to: keys, $0) }
  }

  /// Puts entities of another owner, or of none, into a temporary snapshot, so that they are found. A local catalog's has
  /// them already.
  package func add(_ entities: [CatalogEntity]) throws {
    try temporary?.add(entities, isOwned: false)
  }
}
