import GRDB
import RawJSON

extension LocalCatalog {
  /// Puts in what ``export(to:)`` gave, in place of what is there under the same identifiers: all of it, or nothing.
  ///
  /// - Parameter lines: the lines, without their ends; empty ones count as lines and say nothing.
  /// - Returns: how many entities there were.
  /// - Throws: ``CatalogError`` for a line that is none of a catalog, with its number.
  @discardableResult
  package func importLines(_ lines: some Sequence<[UInt8]>) throws -> Int {
    var iterator = lines.makeIterator()
    return try importLines { iterator.next() }
  }

  /// The same, of lines that are read one after another; nil ends them.
  @discardableResult
  package func importLines(_ next: () throws -> [UInt8]?) throws -> Int {
    do {
      return try pool.write { database in
        let reader = ImportReader(database, now: now)
        while let line = try next() { try reader.read(line) }
        return try reader.finish()
      }
    } catch let error as DatabaseError {
      throw CatalogError(database: error, path: name)
    }
  }
}

/// Puts the lines of a catalog into another one, in its transaction.
private final class ImportReader {
  private let database: Database
  private let now: String
  private var number = 0
  private var isCatalog = false
  private var count = 0
  /// What writes entities, for as long as no blueprint changes.
  private var transaction: EntityTransaction?

  init(_ database: Database, now: String) {
    self.database = database
    self.now = now
  }

  /// Puts in what a line says.
  func read(_ line: [UInt8]) throws {
    number += 1
    guard !line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) else { return }
    do {
      try put(line)
    } catch let error as CatalogError {
      throw CatalogError(error.kind, "line \(number): \(error.message)", advice: error.advice)
    } catch let error as EntityRefusal {
      throw CatalogError(.refused, "line \(number): \(error.refusal.message)")
    } catch let error as JSONError {
      throw CatalogError(.refused, "line \(number) is no JSON: \(error)")
    }
  }

  /// Checks that there was something, after the last line.
  ///
  /// - Returns: how many entities there were.
  func finish() throws -> Int {
    guard isCatalog else { throw noCatalog }
    return count
  }

  private var noCatalog: CatalogError {
    CatalogError(
      .refused, "this is no exported catalog: its first line does not say so",
      advice: "make one with `portolan catalog export`")
  }

  private func put(_ line: [UInt8]) throws {
    let view = try JSONView(validating: line)
    guard let type = view["type"]?.text else { throw CatalogError(.refused, "there is no type") }
    if !isCatalog { return try begin(type, view) }
    guard let document = view["document"], document.kind == .object else {
      throw CatalogError(.refused, "there is no document")
    }
    let json = Array(document.json.utf8)
    switch type {
    case "blueprint": try putBlueprint(document, json, view)
    case "resource": try putResource(view, json)
    case "integration": try putIntegration(document, json, view)
    case "entity": try putEntity(document, json, view)
    default: throw CatalogError(.refused, "\"\(type)\" is no type of a catalog's line")
    }
  }

  private func begin(_ type: String, _ view: JSONView) throws {
    guard type == "catalog" else { throw noCatalog }
    guard view["version"]?.number == String(CatalogLines.version) else {
      throw CatalogError(
        .refused, "the catalog was exported by another version of portolan", advice: "update portolan")
    }
    isCatalog = true
  }

  private func putBlueprint(_ document: JSONView, _ json: [UInt8], _ line: JSONView) throws {
    transaction = nil
    if let identifier = document["identifier"]?.text,
      try BlueprintTable.document(identifier, database) != nil
    {
      return try BlueprintTable.update(identifier, json, at: now, database)
    }
    try BlueprintTable.create(json, at: now, database)
    try setTimes(of: "blueprint", document["identifier"]?.text ?? "", line)
  }

  private func putResource(_ line: JSONView, _ json: [UInt8]) throws {
    guard let kind = line["kind"]?.text.flatMap({ CatalogResource.Kind(rawValue: $0) }),
      let identifier = line["identifier"]?.text
    else { throw CatalogError(.refused, "the resource has no kind or no identifier") }
    let blueprint = line["blueprint"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    try database.execute(
      sql: "DELETE FROM resource WHERE kind = ? AND blueprint = ? AND identifier = ?",
      arguments: [kind.rawValue, blueprint ?? "", identifier])
    try ResourceTable.create(CatalogResource(kind, identifier, of: blueprint, json: json), database)
  }

  private func putIntegration(_ document: JSONView, _ json: [UInt8], _ line: JSONView) throws {
    let identifier = (document["identifier"] ?? document["installationId"])?.text ?? ""
    if try IntegrationTable.document(identifier, database) != nil {
      return try IntegrationTable.update(identifier, json, at: now, database)
    }
    try IntegrationTable.create(json, at: now, database)
    try setTimes(of: "integration", identifier, line)
  }

  private func setTimes(of table: String, _ identifier: String, _ line: JSONView) throws {
    guard let times = times(line) else { return }
    try database.execute(
      sql: "UPDATE \(table) SET created_at = ?, updated_at = ? WHERE identifier = ?",
      arguments: [times.created, times.updated, identifier])
  }

  private func times(_ line: JSONView) -> (created: String, updated: String)? {
    guard let created = line["createdAt"]?.text, let updated = line["updatedAt"]?.text else { return nil }
    return (created, updated)
  }

  private func putEntity(_ document: JSONView, _ json: [UInt8], _ line: JSONView) throws {
    guard let blueprint = document["blueprint"]?.text else {
      throw CatalogError(.refused, "the entity has no blueprint")
    }
    let transaction = try transaction(for: line["datasource"]?.text)
    try transaction.importEntity(json, of: blueprint, times: times(line))
    count += 1
  }

  private func transaction(for datasource: String?) throws -> EntityTransaction {
    let number = try datasource.map { try DatasourceTable.number(of: $0, database) }
    if let transaction {
      transaction.writer.datasource = number
      return transaction
    }
    let new = EntityTransaction(
      database, CatalogWriter(datasource: number), try BlueprintDefinitions(database), now: now)
    transaction = new
    return new
  }
}

extension EntityTransaction {
  /// Puts in an entity of another catalog, whole and as it is. What it relates to may come later.
  fileprivate func importEntity(
    _ json: [UInt8], of blueprint: String, times: (created: String, updated: String)?
  ) throws {
    guard definitions.has(blueprint) else {
      throw EntityRefusal.notFound("there is no blueprint \"\(blueprint)\"")
    }
    let draft = try EntityDraft(json, of: blueprint)
    guard draft.isPlain, let identifier = draft.identifier else {
      throw EntityRefusal.invalid("the entity has a search query in it")
    }
    let document = EntityDocument.written(json, over: nil, merging: false)
    // Another catalog has it: whether its blueprint would take it now, or it is a target that is only known by its name,
    // it is not lost.
    let head = try EntityTable.heads([identifier], of: blueprint, database)[Array(identifier.utf8)]
    let stored = try head.map { try EntityTable.document($0.id, database) }
    let change = EntityChange(
      key: EntityKey(blueprint, identifier), document: document,
      relations: try relations(of: document, in: blueprint), write: EntityWrite(json: document),
      applied: AppliedLine(hash: nil, isWhole: false), times: times)
    _ = try put(change, over: head, stored)
  }
}
