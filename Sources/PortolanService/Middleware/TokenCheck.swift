import HTTPTypes
import Hummingbird

/// Answers only those who show a token, except where tokens are given out.
struct TokenCheck: RouterMiddleware {
  typealias Context = BasicRequestContext

  private let tokens: AccessTokens

  init(_ tokens: AccessTokens) {
    self.tokens = tokens
  }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard request.uri.path == TokenRoutes.path || isAuthorized(request) else {
      throw APIError(.unauthorized, "unauthorized", "the access token is missing, unknown or has expired")
    }
    return try await next(request, context)
  }

  private func isAuthorized(_ request: Request) -> Bool {
    let words = (request.headers[.authorization] ?? "").split(separator: " ")
    guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
    return tokens.accepts(String(words[1]))
  }
}
