import RawJSON

/// Asks an OAuth 2 server for a token.
struct OAuth2Token {
  /// Who asks.
  var credentials: OAuth2ClientCredentials

  /// The request for a token.
  var request: APIRequest {
    var fields = [APIField("grant_type", "client_credentials")]
    if let scope = credentials.scope { fields.append(APIField("scope", scope)) }
    fields += credentials.form
    var headers = [APIField("Accept", "application/json")]
    if credentials.sendsSecretInBody {
      fields += [
        APIField("client_id", credentials.clientID), APIField("client_secret", credentials.clientSecret),
      ]
    } else {
      headers.append(APIField("Authorization", "Basic \(credentials.encodedBasic.inBase64)"))
    }
    return APIRequest(.post, credentials.tokenURL, headers: headers, body: .form(fields))
  }

  /// What requests carry after such an answer; nil where there is no token in it.
  func credentials(from body: [UInt8]) -> Credentials? {
    guard let answer = try? JSONView(validating: body), let token = answer["access_token"]?.text,
      !token.isEmpty
    else { return nil }
    let type = answer["token_type"]?.text ?? "Bearer"
    let scheme = type.lowercased() == "bearer" ? "Bearer" : type
    return Credentials(
      headers: [APIField("Authorization", "\(scheme) \(token)")],
      lifetime: Self.lifetime(answer["expires_in"]))
  }

  /// Seconds, which some servers write as a string. What makes no sense is not known.
  private static func lifetime(_ value: JSONView?) -> Duration? {
    guard let seconds = (value?.number ?? value?.text).flatMap(Double.init), seconds > 0, seconds < 1e9 else {
      return nil
    }
    return .seconds(seconds)
  }
}
