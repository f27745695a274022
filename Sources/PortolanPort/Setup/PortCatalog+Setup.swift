import PortolanCatalog
import PortolanHTTP

extension PortCatalog {
  /// An integration, nil where there is none of that identifier.
  public func integration(_ identifier: String) async throws -> [UInt8]? {
    try await api.thing(PortPath.integration(identifier), "integration").map { Array($0.json.utf8) }
  }

  /// Creates an integration.
  public func createIntegration(_ json: [UInt8]) async throws {
    try await create(PortPath.integrations, json) { id in try await self.integration(id) != nil }
  }

  /// Changes those members of an integration that `json` names.
  public func updateIntegration(_ identifier: String, _ json: [UInt8]) async throws {
    try await api.done(.write(.patch, PortPath.integration(identifier), json))
  }

  /// Creates a blueprint.
  public func createBlueprint(_ json: [UInt8]) async throws {
    try await create(PortPath.blueprints, json, headers: api.owning(api.owner)) { id in
      try await self.blueprint(id) != nil
    }
  }

  /// Changes those members of a blueprint that `json` names.
  public func updateBlueprint(_ identifier: String, _ json: [UInt8]) async throws {
    try await api.done(
      .write(.patch, PortPath.blueprint(identifier), headers: api.owning(api.owner), json))
  }

  /// Deletes a blueprint without entities. One that is not there is deleted.
  public func deleteBlueprint(_ identifier: String) async throws {
    let answer = try await api.send(
      APIRequest(.delete, PortPath.blueprint(identifier), headers: api.owning(api.owner)))
    guard answer.isDone || answer.status == 404 else { throw answer.problem }
  }

  /// Whether there is an action, a scorecard or a page of that identifier.
  public func hasResource(
    _ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?
  ) async throws -> Bool {
    let path = "\(PortPath.resources(kind, of: blueprint))/\(APIRequest.segment(identifier))"
    let answer = try await api.send(APIRequest(.get, path))
    guard answer.isDone || answer.status == 404 else { throw answer.problem }
    return answer.isDone
  }

  /// Creates an action, a scorecard or a page.
  public func createResource(_ resource: CatalogResource) async throws {
    let path = PortPath.resources(resource.kind, of: resource.blueprint)
    try await create(path, resource.json, identifier: resource.identifier) { id in
      try await self.hasResource(resource.kind, id, of: resource.blueprint)
    }
  }
}
