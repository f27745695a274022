import Crypto
import GRDB
import RawJSON

/// What one call does to entities, in one transaction.
final class EntityTransaction {
  let database: Database
  let writer: CatalogWriter
  let definitions: BlueprintDefinitions
  let now: String
  /// The number of this transaction's changes, nil until there is one.
  private var revision: Int?

  init(_ database: Database, _ writer: CatalogWriter, _ definitions: BlueprintDefinitions, now: String) {
    self.database = database
    self.writer = writer
    self.definitions = definitions
    self.now = now
  }

  /// The number of this transaction's changes; the first call counts it.
  func changeRevision() throws -> Int {
    if let revision { return revision }
    let next = try Revision.next(database)
    revision = next
    return next
  }
}

/// The catalog's number of changes.
enum Revision {
  /// Counts one more.
  static func next(_ database: Database) throws -> Int {
    try Int.fetchOne(
      database.cachedStatement(sql: "UPDATE meta SET revision = revision + 1 RETURNING revision")) ?? 0
  }

  /// The number of changes so far.
  static func current(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT revision FROM meta") ?? 0
  }
}

// MARK: Upserting

extension EntityTransaction {
  /// Writes entities one after another, so that a later one sees the earlier ones.
  func upsert(_ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions) throws -> [WriteOutcome]
  {
    guard definitions.has(blueprint) else {
      let refusal = EntityRefusal.notFound("there is no blueprint \"\(blueprint)\"").refusal
      return writes.map { _ in .refused(refusal) }
    }
    let drafts = writes.map { write in
      Result { () throws(EntityRefusal) in try EntityDraft(write.json, of: blueprint) }
    }
    let identifiers = drafts.compactMap { try? $0.get().identifier }
    var known = KnownEntities(try EntityTable.heads(identifiers, of: blueprint, database))
    var outcomes: [WriteOutcome] = []
    outcomes.reserveCapacity(writes.count)
    for (write, draft) in zip(writes, drafts) {
      do {
        outcomes.append(try upsert(write, draft.get(), of: blueprint, options, &known))
      } catch let error as EntityRefusal {
        outcomes.append(.refused(error.refusal))
      }
    }
    return outcomes
  }

  private func upsert(
    _ write: EntityWrite, _ draft: EntityDraft, of blueprint: String, _ options: UpsertOptions,
    _ known: inout KnownEntities
  ) throws -> WriteOutcome {
    let (identifier, json) = try resolve(draft, write.json, of: blueprint)
    let head = try known.head(identifier, of: blueprint, wasLookedUp: draft.identifier != nil, database)
    let hash = writer.run != nil && draft.isPlain ? Array(SHA256.hash(data: write.json)) : nil
    if let head, let hash, head.appliedHash == hash, head.datasource == writer.datasource,
      options.merges || head.isAppliedWhole
    {
      return .done(identifier: identifier, isNew: false)
    }
    let key = EntityKey(blueprint, identifier)
    let stored = try head.map { try EntityTable.document($0.id, database) }
    let document = EntityDocument.written(json, over: stored, merging: options.merges)
    if let refusal = definitions.validation.refusal(of: document, in: blueprint) {
      throw EntityRefusal(refusal)
    }
    let relations = try relations(of: document, in: blueprint)
    for target in try missingTargets(of: relations, from: key, options, &known) {
      try createBare(target, in: blueprint, &known)
    }
    let isWhole = stored == nil || !options.merges
      || document == EntityDocument.written(json, over: nil, merging: true)
    let change = EntityChange(
      key: key, document: document, relations: relations, write: write,
      applied: AppliedLine(hash: hash, isWhole: isWhole))
    known.remember(identifier, try put(change, over: head, stored))
    known.add(key)
    return .done(identifier: identifier, isNew: head == nil)
  }
}

/// An entity as it is to be.
struct EntityChange {
  var key: EntityKey
  var document: [UInt8]
  var relations: [RelationTarget]
  var write: EntityWrite
  var applied: AppliedLine
}

/// What is noted of the line that a run wrote.
struct AppliedLine {
  /// Its SHA-256, nil where it is not noted.
  var hash: [UInt8]?
  /// Whether the entity is nothing but that line.
  var isWhole: Bool
}
