import PortolanHTTP
import Synchronization
import TestServer
import Testing

@Suite struct LifecycleTests {
  @Test func endsWithItsTaskAndFreesItsPlace() async throws {
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    let answer = try await RawServer.run { _, number in
      guard number == 1 else { return [.answer(200, "[]")] }
      arrival.yield()
      return [.hang]
    } _: { server in
      let client = try APIClient(
        baseURL: server.url, limits: APILimits(concurrency: 1, timeout: .seconds(600)))
      let first = Task { try await client.send(APIRequest(.get, "/1")) }
      for await _ in arrived { break }
      // This one waits for the place of the first.
      let second = Task { try await client.send(APIRequest(.get, "/2")) }
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      return try await second.value
    }
    #expect(answer.status == 200)
  }

  @Test func endsWhileItWaitsAtTheGate() async throws {
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    try await RawServer.run { _, _ in
      arrival.yield()
      return [.hang]
    } _: { server in
      let client = try APIClient(
        baseURL: server.url, limits: APILimits(concurrency: 1, timeout: .seconds(600)))
      let first = Task { try await client.send(APIRequest(.get, "/1")) }
      for await _ in arrived { break }
      let others = (2..<6).map { number in Task { try await client.send(APIRequest(.get, "/\(number)")) } }
      for other in others { other.cancel() }
      for other in others { await #expect(throws: CancellationError.self) { try await other.value } }
      first.cancel()
      await #expect(throws: CancellationError.self) { try await first.value }
      #expect(server.requests.count == 1)
    }
  }

  @Test func endsWhileItWaitsForALimit() async throws {
    let (waits, began) = AsyncStream<Void>.makeStream()
    try await RawServer.run { _, _ in
      [.answer(429, headers: [("Retry-After", "600")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url) { _, _ in began.yield() }
      let task = Task { try await client.send(APIRequest(.get, "/1")) }
      for await _ in waits { break }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
    }
  }

  @Test func oneWhoGoesAwayDoesNotEndTheOthersRenewal() async throws {
    let (arrived, arrival) = AsyncStream<Void>.makeStream()
    let answer = try await RawServer.run { request, number in
      if number == 1 {
        arrival.yield()
        return [.pause(.milliseconds(20)), .answer(200, #"{"access_token": "t-1234"}"#)]
      }
      return [.answer(200, request["authorization"] ?? "")]
    } _: { server in
      let oauth = OAuth2ClientCredentials(
        tokenURL: "\(server.url)/token", clientID: "a", clientSecret: "sesame")
      let client = try APIClient(baseURL: server.url, authentication: .oauth2(oauth))
      let first = Task { try await client.send(APIRequest(.get, "/1")) }
      let second = Task { try await client.send(APIRequest(.get, "/2")) }
      for await _ in arrived { break }
      first.cancel()
      _ = await first.result
      return try await second.value
    }
    #expect(answer.body == Array("Bearer t-1234".utf8))
  }

  @Test func saysThatItWasShutDown() async throws {
    let error = try await RawServer.run { _, _ in
      [.answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url)
      _ = try await client.send(APIRequest(.get, "/1"))
      await client.shutdown()
      await client.shutdown()
      return await failure { try await client.send(APIRequest(.get, "/2")) }
    }
    #expect(error?.reason == .invalidRequest("the client was shut down"))
  }

  @Test func goesAwayWithoutAWord() async throws {
    weak var gone: APIClient?
    try await RawServer.run { _, _ in
      [.answer()]
    } _: { server in
      for _ in 0..<5 { _ = try await APIClient(baseURL: server.url).send(APIRequest(.get, "/1")) }
    }
    do {
      let client = try APIClient(baseURL: "http://127.0.0.1:1")
      gone = client
    }
    #expect(gone == nil)
  }
}
