import PortolanHTTP
import TestServer
import Testing

@Suite struct RedirectTests {
  private static let secret = "sesame-1234"

  /// Everything that must not reach another origin.
  private static func client(_ url: String, _ authentication: Authentication) throws -> APIClient {
    try APIClient(
      baseURL: url, authentication: authentication,
      headers: [APIField("X-Other", "a \(secret)"), APIField("Cookie", "a=b"), APIField("X-Plain", "plain")],
      secrets: [secret])
  }

  static let authentications: [Authentication] = [
    .bearer(secret), .basic(username: "ann", password: secret), .header(name: "X-Mine", value: secret),
    .query(name: "mine", value: secret),
    .session { _ in
      Credentials(headers: [APIField("X-Mine", "made-4321")], query: [APIField("mine", "made-4321")])
    },
  ]

  private static func expectNoSecret(
    _ request: RawServer.Request?, _ location: SourceLocation = #_sourceLocation
  ) {
    let all = (request?.headers.map { "\($0.name): \($0.value)" } ?? []) + [request?.target ?? "none"]
    for text in all {
      for secret in [secret, "made-4321", "YW5uOnNlc2FtZS0xMjM0", "cookie"] {
        #expect(!text.contains(secret), sourceLocation: location)
      }
    }
    #expect(request?["x-plain"] == "plain", sourceLocation: location)
  }

  @Test(arguments: authentications.indices)
  func takesNoCredentialToAnotherOrigin(place: Int) async throws {
    let requests = try await RawServer.run { _, _ in
      [.answer(200, "[]")]
    } _: { other in
      try await RawServer.run { request, _ in
        [.answer(302, headers: [("Location", "\(other.url)/elsewhere?x=\(Self.secret)&y=1")])]
      } _: { server in
        let client = try Self.client(server.url, Self.authentications[place])
        let answer = try await client.send(APIRequest(.get, "/issues"))
        #expect(answer.url == "\(other.url)/elsewhere?y=1")
        return other.requests
      }
    }
    #expect(requests.count == 1)
    Self.expectNoSecret(requests.first)
  }

  @Test(arguments: authentications.indices)
  func takesNoCredentialToALinkOfAnotherOrigin(place: Int) async throws {
    let requests = try await RawServer.run { _, _ in
      [.answer(200, "[]")]
    } _: { other in
      try await RawServer.run { _, _ in
        [.answer()]
      } _: { server in
        let client = try Self.client(server.url, Self.authentications[place])
        _ = try await client.send(APIRequest(.get, "\(other.url)/page?2"))
        return other.requests
      }
    }
    Self.expectNoSecret(requests.first)
  }

  @Test func staysUnsignedOnItsWayBack() async throws {
    let requests = try await RawServer.run { request, _ in
      let back = request["x-back"] ?? ""
      return [.answer(302, headers: [("Location", back)])]
    } _: { other in
      try await RawServer.run { request, number in
        [number == 1 ? .answer(302, headers: [("Location", "\(other.url)/")]) : .answer()]
      } _: { server in
        let client = try APIClient(
          baseURL: server.url, authentication: .bearer(Self.secret), headers: [APIField("X-Back", server.url)]
        )
        _ = try await client.send(APIRequest(.get, "/issues"))
        return server.requests
      }
    }
    #expect(requests.map { $0["authorization"] } == ["Bearer \(Self.secret)", nil])
  }

  @Test(arguments: [301, 302, 303, 307, 308])
  func signsWithinTheOrigin(status: Int) async throws {
    let requests = try await RawServer.run { _, number in
      [number == 1 ? .answer(status, headers: [("Location", "../v2/search?x=1")]) : .answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url, authentication: .bearer(Self.secret))
      _ = try await client.send(APIRequest(.post, "/api/v1/search", body: .json(Array("{}".utf8))))
      return server.requests
    }
    let isKept = status >= 307
    #expect(requests.map(\.target) == ["/api/v1/search", "/api/v2/search?x=1"])
    #expect(requests.map(\.method) == ["POST", isKept ? "POST" : "GET"])
    #expect(requests.map(\.body) == ["{}", isKept ? "{}" : ""])
    #expect(requests.last?["content-type"] == (isKept ? "application/json" : nil))
    #expect(requests.last?["authorization"] == "Bearer \(Self.secret)")
  }

  @Test func takesNoBodyToAnotherOrigin() async throws {
    let (error, requests) = try await RawServer.run { _, _ in
      [.answer()]
    } _: { other in
      try await RawServer.run { _, _ in
        [.answer(307, headers: [("Location", other.url)])]
      } _: { server in
        let client = try APIClient(baseURL: server.url)
        let request = APIRequest(.post, "/search", body: .json(Array("{}".utf8)))
        return (await failure { try await client.send(request) }, other.requests)
      }
    }
    guard case .redirect = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(requests.isEmpty)
  }

  @Test func followsFiveRedirectsAndNoMore() async throws {
    let (error, count) = try await RawServer.run { _, number in
      [.answer(302, headers: [("Location", "/\(number)")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url)
      return (await failure { try await client.send(APIRequest(.get, "/issues")) }, server.requests.count)
    }
    guard case .redirect = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(count == 6)
  }

  @Test func goesNowhereUnencrypted() async throws {
    let folder = try TrustedFolder()
    let error = try await RawServer.run(tls: TestCertificate.serverConfiguration()) { _, _ in
      [.answer(301, headers: [("Location", "http://127.0.0.1/")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url, environment: folder.environment)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    guard case .redirect(let text) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains("from https to http"))
  }

  @Test func handsOnARedirectThatLeadsNowhere() async throws {
    let answer = try await RawServer.run { _, _ in
      [.answer(304)]
    } _: { server in
      try await APIClient(baseURL: server.url).send(APIRequest(.get, "/issues"))
    }
    #expect(answer.status == 304)
  }

  @Test func saysThatItWasLedAwayWithoutCredentials() async throws {
    let (answer, other) = try await RawServer.run { _, _ in
      [.answer(401)]
    } _: { other in
      try await RawServer.run { _, _ in
        [.answer(301, headers: [("Location", other.url)])]
      } _: { server in
        let client = try APIClient(baseURL: server.url, authentication: .bearer(Self.secret))
        return (try await client.send(APIRequest(.get, "/issues")), other.url)
      }
    }
    #expect(answer.status == 401)
    #expect(answer.request.hasSuffix("/issues (redirected to \(other)/, which is sent no credentials)"))
  }

  @Test func takesNoBodyToALinkOfAnotherOrigin() async throws {
    let client = try APIClient(baseURL: "http://127.0.0.1:1", authentication: .bearer(Self.secret))
    let error = await failure {
      try await client.send(APIRequest(.post, "http://127.0.0.1:2/search", body: .json(Array("{}".utf8))))
    }
    guard case .invalidRequest(let text) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains("it has a body"))
  }

  @Test func tellsALoginElsewhereOnlyWhatItWasGivenForIt() async throws {
    let login = try await RawServer.run { _, _ in
      [.answer(200, "t-1234")]
    } _: { other in
      try await RawServer.run { _, _ in
        [.answer()]
      } _: { server in
        let session = Authentication.session { client in
          let request = APIRequest(.post, "\(other.url)/login", headers: [APIField("X-Login", "ann:pw-12")])
          let answer = try await client.send(request)
          return Credentials(headers: [APIField("X-Mine", String(decoding: answer.body, as: UTF8.self))])
        }
        _ = try await Self.client(server.url, session).send(APIRequest(.get, "/issues"))
        return other.requests.first
      }
    }
    #expect(login?["x-login"] == "ann:pw-12")
    Self.expectNoSecret(login)
  }
}
