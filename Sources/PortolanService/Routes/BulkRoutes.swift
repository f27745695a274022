import HTTPTypes
import Hummingbird
import PortolanCatalog
import RawJSON

/// Many entities of a blueprint at once.
struct BulkRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    router.post("v1/blueprints/:blueprint/bulk/entities/delete", use: delete)
  }

  func upsert(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprint = context.path("blueprint")
    let entities = try await Self.entities(request, limit: CatalogLimits().entities)
    try await catalog.require(blueprint: blueprint)
    let outcomes = try await EntityWrites(request, catalog).write(entities, of: blueprint)
    let hasErrors = outcomes.contains { if case .refused = $0 { true } else { false } }
    return .json(hasErrors ? HTTPResponse.Status(code: 207) : .ok) { body in
      body.add("ok", !hasErrors)
      body.key("entities")
      body.array { Self.write(done: outcomes, to: &$0) }
      body.key("errors")
      body.array { Self.write(refused: outcomes, entities, to: &$0) }
    }
  }

  @Sendable private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprint = context.path("blueprint")
    let views = try await Self.entities(request, limit: CatalogLimits().deletions)
    let identifiers = views.compactMap(\.text)
    guard identifiers.count == views.count else {
      throw APIError.invalid("`entities` has to be an array of texts")
    }
    try await catalog.require(blueprint: blueprint)
    let (outcomes, _) = try await catalog.delete(
      identifiers, of: blueprint, deletingDependents: request.isTrue("delete_dependents"),
      datasource: request.datasource)
    var deleted: [String] = []
    var refusal: WriteOutcome.Refusal?
    for (identifier, outcome) in zip(identifiers, outcomes) {
      switch outcome {
      case .done: deleted.append(identifier)
      case .overtaken: break
      case .refused(let reason): refusal = refusal ?? reason
      }
    }
    if let refusal, deleted.isEmpty { throw APIError(refusal) }
    return .ok { body in
      body.key("deletedEntities")
      body.array { array in
        for identifier in deleted { array.text(identifier) }
      }
    }
  }

  /// What the body's `entities` has.
  private static func entities(_ request: Request, limit: Int) async throws -> [JSONView] {
    guard let entities = try await request.object()["entities"]?.elements else {
      throw APIError.invalid("`entities` has to be an array")
    }
    guard entities.count <= limit else {
      throw APIError.invalid("`entities` has \(entities.count) elements, and the limit is \(limit)")
    }
    return entities
  }

  private static func write(done outcomes: [WriteOutcome], to array: inout JSONWriter) {
    for (index, outcome) in outcomes.enumerated() {
      guard case .done(let identifier, let isNew) = outcome else { continue }
      array.object { entity in
        entity.add("identifier", text: identifier)
        entity.add("index", index)
        entity.add("created", isNew)
      }
    }
  }

  private static func write(
    refused outcomes: [WriteOutcome], _ entities: [JSONView], to array: inout JSONWriter
  ) {
    for (index, outcome) in outcomes.enumerated() {
      guard case .refused(let refusal) = outcome else { continue }
      array.object { error in
        error.add("identifier", text: name(entities[index], refusal))
        error.add("index", index)
        error.add("statusCode", refusal.status)
        error.add("error", text: refusal.code)
        error.add("message", text: refusal.message)
      }
    }
  }

  /// What an entity is called in an error. Ocean passes over `unknown` without a word, so only a search query that
  /// matches nothing is called so.
  private static func name(_ entity: JSONView, _ refusal: WriteOutcome.Refusal) -> String {
    if refusal.isUnresolvedQuery { return "unknown" }
    return entity["identifier"].map { $0.text ?? $0.json } ?? ""
  }
}
