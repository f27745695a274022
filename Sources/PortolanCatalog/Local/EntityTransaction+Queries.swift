import GRDB
import RawJSON

extension EntityTransaction {
  /// How many entities a relation's query may find.
  private static let maximumTargets = 100

  /// Puts what the search queries of an entity find in their places.
  ///
  /// - Returns: the entity's identifier, and its JSON with that.
  /// - Throws: ``EntityRefusal`` where a query finds nothing, or too much.
  func resolve(_ draft: EntityDraft, _ json: [UInt8], of blueprint: String) throws -> (String, [UInt8]) {
    if draft.isPlain, let identifier = draft.identifier { return (identifier, json) }
    guard var members = JSONMembers(draft.view) else { throw EntityRefusal.invalid("the entity is no object") }
    let identifier = try draft.identifier ?? identifier(draft, of: blueprint)
    members.set("identifier", text: identifier)
    if let team = draft.view["team"], team.kind == .object {
      members["team"] = Self.texts(try find(team, in: "_team", for: "team", operators: Self.relationOperators))
    }
    if let relations = draft.view["relations"], var changed = JSONMembers(relations) {
      for relation in relations.members ?? [] where relation.value.kind == .object {
        changed[relation.key] = try targets(relation.key, relation.value, of: blueprint)
      }
      members["relations"] = changed.json
    }
    return (identifier, members.json)
  }

  private static let identifierOperators: Set<String> = ["=", "in"]
  private static let relationOperators: Set<String> = ["=", "in", "contains"]

  /// The one entity that a search identifier stands for.
  private func identifier(_ draft: EntityDraft, of blueprint: String) throws -> String {
    guard let view = draft.view["identifier"] else {
      throw EntityRefusal.invalid("the entity has no identifier")
    }
    let query = try Self.query(view, for: "identifier", operators: Self.identifierOperators)
    let found = try EntityTable.search(query, in: blueprint, limit: 2, database)
    guard let first = found.first else {
      throw EntityRefusal(
        404, "not_found", "no entity of blueprint \"\(blueprint)\" matches the query of the identifier",
        isUnresolvedQuery: true)
    }
    guard found.count == 1 else {
      throw EntityRefusal.invalid(
        "several entities of blueprint \"\(blueprint)\" match the query of the identifier, such as"
          + " \"\(first.key.identifier)\" and \"\(found[1].key.identifier)\"")
    }
    return first.key.identifier
  }

  /// What a relation's query finds, as JSON.
  private func targets(_ name: String, _ view: JSONView, of blueprint: String) throws -> [UInt8] {
    guard let relation = definitions.relation(name, of: blueprint) else {
      throw EntityRefusal.invalid("blueprint \"\(blueprint)\" has no relation \"\(name)\"")
    }
    let found = try find(
      view, in: relation.target, for: "relation \"\(name)\"", operators: Self.relationOperators)
    if relation.isMany { return Self.texts(found) }
    guard found.count == 1 else {
      throw EntityRefusal.invalid(
        "several entities of blueprint \"\(relation.target)\" match the query of relation \"\(name)\", which"
          + " leads to one")
    }
    return Array(JSONText.quoted(found[0]).utf8)
  }

  private func find(_ view: JSONView, in blueprint: String, for place: String, operators: Set<String>) throws
    -> [String]
  {
    let query = try Self.query(view, for: place, operators: operators)
    let found = try EntityTable.search(query, in: blueprint, limit: Self.maximumTargets + 1, database)
    guard !found.isEmpty else {
      throw EntityRefusal(
        404, "not_found", "no entity of blueprint \"\(blueprint)\" matches the query of \(place)")
    }
    guard found.count <= Self.maximumTargets else {
      throw EntityRefusal.invalid(
        "more than \(Self.maximumTargets) entities of blueprint \"\(blueprint)\" match the query of \(place)")
    }
    return found.map(\.key.identifier)
  }

  private static func query(_ view: JSONView, for place: String, operators: Set<String>) throws -> SearchQuery {
    if let other = Self.operators(of: view).first(where: { !operators.contains($0) }) {
      throw EntityRefusal.invalid(
        "the query of \(place) uses \"\(other)\"; there can be \(operators.sorted().joined(separator: ", "))")
    }
    do {
      return try SearchQuery(json: Array(view.json.utf8))
    } catch {
      throw EntityRefusal.invalid("the query of \(place): \(error.message)")
    }
  }

  /// The operators of all rules of a query, without its groups' own.
  private static func operators(of query: JSONView) -> [String] {
    var operators: [String] = []
    var open = [query]
    while let rule = open.popLast() {
      if let name = rule["operator"]?.text { operators.append(name) }
      open += rule["rules"]?.elements ?? []
    }
    return operators
  }

  private static func texts(_ texts: [String]) -> [UInt8] { Array(KeyList.json(texts).utf8) }
}

extension EntityTable {
  /// What a query finds, in the order of the keys.
  ///
  /// - Parameters:
  ///   - query: what is looked for.
  ///   - blueprint: of which blueprint, nil for all.
  ///   - limit: how many at most.
  ///   - database: where.
  static func search(_ query: SearchQuery, in blueprint: String?, limit: Int?, _ database: Database) throws
    -> [StoredEntity]
  {
    var found: [StoredEntity] = []
    let filter = blueprint == nil ? "" : "WHERE entity.blueprint = ?"
    let rows = try Row.fetchCursor(
      database.cachedStatement(
        sql: "\(storedQuery) \(filter) ORDER BY entity.blueprint, entity.identifier"),
      arguments: StatementArguments([blueprint].compactMap { $0 }))
    while found.count < limit ?? .max, let row = try rows.next() {
      let entity = stored(row)
      if query.matches(entity) { found.append(entity) }
    }
    return found
  }
}
