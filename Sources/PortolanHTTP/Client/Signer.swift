/// Signs requests.
enum Signer: Sendable {
  /// They are not signed.
  case nothing
  /// They carry what stays the same.
  case fixed(Credentials)
  /// They carry what is made, and made again.
  case session(Session)

  /// A signer for a client of that base URL.
  init(_ authentication: Authentication, core: ClientCore, base: RequestURL, headers: [APIField]) {
    switch authentication {
    case .none: self = .fixed(Credentials())
    case .basic, .bearer, .header, .query: self = .fixed(authentication.fixed ?? Credentials())
    case .oauth2(let oauth2): self = .session(Self.session(oauth2, core))
    case .session(let make):
      self = .session(
        Session(clock: core.clock) {
          let client = APIClient(unsigned: core, base: base, headers: headers)
          do {
            return try await make(client).hidden(by: core)
          } catch {
            throw CredentialsProblem.of(error, mask: core.mask)
          }
        })
    }
  }

  /// Whether it adds anything.
  var signs: Bool {
    switch self {
    case .nothing: false
    case .fixed(let credentials): !credentials.headers.isEmpty || !credentials.query.isEmpty
    case .session: true
    }
  }

  /// The query parameters that it adds, where those stay the same.
  var queryNames: [String] {
    if case .fixed(let credentials) = self { credentials.query.map(\.name) } else { [] }
  }

  /// Whether it belongs to the client that an authentication asks with.
  var isNothing: Bool { if case .nothing = self { true } else { false } }

  private static func session(_ oauth2: OAuth2ClientCredentials, _ core: ClientCore) -> Session {
    Session(clock: core.clock) {
      let name = core.mask.mask(oauth2.tokenURL)
      let url: RequestURL
      do throws(RequestURL.Problem) {
        url = try RequestURL(oauth2.tokenURL)
      } catch {
        throw CredentialsProblem(message: "the token URL \"\(name)\" \(error.message)")
      }
      let token = OAuth2Token(credentials: oauth2)
      let answer: APIResponse
      do {
        answer = try await APIClient(unsigned: core, base: url, headers: []).send(token.request)
      } catch {
        throw CredentialsProblem.of(error, mask: core.mask)
      }
      if (200..<300).contains(answer.status), let credentials = token.credentials(from: answer.body) {
        return credentials.hidden(by: core)
      }
      let excerpt = BodyExcerpt.of(answer.body, core.mask)
      let what = (200..<300).contains(answer.status) ? "with no access_token" : "with \(answer.status)"
      throw CredentialsProblem(message: "the token URL \(name) answered \(what): \(excerpt)")
    }
  }
}

/// Why there are no credentials.
struct CredentialsProblem: Error {
  /// What is wrong, without any secret.
  var message: String
  /// What to do, where that is known.
  var advice: String?

  /// What an error of making credentials means. That they were not waited for is no problem.
  static func of(_ error: any Error, mask: SecretMask) -> any Error {
    if error is CancellationError { return error }
    guard let error = error as? APIError else { return CredentialsProblem(message: mask.mask("\(error)")) }
    return CredentialsProblem(message: mask.mask(error.message), advice: error.help)
  }
}

extension Credentials {
  fileprivate func hidden(by core: ClientCore) -> Credentials {
    core.hide(self)
    return self
  }
}
