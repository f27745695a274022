extension Authentication {
  /// What signed requests carry, where that stays the same.
  var fixed: Credentials? {
    switch self {
    case .none, .oauth2, .session: nil
    case .basic(let username, let password):
      Credentials(headers: [APIField("Authorization", "Basic \("\(username):\(password)".inBase64)")])
    case .bearer(let token): Credentials(headers: [APIField("Authorization", "Bearer \(token)")])
    case .header(let name, let value): Credentials(headers: [APIField(name, value)])
    case .query(let name, let value): Credentials(query: [APIField(name, value)])
    }
  }

  /// What no text may show of it.
  var secrets: [String] {
    switch self {
    case .none, .session: []
    case .basic(let username, let password): [password, "\(username):\(password)".inBase64]
    case .bearer, .header, .query: fixed?.secrets ?? []
    case .oauth2(let oauth2):
      [oauth2.clientSecret, oauth2.basic.inBase64, oauth2.encodedBasic.inBase64]
    }
  }
}

extension Credentials {
  /// What no text may show of them: the values, and their last parts, as in `Token token=abc`.
  var secrets: [String] {
    (headers + query).flatMap { field in
      let parts = field.value.split { " =\"',;".contains($0) }.map(String.init)
      // Short parts are words such as `Bearer`, but for the last, which is what they are about.
      return [field.value] + parts.filter { $0.count >= 8 } + parts.suffix(1)
    }
  }
}

extension OAuth2ClientCredentials {
  /// The id and the secret, as a basic header has them.
  var basic: String { "\(clientID):\(clientSecret)" }
  /// The same, each encoded as a form's value (RFC 6749, section 2.3.1).
  var encodedBasic: String { "\(PercentEncoding.encode(clientID)):\(PercentEncoding.encode(clientSecret))" }
}
