import HTTPTypes
import Hummingbird
import PortolanCatalog
import RawJSON

/// The integrations that write to the catalog, and their configs.
struct IntegrationRoutes {
  let catalog: LocalCatalog

  func add(to router: CatalogRouter) {
    let group = router.group("v1/integration")
    group.get(use: list)
    group.post(use: create)
    group.get("provision-enabled", use: provisioned)
    group.get(":id", use: show)
    group.patch(":id", use: change)
    group.delete(":id", use: delete)
    group.patch(":id/config", use: changeConfig)
    group.post(":id/kinds/:kind/examples", use: takeExamples)
  }

  @Sendable private func list(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let shown = try await catalog.integrations().map { IntegrationDocument.shown($0, at: request.server) }
    return .ok { $0.add("integrations", array: shown) }
  }

  /// None: what is made by the server itself, for others, are the mappings and blueprints of Port's own integrations.
  @Sendable private func provisioned(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    .ok { $0.add("integrations", array: []) }
  }

  @Sendable private func create(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let body = try await request.object()
    let identifier = try body.requiredText("installationId")
    guard try await catalog.integration(identifier) == nil else {
      throw APIError(.conflict, "conflict", "there is an integration \"\(identifier)\" already")
    }
    let type = body["installationAppType"]?.text ?? request.integrationType ?? ""
    try await catalog.createIntegration(IntegrationDocument.created(body, type: type))
    return try await response(identifier, request, .created)
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    try await response(context.path("id"), request)
  }

  @Sendable private func change(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("id")
    try await catalog.require(integration: identifier)
    let members = IntegrationDocument.changed(try await request.object())
    try await catalog.updateIntegration(identifier, members.json)
    return try await response(identifier, request)
  }

  @Sendable private func changeConfig(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let identifier = context.path("id")
    try await catalog.require(integration: identifier)
    let body = try await request.object()
    guard let config = body["config"], config.kind == .object else {
      throw APIError.invalid("`config` has to be an object")
    }
    var members = JSONMembers()
    members["config"] = config.bytes
    if skipsResync(request) { members.set(IntegrationDocument.resyncBegan, text: Timestamp.now) }
    try await catalog.updateIntegration(identifier, members.json)
    return try await response(identifier, request)
  }

  /// Another config asks for a resync by itself: a polling Ocean does not look at the config. Whoever says this wants
  /// none.
  private func skipsResync(_ request: Request) -> Bool {
    HTTPField.Name("x-skip-resync").flatMap { request.headers[$0] }?.lowercased() == "true"
  }

  @Sendable private func delete(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let identifier = context.path("id")
    guard try await catalog.deleteIntegration(identifier) else {
      throw APIError.notFound("integration \"\(identifier)\"")
    }
    return .ok()
  }

  /// Examples of raw objects are taken, as Ocean sends them, and kept nowhere: nobody asks this server for them.
  @Sendable private func takeExamples(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let identifier = context.form("id")
    try await catalog.require(integration: identifier)
    guard try await request.object()["examples"]?.kind == .array else {
      throw APIError.invalid("`examples` has to be an array")
    }
    return .ok()
  }

  private func response(
    _ identifier: String, _ request: Request, _ status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let stored = try await catalog.require(integration: identifier)
    let shown = IntegrationDocument.shown(stored, at: request.server)
    return .ok(status) { $0.add("integration", json: shown) }
  }
}

extension LocalCatalog {
  /// The integration as it is kept.
  @discardableResult
  func require(integration identifier: String) async throws -> [UInt8] {
    guard let stored = try await integration(identifier) else {
      throw APIError.notFound("integration \"\(identifier)\"")
    }
    return stored
  }

  /// The blueprint's definition.
  @discardableResult
  func require(blueprint identifier: String) async throws -> [UInt8] {
    guard let stored = try await blueprint(identifier) else {
      throw APIError.notFound("blueprint \"\(identifier)\"")
    }
    return stored
  }
}
