import Hummingbird
import PortolanCatalog
import RawJSON

/// How an integration's resyncs go, and whether another one is asked for.
struct ResyncRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    let group = router.group("v1/integration/:id")
    group.patch("resync-state", use: changeState)
    group.get("resync-request", use: request)
    group.post("resync-request", use: ask)
  }

  @Sendable private func changeState(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let identifier = context.path("id")
    let stored = JSONView(valid: try await catalog.require(integration: identifier))
    let body = try await request.object()
    let status = try body.requiredText("status")
    var state = stored["resyncState"].flatMap(JSONMembers.init) ?? JSONMembers()
    if let changes = JSONMembers(body) { state.merge(changes) }
    let now = Timestamp.now
    state.set("updatedAt", text: now)
    var members = JSONMembers()
    members["resyncState"] = state.json
    if status == "running" { members.set(IntegrationDocument.resyncBegan, text: now) }
    try await catalog.updateIntegration(identifier, members.json)
    let changed = try await catalog.require(integration: identifier)
    return .ok { $0.add("integration", json: IntegrationDocument.shown(changed, at: request.server)) }
  }

  /// A resync that has begun since it was asked for is what was asked for. An Ocean that has only started would begin
  /// once more.
  @Sendable private func request(_ request: Request, _ context: BasicRequestContext) async throws -> Response
  {
    let identifier = context.path("id")
    let stored = JSONView(valid: try await catalog.require(integration: identifier))
    let began = stored[IntegrationDocument.resyncBegan]?.text ?? ""
    let asked = try await catalog.resyncRequest(of: identifier).flatMap { $0 >= began ? $0 : nil }
    return .ok { body in
      body.key("request")
      body.object { request in
        if let asked { request.add("updatedAt", text: asked) }
      }
    }
  }

  @Sendable private func ask(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("id")
    guard try await catalog.requestResync(of: identifier) else {
      throw APIError.notFound("integration \"\(identifier)\"")
    }
    return .ok()
  }
}
