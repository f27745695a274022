import Hummingbird
import PortolanCatalog
import RawJSON
import Synchronization

/// Deletes all entities of a blueprint. Port does this for a while after it has answered, which it calls a migration;
/// here it is done before the answer.
struct MigrationRoutes {
  private let catalog: LocalCatalog
  private let migrations = Migrations()

  init(catalog: LocalCatalog) {
    self.catalog = catalog
  }

  func add(to router: CatalogRouter) {
    router.delete("v1/blueprints/:blueprint/all-entities", use: deleteEntities)
    router.get("v1/migrations/:id", use: show)
  }

  @Sendable private func deleteEntities(_ request: Request, _ context: BasicRequestContext) async throws
    -> Response
  {
    let blueprint = context.path("blueprint")
    try await catalog.require(blueprint: blueprint)
    _ = try await catalog.deleteEntities(
      of: blueprint, andBlueprint: request.isTrue("delete_blueprint"), datasource: request.datasource)
    let id = migrations.add(blueprint: blueprint)
    return .ok { $0.add("migrationId", text: id) }
  }

  @Sendable private func show(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let id = context.path("id")
    guard let blueprint = migrations.blueprint(id) else { throw APIError.notFound("migration \"\(id)\"") }
    return .ok { body in
      body.key("migration")
      body.object { migration in
        migration.add("id", text: id)
        migration.add("actor", text: "local")
        migration.add("sourceBlueprint", text: blueprint)
        migration.add("mapping", json: "{}".utf8)
        migration.add("status", text: "COMPLETED")
      }
    }
  }
}

/// The blueprints whose entities were deleted lately, by the name of what did it.
private final class Migrations: Sendable {
  private static let capacity = 1000

  private let done = Mutex<[(id: String, blueprint: String)]>([])

  func add(blueprint: String) -> String {
    let id = RandomText.letters(24)
    done.withLock { done in
      done.append((id, blueprint))
      if done.count > Self.capacity { done.removeFirst() }
    }
    return id
  }

  func blueprint(_ id: String) -> String? {
    done.withLock { $0.first { $0.id == id }?.blueprint }
  }
}
