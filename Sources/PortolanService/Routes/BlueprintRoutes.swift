import Hummingbird
import PortolanCatalog
import RawJSON

/// What entities are.
struct BlueprintRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    let group = router.group("v1/blueprints")
    group.get(use: list)
    group.post(use: create)
    group.get(":blueprint", use: show)
    group.patch(":blueprint", use: change)
    group.delete(":blueprint", use: delete)
  }

  @Sendable private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprints = try await catalog.blueprints().map(BlueprintOutput.json)
    return .ok { $0.add("blueprints", array: blueprints) }
  }

  @Sendable private func create(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let body = try await request.object()
    let identifier = try body.requiredText("identifier")
    guard try await catalog.blueprint(identifier) == nil else {
      throw APIError(.conflict, "conflict", "there is a blueprint \"\(identifier)\" already")
    }
    try await catalog.createBlueprint(body.bytes)
    let blueprint = BlueprintOutput.json(try await catalog.require(blueprint: identifier))
    return .ok(.created) { $0.add("blueprint", json: blueprint) }
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let blueprint = BlueprintOutput.json(try await catalog.require(blueprint: context.path("blueprint")))
    return .ok { $0.add("blueprint", json: blueprint) }
  }

  @Sendable private func change(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("blueprint")
    try await catalog.require(blueprint: identifier)
    let body = try await request.object()
    if let name = body["identifier"]?.text, name != identifier {
      throw APIError.invalid("a blueprint keeps its identifier: \"\(identifier)\" cannot become \"\(name)\"")
    }
    try await catalog.updateBlueprint(identifier, body.bytes)
    let blueprint = BlueprintOutput.json(try await catalog.require(blueprint: identifier))
    return .ok { $0.add("blueprint", json: blueprint) }
  }

  @Sendable private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("blueprint")
    try await catalog.require(blueprint: identifier)
    try await catalog.deleteBlueprint(identifier)
    return .ok()
  }
}
