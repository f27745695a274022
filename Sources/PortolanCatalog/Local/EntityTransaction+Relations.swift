import GRDB

/// An entity that a relation leads to.
struct RelationTarget: Equatable {
  var name: String
  var target: EntityKey
}

extension EntityTransaction {
  /// What an entity relates to. A relation that its blueprint does not have leads nowhere.
  func relations(of document: [UInt8], in blueprint: String) throws -> [RelationTarget] {
    EntityDocument.relations(of: document).flatMap { relation -> [RelationTarget] in
      guard let definition = definitions.relation(relation.name, of: blueprint) else { return [] }
      return relation.identifiers.map {
        RelationTarget(name: relation.name, target: EntityKey(definition.target, $0))
      }
    }
  }

  /// The targets that are to be created before an entity is written.
  ///
  /// - Throws: ``EntityRefusal`` where they must not be.
  func missingTargets(
    of relations: [RelationTarget], from source: EntityKey, _ options: UpsertOptions,
    _ known: inout KnownEntities
  ) throws -> [EntityKey] {
    var missing: [EntityKey] = []
    for relation in relations where !relation.target.isSame(as: source) {
      let target = relation.target
      if Self.isForeign(target.blueprint) || missing.contains(where: target.isSame) { continue }
      if try known.has(target, database) { continue }
      guard options.createsMissingRelated else {
        throw EntityRefusal.notFound(
          "relation \"\(relation.name)\" leads to \"\(target.identifier)\" of blueprint"
            + " \"\(target.blueprint)\", which is not there")
      }
      guard definitions.has(target.blueprint) else {
        throw EntityRefusal.notFound(
          "relation \"\(relation.name)\" leads to blueprint \"\(target.blueprint)\", which is not there")
      }
      missing.append(target)
    }
    return missing
  }

  /// Whether entities of a blueprint are made by nobody who maps: users and teams are Port's own. A catalog that has none
  /// of them takes relations to them as they are.
  private static func isForeign(_ blueprint: String) -> Bool { blueprint == "_user" || blueprint == "_team" }

  /// Creates an entity of which nothing is known but what it is called.
  ///
  /// Nobody owns it until it is written: what an integration never made is never deleted by it.
  func createBare(_ key: EntityKey, in blueprint: String, _ known: inout KnownEntities) throws {
    let document = EntityDocument.bare(key)
    let change = EntityChange(
      key: key, document: document, relations: [], write: EntityWrite(json: document),
      applied: AppliedLine(hash: nil, isWhole: false))
    let id = try insert(change, datasource: nil)
    known.add(key)
    if key.blueprint.utf8.elementsEqual(blueprint.utf8) {
      known.remember(
        key.identifier,
        EntityTable.Head(id: id, datasource: nil, appliedHash: nil, isAppliedWhole: false))
    }
  }

  /// Notes what an entity relates to.
  func insertRelations(of id: Int64, _ relations: [RelationTarget]) throws {
    guard !relations.isEmpty else { return }
    let statement = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO relation (entity, name, target_blueprint, target) VALUES (?, ?, ?, ?)")
    for relation in relations {
      try statement.execute(arguments: [
        id, relation.name, relation.target.blueprint, relation.target.identifier,
      ])
    }
  }

  /// Notes what an entity relates to now.
  func replaceRelations(of id: Int64, with relations: [RelationTarget]) throws {
    try database.cachedStatement(sql: "DELETE FROM relation WHERE entity = ?").execute(arguments: [id])
    try insertRelations(of: id, relations)
  }
}
