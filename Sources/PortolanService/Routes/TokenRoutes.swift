import Hummingbird

/// Access tokens for credentials.
struct TokenRoutes {
  static let path = "/v1/auth/access_token"

  let credentials: ServiceCredentials
  let tokens: AccessTokens

  func add(to router: CatalogRouter) {
    router.post("v1/auth/access_token", use: issue)
  }

  @Sendable private func issue(_ request: Request, _ context: BasicRequestContext) async throws -> Response {
    let body = try await request.object()
    let (clientID, clientSecret) = try (body.requiredText("clientId"), body.requiredText("clientSecret"))
    guard credentials.match(clientID: clientID, clientSecret: clientSecret) else {
      throw APIError(.unauthorized, "invalid_credentials", "the client id or the client secret is wrong")
    }
    let token = tokens.issue()
    return .ok { body in
      body.add("accessToken", text: token)
      body.add("expiresIn", tokens.lifetime)
      body.add("tokenType", text: "Bearer")
    }
  }
}
