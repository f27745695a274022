import GRDB
import Portolan
import RawJSON

/// Holds what a search query of the mapping may stand for.
///
/// A query for an identifier looks for entities of its entity's blueprint; one in a relation for those of the blueprint
/// that the relation leads to, or of any where that is not known; one for a team for those of `_team`.
struct QueryHolds {
  /// How many times a query is asked of an entity. Beyond that the entities are held, as if it found them.
  static let limit = 20_000_000

  let context: PlanContext
  let relations: BlueprintRelations

  private struct Asked {
    var query: PlanFile.Query
    /// The blueprint that it looks in, nil for all.
    var blueprint: String?
    /// Nil where it cannot be judged here.
    var search: SearchQuery?
  }

  /// Judges all deletions.
  func judge() throws {
    var last: PlanFile.Query?
    var asked = 0
    while true {
      let portion = try context.file.queries(after: last)
      guard !portion.isEmpty else { return }
      last = portion.last
      try judge(portion.map(prepare), &asked)
    }
  }

  private func prepare(_ query: PlanFile.Query) -> Asked {
    let blueprint: String? =
      switch query.field {
      case "identifier": query.blueprint
      case "team": "_team"
      default:
        relations.target(of: String(query.field.dropFirst("relations.".count)), in: query.blueprint)
      }
    return Asked(query: query, blueprint: blueprint, search: search(query.json))
  }

  /// A query that can be judged by an entity alone. When an entity was written, by which version, and what is related to
  /// it is not known here: a query for that may find any.
  private func search(_ json: String) -> SearchQuery? {
    guard !["$createdAt", "$updatedAt", "$datasource"].contains(where: json.contains),
      let search = try? SearchQuery(json: Array(json.utf8))
    else { return nil }
    return search.needsRelations ? nil : search
  }

  private func judge(_ queries: [Asked], _ asked: inout Int) throws {
    var number: Int64 = 0
    while true {
      try Task.checkCancellation()
      let operations = try context.file.operations([.delete], after: number)
      guard let last = operations.last else { return }
      number = last.number
      var held: [(number: Int64, reason: HoldReason)] = []
      for operation in operations {
        asked += queries.count
        if let query = queries.first(where: { mayFind($0, operation, isBeyond: asked > Self.limit) }) {
          held.append((operation.number, .query(query.query.json)))
        }
      }
      try context.file.hold(held)
    }
  }

  private func mayFind(_ asked: Asked, _ operation: PlannedOperation, isBeyond: Bool) -> Bool {
    guard asked.blueprint == nil || asked.blueprint == operation.key.blueprint else { return false }
    guard let search = asked.search, !isBeyond else { return true }
    return search.matches(
      StoredEntity(
        operation.key, json: operation.before ?? [], datasource: context.owner.description, createdAt: "",
        updatedAt: ""))
  }
}
