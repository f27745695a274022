import GRDB
import RawJSON

extension EntityTransaction {
  /// Puts an entity into its row.
  ///
  /// - Returns: what is known of it then.
  func put(_ change: EntityChange, over head: EntityTable.Head?, _ stored: [UInt8]?) throws
    -> EntityTable.Head
  {
    guard let head, let stored else {
      let id = try insert(change, datasource: writer.datasource)
      return self.head(id, change.applied.hash, change.applied.isWhole)
    }
    if Self.isChange(from: stored, to: change.document) {
      try supersede(head.id)
      try update(change, head.id)
      try keepRaw(change.write)
      let before = try relations(of: stored, in: change.key.blueprint)
      if before != change.relations { try replaceRelations(of: head.id, with: change.relations) }
      return self.head(head.id, change.applied.hash, change.applied.isWhole)
    }
    guard writer.run != nil else { return try takeOver(head) }
    let isSame =
      head.datasource == writer.datasource && head.appliedHash == change.applied.hash
      && head.isAppliedWhole == change.applied.isWhole
    if !isSame {
      try own(change, head.id)
      try keepRaw(change.write)
    }
    return self.head(head.id, change.applied.hash, change.applied.isWhole)
  }

  /// Whether a document says something else than the stored one. Clients escape letters and write numbers in different
  /// ways, and none of that is a change.
  private static func isChange(from stored: [UInt8], to document: [UInt8]) -> Bool {
    stored != document
      && !JSONEquality.areEqual(JSONView(valid: stored), JSONView(valid: document), numbers: .decimals)
  }

  private func head(_ id: Int64, _ hash: [UInt8]?, _ isWhole: Bool) -> EntityTable.Head {
    EntityTable.Head(id: id, datasource: writer.datasource, appliedHash: hash, isAppliedWhole: isWhole)
  }

  /// Inserts an entity that is not there.
  ///
  /// - Returns: its number.
  func insert(_ change: EntityChange, datasource: Int64?) throws -> Int64 {
    let origin = change.write.origin
    try database.cachedStatement(
      sql: """
        INSERT INTO entity (blueprint, identifier, datasource, applied_hash, applied_whole, revision, created_at,
          updated_at, run, kind, resource, mapping, location, raw_hash, raw_identity, doc)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      change.key.blueprint, change.key.identifier, datasource, change.applied.hash.map { blob($0) },
      change.applied.isWhole, try changeRevision(), change.times?.created ?? now,
      change.times?.updated ?? now,
      writer.run?.number, origin?.kind, origin?.resource, origin?.mapping, origin?.location?.description,
      origin?.rawHash, origin?.rawIdentity,
      String(decoding: change.document, as: UTF8.self),
    ])
    let id = database.lastInsertedRowID
    try insertRelations(of: id, change.relations)
    try keepRaw(change.write)
    return id
  }

  /// Keeps an entity as it is among the versions.
  func supersede(_ id: Int64) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO version (blueprint, identifier, revision, until_revision, at, datasource, run, kind, resource,
          mapping, location, raw_hash, raw_identity, doc)
        SELECT blueprint, identifier, revision, ?, updated_at, datasource, run, kind, resource, mapping, location,
          raw_hash, raw_identity, doc FROM entity WHERE id = ?
        """
    ).execute(arguments: [try changeRevision(), id])
  }

  /// Changes an entity, and all that is known of where it is from.
  private func update(_ change: EntityChange, _ id: Int64) throws {
    let origin = change.write.origin
    try database.cachedStatement(
      sql: """
        UPDATE entity SET datasource = ?, applied_hash = ?, applied_whole = ?, revision = ?, updated_at = ?, run = ?,
          kind = ?, resource = ?, mapping = ?, location = ?, raw_hash = ?, raw_identity = ?, doc = ? WHERE id = ?
        """
    ).execute(arguments: [
      writer.datasource, change.applied.hash.map { blob($0) }, change.applied.isWhole, try changeRevision(),
      change.times?.updated ?? now, writer.run?.number, origin?.kind, origin?.resource, origin?.mapping,
      origin?.location?.description,
      origin?.rawHash, origin?.rawIdentity, String(decoding: change.document, as: UTF8.self), id,
    ])
  }

  /// Says that the writer's run wrote an entity just as it is: no change, but it owns it, and knows what it is made of.
  private func own(_ change: EntityChange, _ id: Int64) throws {
    let origin = change.write.origin
    try database.cachedStatement(
      sql: """
        UPDATE entity SET datasource = ?, applied_hash = ?, applied_whole = ?, run = ?, kind = ?, resource = ?,
          mapping = ?, location = ?, raw_hash = ?, raw_identity = ? WHERE id = ?
        """
    ).execute(arguments: [
      writer.datasource, change.applied.hash.map { blob($0) }, change.applied.isWhole, writer.run?.number,
      origin?.kind, origin?.resource, origin?.mapping, origin?.location?.description, origin?.rawHash,
      origin?.rawIdentity, id,
    ])
  }

  /// Gives an entity that an API's client wrote just as it is to that client. What the run of another owner wrote is then
  /// no longer the owner's.
  private func takeOver(_ head: EntityTable.Head) throws -> EntityTable.Head {
    guard head.datasource != writer.datasource else { return head }
    try database.cachedStatement(
      sql: "UPDATE entity SET datasource = ?, applied_hash = NULL, applied_whole = 0 WHERE id = ?"
    ).execute(arguments: [writer.datasource, head.id])
    return self.head(head.id, nil, false)
  }

  /// Keeps the raw object that an entity is made of, as long as the run says.
  private func keepRaw(_ write: EntityWrite) throws {
    guard let raw = write.raw, let hash = write.origin?.rawHash, let end = writer.run?.keepsRawUntil else {
      return
    }
    try database.cachedStatement(
      sql: """
        INSERT INTO raw (hash, bytes, kept_until) VALUES (?, ?, ?)
        ON CONFLICT (hash) DO UPDATE SET kept_until = max(kept_until, excluded.kept_until)
        """
    ).execute(arguments: [hash, blob(raw), end])
  }
}
