import PortolanCatalog
import PortolanHTTP
import PortolanPort
import TestServer
import Testing

@Suite struct CredentialsTests {
  private static func catalog(_ url: String, secret: String = "wrong-portolan-secret") throws -> PortCatalog {
    try PortCatalog(
      PortCredentials(clientID: "id", clientSecret: secret, baseURL: url), as: FakePort.owner,
      limits: APILimits(), clock: TestClock().clock)
  }

  @Test func asksOnceWithAWrongSecret() async throws {
    let port = FakePort(.with(["a"]))
    let errors = try await port.run { _, server in
      let catalog = try Self.catalog(server.url)
      var errors: [CatalogError?] = []
      errors.append(await catalogError { try await catalog.owned() })
      errors.append(
        await catalogError {
          try await catalog.upsert(writes(["a"]), of: "service", UpsertOptions(), in: testRun)
        })
      errors.append(await catalogError { try await catalog.begin(testRun) })
      return errors
    }
    #expect(port.now.tokens == 1)
    #expect(port.now.requests == 0)
    #expect(Set(errors).count == 1)
    let error = try #require(errors.first ?? nil)
    #expect(error.kind == .credentials)
    #expect(error.endsRun)
    #expect(error.message.contains("does not take the client id with the client secret"))
    #expect(error.message.contains("invalid_credentials"))
    #expect(error.advice?.contains("check both") == true)
  }

  @Test func asksOnceForAllWhoWait() async throws {
    let port = FakePort(.with([]))
    let kinds = try await port.run { _, server in
      let catalog = try Self.catalog(server.url)
      return await withTaskGroup(of: CatalogError.Kind?.self) { group in
        for _ in 0..<10 {
          group.addTask { await catalogError { try await catalog.blueprint("service") }?.kind }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }
    }
    #expect(kinds == Array(repeating: .credentials, count: 10))
    #expect(port.now.tokens == 1)
  }

  @Test func renewsATokenBeforeItExpires() async throws {
    let time = TestClock()
    let port = FakePort(.with([]))
    try await port.run(time: time) { catalog, _ in
      _ = try await catalog.blueprint("service")
      time.advance(3500)
      _ = try await catalog.blueprint("service")
      #expect(port.now.tokens == 1)
      time.advance(60)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<5 { group.addTask { _ = try? await catalog.blueprint("service") } }
      }
    }
    #expect(port.now.tokens == 2)
    #expect(port.now.requests == 7)
  }

  @Test func endsWhereItsOwnTokenIsRefused() async throws {
    let port = FakePort(.with([])) { _, _ in
      .instead([.answer(401, #"{"error":"unauthorized","message":"token-1 is not taken"}"#)])
    }
    let error = try await port.run { catalog, _ in
      _ = await catalogError { try await catalog.blueprint("service") }
      return await catalogError { try await catalog.blueprint("service") }
    }
    #expect(error?.kind == .credentials)
    #expect(error?.message.contains("*** is not taken") == true)
  }

  @Test func waitsForATokenWherePortIsBusy() async throws {
    let time = TestClock()
    let found = try await RawServer.run { request, number in
      if number == 1 { return [.answer(503)] }
      if request.target.hasSuffix("access_token") {
        return [.answer(200, #"{"ok":true,"accessToken":"t-123456","expiresIn":3600,"tokenType":"Bearer"}"#)]
      }
      return [.answer(404, #"{"ok":false}"#)]
    } _: { server in
      try await FakePort.catalog(server.url, time: time).blueprint("service")
    }
    #expect(found == nil)
  }

  @Test func doesNotTakeAServerThatIsDownForAWrongSecret() async throws {
    let error = try await RawServer.run { _, _ in
      [.answer(503, "down")]
    } _: { server in
      let catalog = try FakePort.catalog(server.url, attempts: 2)
      return await catalogError { try await catalog.blueprint("service") }
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.message.contains("run again") == false)
  }

  @Test(arguments: [
    (200, "<html>hello</html>"), (200, #"{"ok":true,"acc"#), (200, ""), (404, "{}"), (500, "{}"),
  ])
  func asksAgainForATokenThatWasNone(status: Int, body: String) async throws {
    let found = try await RawServer.run { request, number in
      if number <= 3 { return [.answer(status, body)] }
      if request.target.hasSuffix("access_token") {
        return [.answer(200, #"{"ok":true,"accessToken":"t-123456","expiresIn":3600,"tokenType":"Bearer"}"#)]
      }
      return [.answer(404, #"{"ok":false}"#)]
    } _: { server in
      try await FakePort.catalog(server.url).blueprint("service")
    }
    #expect(found == nil)
  }

  @Test func asksForATokenAgainAfterAnAnswerThatWasNone() async throws {
    let found = try await RawServer.run { request, number in
      if number <= 4 { return [.answer(404, "{}")] }
      if request.target.hasSuffix("access_token") {
        return [.answer(200, #"{"ok":true,"accessToken":"t-123456","expiresIn":3600,"tokenType":"Bearer"}"#)]
      }
      return [.answer(404, #"{"ok":false}"#)]
    } _: { server in
      let catalog = try FakePort.catalog(server.url)
      #expect(await catalogError { try await catalog.blueprint("service") }?.kind == .unreadable)
      return try await catalog.blueprint("service")
    }
    #expect(found == nil)
  }

  @Test(arguments: [(404, "{}"), (200, "{}"), (200, "<html>hello</html>")])
  func saysThatTheServerIsNotPort(status: Int, body: String) async throws {
    let (error, count) = try await RawServer.run { _, _ in
      [.answer(status, body)]
    } _: { server in
      let catalog = try FakePort.catalog(server.url)
      return (await catalogError { try await catalog.blueprint("service") }, server.requests.count)
    }
    #expect(error?.kind == .unreadable)
    #expect(error?.advice?.contains("base URL") == true)
    #expect(count == 4)
  }

  @Test(arguments: ["http://api.getport.io", "http://10.0.0.1:8080", "HTTP://localhost.example.org"])
  func sendsNoSecretInTheClear(url: String) throws {
    let error = #expect(throws: CatalogError.self) { try Self.catalog(url) }
    #expect(error?.message.contains("not encrypted") == true)
  }

  @Test(arguments: [
    ("https://api.getport.io", "Port at api.getport.io"),
    ("https://api.us.getport.io/v1/", "Port at api.us.getport.io"),
    ("http://localhost:3000", "Port at localhost:3000"), ("http://[::1]:3000", "Port at [::1]:3000"),
  ])
  func isCalledByItsHost(url: String, name: String) throws {
    #expect(try Self.catalog(url).name == name)
  }

  @Test func saysWhoWrites() async throws {
    let port = FakePort(.with(["a"]))
    let requests = try await port.run { catalog, server in
      _ = try await catalog.blueprint("service")
      _ = try await catalog.upsert(writes(["a"]), of: "service", UpsertOptions(), in: testRun)
      _ = try await catalog.delete(["a"], of: "service", deletingDependents: false, in: testRun)
      return server.requests
    }
    let agents = requests.map { $0["user-agent"] ?? "" }
    #expect(Set(agents.prefix(2)) == ["port-ocean/jira/1.0.0/my-jira"])
    #expect(Set(agents.dropFirst(2)) == ["port-ocean/jira/1.0.0/my-jira/exporter"])
    #expect(
      requests[2].target
        == "/v1/blueprints/service/entities/bulk?upsert=true&merge=true&create_missing_related_entities=true"
        + "&validation_only=false&ocean_info_event_type=resync&ocean_info_resync_id=run-1")
    #expect(
      requests[3].target
        == "/v1/blueprints/service/bulk/entities/delete?delete_dependents=false"
        + "&ocean_info_event_type=resync&ocean_info_resync_id=run-1")
  }
}
