import HTTPTypes
import Hummingbird
import PortolanCatalog
import RawJSON

/// One entity of a blueprint, and all of them.
struct EntityRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    let group = router.group("v1/blueprints/:blueprint/entities")
    group.get(use: list)
    group.post(use: create)
    group.get(":entity", use: show)
    group.patch(":entity") { try await change($0, $1, merging: true) }
    group.put(":entity") { try await change($0, $1, merging: false) }
    group.delete(":entity", use: delete)
  }

  @Sendable private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprint = context.path("blueprint")
    try await catalog.require(blueprint: blueprint)
    let query = try SearchQuery(json: BlueprintQuery.json(blueprint))
    let output = EntityOutput(included: request.query("include"))
    let entities = try await catalog.search(query).map(output.json)
    return .ok { $0.add("entities", array: entities) }
  }

  @Sendable private func create(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprint = context.path("blueprint")
    let entity = try await request.object()
    try await catalog.require(blueprint: blueprint)
    let outcome = try await EntityWrites(request, catalog).write([entity], of: blueprint).first
    return try await response(outcome, entity, of: blueprint, .created)
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let key = Self.key(context)
    let entity = EntityOutput(included: request.query("include")).json(try await require(key))
    return .ok { $0.add("entity", json: entity) }
  }

  private func change(
    _ request: Request, _ context: BasicRequestContext, merging merges: Bool
  ) async throws -> Response {
    let key = Self.key(context)
    let body = try await request.object()
    _ = try await require(key)
    if let name = body["identifier"]?.text, name != key.identifier {
      throw APIError.invalid(
        "an entity keeps its identifier: \"\(key.identifier)\" cannot become \"\(name)\"")
    }
    var members = JSONMembers(body) ?? JSONMembers()
    members.set("identifier", text: key.identifier)
    let options = UpsertOptions(
      merges: merges, createsMissingRelated: request.isTrue("create_missing_related_entities"))
    let outcomes = try await catalog.upsert(
      [members.json], of: key.blueprint, options, datasource: request.datasource)
    return try await response(outcomes.first, body, of: key.blueprint, .ok)
  }

  @Sendable private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let key = Self.key(context)
    _ = try await require(key)
    let (outcomes, _) = try await catalog.delete(
      [key.identifier], of: key.blueprint, deletingDependents: request.isTrue("delete_dependents"),
      datasource: request.datasource)
    if case .refused(let refusal)? = outcomes.first { throw APIError(refusal) }
    return .ok()
  }

  /// The entity as the catalog has it now; what the client sent, where nothing was written.
  private func response(
    _ outcome: WriteOutcome?, _ sent: JSONView, of blueprint: String, _ status: HTTPResponse.Status
  ) async throws -> Response {
    switch outcome {
    case .refused(let refusal): throw APIError(refusal)
    case .done(let identifier, _):
      let stored = try await catalog.entity(EntityKey(blueprint, identifier))
      let entity = stored.map(EntityOutput().json) ?? sent.bytes
      return .ok(status) { $0.add("entity", json: entity) }
    case .overtaken, nil: throw APIError(.internalServerError, "internal_error", "the entity was not written")
    }
  }

  private func require(_ key: EntityKey) async throws -> StoredEntity {
    guard let entity = try await catalog.entity(key) else {
      throw APIError.notFound("entity \"\(key.identifier)\" of the blueprint \"\(key.blueprint)\"")
    }
    return entity
  }

  private static func key(_ context: BasicRequestContext) -> EntityKey {
    EntityKey(context.path("blueprint"), context.path("entity"))
  }
}
