import Hummingbird
import PortolanCatalog
import RawJSON

/// What a catalog shows besides entities: actions, scorecards and pages.
struct ResourceRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    add(.action, at: "v1/actions", "actions", to: router)
    add(.page, at: "v1/pages", "pages", to: router)
    add(.scorecard, at: "v1/blueprints/:blueprint/scorecards", "scorecards", to: router)
    router.get("v1/scorecards") { _, _ in try await list(.scorecard, of: nil, "scorecards") }
  }

  private func add(
    _ kind: CatalogResource.Kind, at path: String, _ plural: String, to router: CatalogRouter
  ) {
    let group = router.group(RouterPath(path))
    group.get { _, context in try await list(kind, of: blueprint(context), plural) }
    group.post { request, context in try await create(kind, of: blueprint(context), request) }
    group.get(":id") { _, context in try await show(kind, context.path("id"), of: blueprint(context)) }
    group.delete(":id") { _, context in try await delete(kind, context.path("id"), of: blueprint(context)) }
  }

  private func blueprint(_ context: BasicRequestContext) -> String? {
    context.parameters.get("blueprint").map { PathText.decoded($0) }
  }

  private func list(_ kind: CatalogResource.Kind, of blueprint: String?, _ plural: String) async throws
    -> Response
  {
    let resources = try await catalog.resources(kind).filter { blueprint == nil || $0.blueprint == blueprint }
    return .ok { $0.add(plural, array: resources.map(\.json)) }
  }

  private func show(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Response {
    let found = try await catalog.resources(kind).first {
      $0.identifier == identifier && (blueprint == nil || $0.blueprint == blueprint)
    }
    guard let found else { throw APIError.notFound("\(kind) \"\(identifier)\"") }
    return .ok { $0.add(kind.rawValue, json: found.json) }
  }

  private func create(
    _ kind: CatalogResource.Kind, of blueprint: String?, _ request: Request
  ) async throws -> Response {
    if let blueprint { try await catalog.require(blueprint: blueprint) }
    let body = try await request.object()
    let identifier = try body.requiredText("identifier")
    guard try await !catalog.hasResource(kind, identifier, of: blueprint) else {
      throw APIError(.conflict, "conflict", "there is a \(kind) \"\(identifier)\" already")
    }
    try await catalog.createResource(CatalogResource(kind, identifier, of: blueprint, json: body.bytes))
    return .ok(.created) { $0.add(kind.rawValue, json: body.bytes) }
  }

  private func delete(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Response {
    guard try await catalog.deleteResource(kind, identifier, of: blueprint) else {
      throw APIError.notFound("\(kind) \"\(identifier)\"")
    }
    return .ok()
  }
}
