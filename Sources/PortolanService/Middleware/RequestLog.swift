import Hummingbird

/// Writes a line for each request: what was asked for and how that ended, and nothing of what was sent.
struct RequestLog: RouterMiddleware {
  typealias Context = BasicRequestContext

  let write: @Sendable (String) -> Void

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let time = (ContinuousClock.now - start) / .milliseconds(1)
    write("\(request.method.rawValue) \(request.uri.path) \(response.status.code) \(Int(time)) ms")
    return response
  }
}
