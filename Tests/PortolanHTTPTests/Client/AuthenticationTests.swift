import PortolanHTTP
import Synchronization
import TestServer
import Testing

@Suite struct AuthenticationTests {
  private func requests(
    _ authentication: @escaping @Sendable (RawServer) -> Authentication, count: Int = 1,
    clock: ClientClock = .system, answer: @escaping RawServer.Answer
  ) async throws -> (requests: [RawServer.Request], statuses: [Int]) {
    try await RawServer.run(answer: answer) { server in
      let client = try APIClient(
        baseURL: server.url, authentication: authentication(server), clock: clock)
      var statuses: [Int] = []
      for _ in 0..<count { statuses.append(try await client.send(APIRequest(.get, "/issues?a=1")).status) }
      return (server.requests, statuses)
    }
  }

  @Test func signsWithBasic() async throws {
    let seen = try await requests { _ in
      .basic(username: "ann@example.org", password: "sesame")
    } answer: { _, _ in
      [.answer()]
    }
    #expect(seen.requests.first?["authorization"] == "Basic YW5uQGV4YW1wbGUub3JnOnNlc2FtZQ==")
  }

  @Test func signsWithBearer() async throws {
    let seen = try await requests { _ in
      .bearer("sesame")
    } answer: { _, _ in
      [.answer()]
    }
    #expect(seen.requests.first?["authorization"] == "Bearer sesame")
  }

  @Test func signsWithAHeader() async throws {
    let seen = try await requests { _ in
      .header(name: "X-Octopus-ApiKey", value: "API-1")
    } answer: { _, _ in
      [.answer()]
    }
    #expect(seen.requests.first?["x-octopus-apikey"] == "API-1")
  }

  @Test func signsWithAQueryParameter() async throws {
    let seen = try await requests { _ in
      .query(name: "api key", value: "a/b&c")
    } answer: { _, _ in
      [.answer()]
    }
    #expect(seen.requests.first?.target == "/issues?a=1&api%20key=a%2Fb%26c")
  }

  private static func oauth(
    _ server: RawServer, inBody: Bool = false
  ) -> Authentication {
    .oauth2(
      OAuth2ClientCredentials(
        tokenURL: "\(server.url)/token", clientID: "portolan", clientSecret: "se:same", scope: "read write",
        form: [APIField("audience", "https://api.example.org")], sendsSecretInBody: inBody))
  }

  @Test func asksForATokenOnce() async throws {
    let seen = try await requests({ Self.oauth($0) }, count: 3) { request, _ in
      request.target == "/token"
        ? [.answer(200, #"{"access_token": "t-1234", "expires_in": 3600, "token_type": "bearer"}"#)]
        : [.answer()]
    }
    #expect(seen.requests.map(\.target) == ["/token"] + Array(repeating: "/issues?a=1", count: 3))
    let token = try #require(seen.requests.first)
    #expect(token.method == "POST")
    #expect(
      token.body == "grant_type=client_credentials&scope=read%20write&audience=https%3A%2F%2Fapi.example.org")
    #expect(token["content-type"] == "application/x-www-form-urlencoded")
    // portolan:se%3Asame
    #expect(token["authorization"] == "Basic cG9ydG9sYW46c2UlM0FzYW1l")
    #expect(seen.requests.dropFirst().allSatisfy { $0["authorization"] == "Bearer t-1234" })
  }

  @Test func asksForATokenWithTheSecretInTheForm() async throws {
    let seen = try await requests({ Self.oauth($0, inBody: true) }) { request, _ in
      request.target == "/token" ? [.answer(200, #"{"access_token": "t-1234"}"#)] : [.answer()]
    }
    #expect(seen.requests.first?.body.hasSuffix("&client_id=portolan&client_secret=se%3Asame") == true)
    #expect(seen.requests.first?["authorization"] == nil)
  }

  @Test(arguments: [(3600.0, 3540.0), (100, 90)])
  func renewsATokenBeforeItExpires(lifetime: Double, used: Double) async throws {
    let time = TestClock()
    let tokens = Mutex(0)
    let seen = try await requests({ Self.oauth($0) }, count: 3, clock: time.clock) { request, number in
      if request.target == "/token" {
        let token = tokens.withLock { tokens in
          tokens += 1
          return tokens
        }
        return [.answer(200, #"{"access_token": "token-\#(token)", "expires_in": "\#(lifetime)"}"#)]
      }
      // Just before the renewal is due, and then just after.
      time.advance(number == 2 ? used - 1 : 2)
      return [.answer()]
    }
    let signed = seen.requests.filter { $0.target != "/token" }.map { $0["authorization"] }
    #expect(signed == ["Bearer token-1", "Bearer token-1", "Bearer token-2"])
  }

  @Test func renewsOnceForAllWhoAreRefused() async throws {
    let renewals = Mutex(0)
    let (statuses, refused) = try await RawServer.run { request, _ in
      [.answer(request["authorization"] == "Bearer 2" ? 200 : 401)]
    } _: { server in
      let session = Authentication.session { _ in
        let count = renewals.withLock { renewals in
          renewals += 1
          return renewals
        }
        return Credentials(headers: [APIField("Authorization", "Bearer \(count)")])
      }
      let client = try APIClient(baseURL: server.url, authentication: session)
      let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<10 { group.addTask { try await client.send(APIRequest(.get, "/issues")).status } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      return (statuses, server.requests.filter { $0["authorization"] == "Bearer 1" }.count)
    }
    #expect(statuses == Array(repeating: 200, count: 10))
    #expect(renewals.withLock { $0 } == 2)
    #expect(refused >= 1)
  }

  @Test func takesASecondRefusalForTheAnswer() async throws {
    let seen = try await requests({ Self.oauth($0) }) { request, _ in
      request.target == "/token" ? [.answer(200, #"{"access_token": "t-1234"}"#)] : [.answer(401)]
    }
    #expect(seen.statuses == [401])
    #expect(seen.requests.map(\.target) == ["/token", "/issues?a=1", "/token", "/issues?a=1"])
  }

  @Test func saysWhatTheTokenURLAnswered() async throws {
    let (error, url) = try await RawServer.run { request, _ in
      [.answer(400, #"{"error": "invalid_client", "secret": "\#(request.body.suffix(9))"}"#)]
    } _: { server in
      let client = try APIClient(baseURL: server.url, authentication: Self.oauth(server, inBody: true))
      return (await failure { try await client.send(APIRequest(.get, "/issues")) }, server.url)
    }
    #expect(
      error?.reason
        == .credentials(
          #"the token URL \#(url)/token answered with 400: {"error": "invalid_client", "secret": "***"}"#))
  }

  @Test func asksForATokenAgainWhereTheAnswerIsLost() async throws {
    let time = TestClock()
    let seen = try await requests({ Self.oauth($0) }, clock: time.clock) { request, number in
      if number == 1 { return [.close] }
      return request.target == "/token" ? [.answer(200, #"{"access_token": "t-1234"}"#)] : [.answer()]
    }
    #expect(seen.statuses == [200])
    #expect(seen.requests.map(\.target) == ["/token", "/token", "/issues?a=1"])
  }

  @Test func letsASessionAskUnsigned() async throws {
    let seen = try await RawServer.run { request, _ in
      request.target == "/login" ? [.answer(200, "cookie-1")] : [.answer()]
    } _: { server in
      let session = Authentication.session { client in
        let answer = try await client.send(
          APIRequest(.post, "/login", body: .form([APIField("user", "ann")])))
        return Credentials(
          headers: [APIField("Cookie", String(decoding: answer.body, as: UTF8.self))],
          query: [APIField("sid", "query-1")])
      }
      // One place, which the login needs too.
      let client = try APIClient(
        baseURL: server.url, authentication: session, limits: APILimits(concurrency: 1))
      _ = try await client.send(APIRequest(.get, "/issues"))
      return server.requests
    }
    #expect(seen.map(\.target) == ["/login", "/issues?sid=query-1"])
    #expect(seen.first?["cookie"] == nil)
    #expect(seen.last?["cookie"] == "cookie-1")
  }
}
