import HTTPTypes
import Hummingbird

/// Answers only those who call the server by a name of its own: see `CatalogServerOptions/otherHosts`.
struct HostCheck: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// In small letters.
  let allowed: Set<String>

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard allowed.contains(Self.name(request.head.authority ?? "")) else {
      throw APIError(
        .misdirectedRequest, "misdirected_request",
        "this server does not answer to the host that was asked for")
    }
    return try await next(request, context)
  }

  /// A host without its port: `localhost` of `localhost:5099`, `::1` of `[::1]:5099`.
  static func name(_ authority: String) -> String {
    if authority.hasPrefix("[") { return String(authority.dropFirst().prefix { $0 != "]" }).lowercased() }
    return String(authority.prefix { $0 != ":" }).lowercased()
  }
}
