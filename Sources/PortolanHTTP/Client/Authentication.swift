/// How requests say who asks.
public enum Authentication: Sendable {
  /// They do not.
  case none
  /// HTTP basic: a name and a password.
  case basic(username: String, password: String)
  /// `Authorization: Bearer …`
  case bearer(String)
  /// A header of the API's own: `X-Octopus-ApiKey`.
  case header(name: String, value: String)
  /// A query parameter.
  case query(name: String, value: String)
  /// A token that an OAuth 2 server gives for an id and a secret.
  case oauth2(OAuth2ClientCredentials)
  /// Whatever the function makes: it is asked before the first request, before what it made last is no longer
  /// valid, and when the API refuses that. It gets the client, whose requests are not signed then.
  case session(@Sendable (APIClient) async throws -> Credentials)
}

/// What signed requests carry.
public struct Credentials: Sendable {
  /// Headers to add.
  public var headers: [APIField]
  /// Query parameters to add.
  public var query: [APIField]
  /// How long they are valid, nil where that is not known.
  public var lifetime: Duration?

  /// Creates credentials.
  public init(headers: [APIField] = [], query: [APIField] = [], lifetime: Duration? = nil) {
    self.headers = headers
    self.query = query
    self.lifetime = lifetime
  }
}

/// OAuth 2 client credentials (RFC 6749, section 4.4).
public struct OAuth2ClientCredentials: Sendable {
  /// Where tokens are given.
  public var tokenURL: String
  /// The client's id.
  public var clientID: String
  /// The client's secret.
  public var clientSecret: String
  /// The scopes, with spaces between them; nil for the server's own choice.
  public var scope: String?
  /// What else the token is asked for with: `audience`, `resource`.
  public var form: [APIField]
  /// Whether id and secret go into the form, not into a basic header.
  public var sendsSecretInBody: Bool

  /// Creates credentials.
  public init(
    tokenURL: String, clientID: String, clientSecret: String, scope: String? = nil, form: [APIField] = [],
    sendsSecretInBody: Bool = false
  ) {
    self.tokenURL = tokenURL
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.scope = scope
    self.form = form
    self.sendsSecretInBody = sendsSecretInBody
  }
}
