import Hummingbird

/// Logs, metrics and raw objects: taken, as clients send them, and dropped.
struct IngestRoutes {
  func add(to router: CatalogRouter) {
    for path in ["v1/ingest/:what", "v1/ingest/:what/**"] {
      router.post(RouterPath(path), use: drop)
      router.put(RouterPath(path), use: drop)
    }
  }

  @Sendable private func drop(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    _ = try await request.object()
    return .ok()
  }
}
