import Hummingbird
import PortolanCatalog
import RawJSON

/// How far an incremental sync has come, kind by kind.
struct CursorRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    let group = router.group("v1/integration/:id/cursor")
    group.get(use: show)
    group.put(use: replace)
    group.post(use: write)
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let cursor = try await cursor(request, context)
    return .ok { $0.add("cursor", json: cursor?.bytes ?? Array("null".utf8)) }
  }

  /// Ocean replaces a cursor first, and creates it where that says that there is none.
  @Sendable private func replace(_ request: Request, _ context: BasicRequestContext) async throws -> Response
  {
    guard try await cursor(request, context) != nil else { throw APIError.notFound("cursor of this kind") }
    return try await write(request, context)
  }

  @Sendable private func write(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("id")
    try await catalog.require(integration: identifier)
    let body = try await request.object()
    _ = try body.requiredText("primary")
    var members = JSONMembers()
    members[name(request)] = body.bytes
    try await catalog.updateIntegration(identifier, members.json)
    return .ok { $0.add("cursor", json: body.bytes) }
  }

  private func cursor(_ request: Request, _ context: BasicRequestContext) async throws -> JSONView? {
    JSONView(valid: try await catalog.require(integration: context.path("id")))[name(request)]
  }

  private func name(_ request: Request) -> String {
    IntegrationDocument.cursor(request.query("kind").last ?? "", request.query("index").last ?? "")
  }
}
