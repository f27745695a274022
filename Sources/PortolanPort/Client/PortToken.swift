import PortolanCatalog
import PortolanHTTP
import RawJSON
import Synchronization

/// Gets tokens for an id and a secret. Once these are refused, nobody asks again.
final class PortToken: Sendable {
  private let credentials: PortCredentials
  private let name: String
  private let refused = Mutex<CatalogError?>(nil)
  private let failed = Mutex<CatalogError?>(nil)

  /// A source of tokens of the catalog that people know by `name`.
  init(_ credentials: PortCredentials, name: String) {
    self.credentials = credentials
    self.name = name
  }

  /// Why there will be no token, however often it is asked for; nil where there may be one.
  var refusal: CatalogError? { refused.withLock { $0 } }

  /// Why there was no token when it was asked for last, nil where there was one. The next time there may be one.
  var failure: CatalogError? { failed.withLock { $0 } }

  /// What no message may show. Who has mixed up id and secret finds neither in one.
  static func secrets(_ credentials: PortCredentials) -> [String] {
    [credentials.clientSecret] + (credentials.clientID.count >= 16 ? [credentials.clientID] : [])
  }

  /// Signs requests with a token.
  func signing() -> Authentication {
    .session { [self] client in try await make(client) }
  }

  /// Remembers that a token was refused that had just been given.
  func refuse(_ error: CatalogError) { refused.withLock { $0 = $0 ?? error } }

  private func make(_ client: APIClient) async throws -> Credentials {
    if let refusal { throw refusal }
    failed.withLock { $0 = nil }
    let body = JSONWriter.object { body in
      body.add("clientId", text: credentials.clientID)
      body.add("clientSecret", text: credentials.clientSecret)
    }
    let answer = try await answer(to: .write(.post, "auth/access_token", body), client)
    if let token = Self.token(answer) {
      return Credentials(
        headers: [APIField("Authorization", "\(Self.scheme(answer)) \(token)")],
        lifetime: Self.lifetime(answer))
    }
    let error = problem(answer)
    if error.kind == .credentials { refuse(error) }
    failed.withLock { $0 = error }
    throw error
  }

  /// Asks again where an answer was cut, is somebody else's, or says that something failed: all but a refusal may pass.
  private func answer(to request: APIRequest, _ client: APIClient) async throws -> PortAnswer {
    var attempt = 1
    while true {
      let answer = PortAnswer(try await client.send(request), client.mask)
      if Self.token(answer) != nil || problem(answer).kind == .credentials || attempt >= PortAPI.attempts {
        return answer
      }
      try await client.pause(after: attempt)
      attempt += 1
    }
  }

  private static func token(_ answer: PortAnswer) -> String? {
    guard answer.isDone, let token = answer.document?["accessToken"]?.text, !token.isEmpty else { return nil }
    return token
  }

  private func problem(_ answer: PortAnswer) -> CatalogError {
    switch answer.status {
    case 400, 401, 403, 422:
      CatalogError(
        .credentials, "\(name) does not take the client id with the client secret: \(answer.summary)",
        advice:
          "check both, and whether the base URL is that of your region, such as https://api.us.getport.io")
    case 200..<500:
      CatalogError(
        .unreadable, "\(name) gives no token: \(answer.summary)",
        advice: "check the base URL: it is that of Port's API, such as https://api.getport.io")
    default:
      CatalogError(.unavailable, "\(name) gives no token: \(answer.summary)", advice: PortAPI.again)
    }
  }

  private static func scheme(_ answer: PortAnswer) -> String {
    let type = answer.document?["tokenType"]?.text ?? ""
    return type.isEmpty || type.lowercased() == "bearer" ? "Bearer" : type
  }

  /// How long the token is valid. What makes no sense is not known.
  private static func lifetime(_ answer: PortAnswer) -> Duration? {
    let value = answer.document?["expiresIn"]
    guard let seconds = (value?.number ?? value?.text).flatMap(Double.init), seconds > 0, seconds < 1e9 else {
      return nil
    }
    return .seconds(seconds)
  }
}
