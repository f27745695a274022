import Hummingbird

/// What people have started: nothing, as nobody can start anything here.
struct ActionRunRoutes {
  func add(to router: CatalogRouter) {
    router.post("v1/actions/runs/claim-pending") { request, _ in try await none("runs", request) }
    router.post("v1/workflows/runs/claim-pending") { request, _ in try await none("nodeRuns", request) }
    router.get("v1/actions/runs") { _, _ in Response.ok { $0.add("runs", array: []) } }
    router.get("v1/workflows/nodes/runs") { _, _ in Response.ok { $0.add("nodeRuns", array: []) } }
  }

  private func none(_ key: String, _ request: Request) async throws -> Response {
    _ = try await request.object()
    return .ok { $0.add(key, array: []) }
  }
}
