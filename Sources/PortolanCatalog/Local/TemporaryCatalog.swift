import GRDB
import RawJSON
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The entities of a catalog elsewhere, in a file that is gone with this.
final class TemporaryCatalog: Sendable {
  /// The datasource of all owned entities.
  static let ownedNumber: Int64 = 1

  let queue: DatabaseQueue
  private let path: String
  private let state: Mutex<State>

  private struct State {
    var definitions = BlueprintDefinitions([])
    /// The numbers of the strangers' datasources.
    var numbers: [[UInt8]: Int64] = [:]
    var names: [Int64: String] = [:]
  }

  /// Creates an empty one.
  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "portolan-\(UUID().uuidString).db").path
    guard
      FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
    else {
      throw CatalogError(
        .unavailable, "cannot write the temporary file \(path)", advice: "set TMPDIR to a folder that may be written")
    }
    var configuration = Configuration()
    configuration.prepareDatabase { database in
      // Nothing is lost with it.
      try database.execute(sql: "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16384")
    }
    do {
      queue = try DatabaseQueue(path: path, configuration: configuration)
      try queue.write { try CatalogSchema.create(in: $0, at: "") }
    } catch {
      try? FileManager.default.removeItem(atPath: path)
      throw error
    }
    state = Mutex(State())
  }

  deinit {
    try? queue.close()
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The name of a stranger's datasource.
  func name(of number: Int64) -> String? { state.withLock { $0.names[number] } }

  /// Puts all owned entities in, and what is needed to know what they relate to.
  func fill(from catalog: any Catalog, owner: Datasource) async throws {
    state.withLock { $0.names[Self.ownedNumber] = owner.description }
    var blueprints = KnownBlueprints()
    for try await page in catalog.ownedEntities(of: owner) {
      if try await blueprints.learn(page.map(\.key.blueprint), from: catalog) {
        let definitions = BlueprintDefinitions(blueprints.documents)
        state.withLock { $0.definitions = definitions }
      }
      try add(page, isOwned: true)
    }
  }

  /// Puts entities in, each in place of what is there.
  func add(_ entities: [CatalogEntity], isOwned: Bool) throws {
    let definitions = state.withLock { $0.definitions }
    let numbers = entities.map { isOwned ? Self.ownedNumber : number(of: $0.datasource) }
    try queue.write { database in
      for (entity, number) in zip(entities, numbers) {
        try Self.put(entity, number, definitions, database)
      }
    }
  }

  private func number(of datasource: String?) -> Int64? {
    guard let datasource else { return nil }
    return state.withLock { state in
      if let number = state.numbers[Array(datasource.utf8)] { return number }
      let number = Int64(state.numbers.count) + Self.ownedNumber + 1
      state.numbers[Array(datasource.utf8)] = number
      state.names[number] = datasource
      return number
    }
  }

  private static func put(
    _ entity: CatalogEntity, _ datasource: Int64?, _ definitions: BlueprintDefinitions, _ database: Database
  ) throws {
    // An entity that is owned stays so.
    let id = try Int64.fetchOne(
      database.cachedStatement(
        sql: """
          INSERT INTO entity (blueprint, identifier, datasource, revision, created_at, updated_at, doc)
          VALUES (?, ?, ?, 0, '', '', ?)
          ON CONFLICT (blueprint, identifier) DO UPDATE SET doc = excluded.doc,
            datasource = iif(datasource = \(ownedNumber), datasource, excluded.datasource) RETURNING id
          """),
      arguments: [entity.key.blueprint, entity.key.identifier, datasource, text(entity.json)])
    guard let id else { return }
    try database.cachedStatement(sql: "DELETE FROM relation WHERE entity = ?").execute(arguments: [id])
    for relation in EntityDocument.relations(of: entity.json) {
      guard let definition = definitions.relation(relation.name, of: entity.key.blueprint) else { continue }
      for identifier in relation.identifiers {
        try database.cachedStatement(
          sql: "INSERT OR IGNORE INTO relation (entity, name, target_blueprint, target) VALUES (?, ?, ?, ?)"
        ).execute(arguments: [id, relation.name, definition.target, identifier])
      }
    }
  }
}

/// The blueprints of a catalog elsewhere that were needed so far, and those that they relate to.
private struct KnownBlueprints {
  private var asked: Set<[UInt8]> = []
  private(set) var documents: [[UInt8]] = []

  /// Asks for blueprints that were not asked for.
  ///
  /// - Returns: whether there were any.
  mutating func learn(_ identifiers: [String], from catalog: any Catalog) async throws -> Bool {
    var open = Set(identifiers)
    var isNew = false
    while let identifier = open.popFirst() {
      guard asked.insert(Array(identifier.utf8)).inserted else { continue }
      guard let document = try await catalog.blueprint(identifier),
        let view = try? JSONView(validating: document)
      else { continue }
      documents.append(document)
      isNew = true
      open.formUnion(BlueprintDefinitions.relations(of: view).values.map(\.target))
    }
    return isNew
  }
}
