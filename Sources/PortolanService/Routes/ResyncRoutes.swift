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
    var state = stored["resyncState"].map(JSONMembers.init) ?? JSONMembers()
    for (key, value) in body.members ?? [] { state[key] = value.bytes }
    state.set("updatedAt", text: Timestamp.now)
    var members = JSONMembers()
    members["resyncState"] = state.json
    // A resync that begins now is what was asked for before. An Ocean that has only started would begin once more.
    if status == "running" { members[IntegrationDocument.resyncRequest] = Array("null".utf8) }
    try await catalog.updateIntegration(identifier, members.json)
    let shown = try IntegrationDocument.shown(
      try await catalog.require(integration: identifier), at: request.server)
    return .ok { $0.add("integration", json: shown) }
  }

  @Sendable private func request(_ request: Request, _ context: BasicRequestContext) async throws -> Response
  {
    let stored = JSONView(valid: try await catalog.require(integration: context.path("id")))
    let time = stored[IntegrationDocument.resyncRequest]?.text
    return .ok { body in
      body.key("request")
      body.object { request in
        if let time { request.add("updatedAt", text: time) }
      }
    }
  }

  @Sendable private func ask(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("id")
    try await catalog.require(integration: identifier)
    var members = JSONMembers()
    members.set(IntegrationDocument.resyncRequest, text: Timestamp.now)
    try await catalog.updateIntegration(identifier, members.json)
    return .ok()
  }
}
