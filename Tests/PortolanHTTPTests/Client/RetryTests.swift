import PortolanHTTP
import TestServer
import Testing

@Suite struct RetryTests {
  @Test(arguments: [408, 429, 502, 503, 504])
  func asksAgainAfterAStatusThatPasses(status: Int) async throws {
    let time = TestClock()
    let answer = try await RawServer.run { _, number in
      [number < 3 ? .answer(status, "busy") : .answer(200, "[]")]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(APIRequest(.get, "/issues"))
    }
    #expect(answer.status == 200)
    #expect(answer.body == Array("[]".utf8))
    #expect(time.sleeps == [0.5, 1])
  }

  @Test(arguments: [400, 401, 403, 404, 409, 500])
  func handsOnAStatusThatStays(status: Int) async throws {
    let (answer, requests) = try await RawServer.run { _, _ in
      [.answer(status, "no")]
    } _: { server in
      (try await APIClient(baseURL: server.url).send(APIRequest(.get, "/issues")), server.requests.count)
    }
    #expect(answer.status == status)
    #expect(requests == 1)
  }

  /// Answers that end too early, each in its own way.
  static let cut = [
    "", "HTTP/1.1 200", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n[1,2",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1,2,\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[1",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n[1]\r\n0\r\n",
  ]

  @Test(arguments: cut)
  func asksAgainAfterACutAnswer(start: String) async throws {
    let time = TestClock()
    let answer = try await RawServer.run { _, number in
      number == 1 ? [.send(start), .close] : [.answer(200, "[1,2,3]")]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(APIRequest(.get, "/issues"))
    }
    #expect(answer.body == Array("[1,2,3]".utf8))
    #expect(time.sleeps == [0.5])
  }

  @Test(arguments: cut)
  func neverHandsOnACutAnswer(start: String) async throws {
    let time = TestClock()
    let (error, requests) = try await RawServer.run { _, _ in
      [.send(start), .close]
    } _: { server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(attempts: 4), clock: time.clock)
      return (await failure { try await client.send(APIRequest(.get, "/issues")) }, server.requests.count)
    }
    #expect(error?.attempts == 4)
    #expect(requests == 4)
    guard case .connection = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func sendsASearchAgainWithItsBody() async throws {
    let time = TestClock()
    let requests = try await RawServer.run { _, number in
      number == 1 ? [.close] : [.answer(200, "{}")]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock)
      _ = try await client.send(APIRequest(.post, "/search", body: .json(Array(#"{"jql": ""}"#.utf8))))
      return server.requests
    }
    #expect(requests.map(\.body) == [#"{"jql": ""}"#, #"{"jql": ""}"#])
    #expect(requests.last?["content-type"] == "application/json")
  }

  @Test func waitsLongerEachTimeAndNeverLongerThanAMinute() async throws {
    let time = TestClock()
    let error = try await RawServer.run { _, _ in
      [.answer(503, "<html><title>Down for maintenance</title>")]
    } _: {
      server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(attempts: 10), clock: time.clock)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(time.sleeps == [0.5, 1, 2, 4, 8, 16, 32, 60, 60])
    #expect(error?.reason == .status(503, excerpt: "Down for maintenance"))
    #expect(error?.attempts == 10)
  }

  @Test func drawsEachWaitByLot() async throws {
    let time = TestClock(random: 0.25)
    _ = try await RawServer.run { _, number in
      [.answer(number < 4 ? 502 : 200)]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(APIRequest(.get, "/issues"))
    }
    #expect(time.sleeps == [0.125, 0.25, 0.5])
  }

  @Test func givesAStrangerUpSooner() async throws {
    let time = TestClock()
    // A port on which nobody listens any more.
    let url = try await RawServer.run { _, _ in
      []
    } _: {
      $0.url
    }
    let client = try APIClient(baseURL: url, clock: time.clock)
    let error = await failure { try await client.send(APIRequest(.get, "/issues")) }
    #expect(error?.attempts == 3)
    #expect(error?.description.contains("connection refused") == true)
    #expect(error?.description.contains("is the host right") == true)
  }

  @Test func endsAnAnswerThatDoesNotBegin() async throws {
    let time = TestClock()
    let error = try await RawServer.run { _, _ in
      [.hang]
    } _: { server in
      let limits = APILimits(timeout: .seconds(1), attempts: 2)
      let client = try APIClient(baseURL: server.url, limits: limits, clock: time.clock)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(error?.reason == .timeout)
    #expect(error?.attempts == 2)
  }

  @Test func endsAnAnswerThatStopsInTheMiddle() async throws {
    let time = TestClock()
    let error = try await RawServer.run { _, _ in
      [.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n[1,2"), .hang]
    } _: { server in
      let limits = APILimits(timeout: .seconds(1), attempts: 1)
      let client = try APIClient(baseURL: server.url, limits: limits, clock: time.clock)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(error?.reason == .timeout)
  }

  @Test func endsAnAnswerThatTricklesForEver() async throws {
    let time = TestClock()
    let error = try await RawServer.run { _, _ in
      // Each piece comes a minute after the one before.
      time.advance(60)
      return [.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")]
        + (0..<500).flatMap { _ in [RawServer.Step.send("1"), .pause(.milliseconds(2))] } + [.hang]
    } _: { server in
      let hurried = ClientClock(
        now: {
          time.advance(20)
          return time.now
        }, date: time.clock.date, sleep: time.clock.sleep, random: time.clock.random)
      let limits = APILimits(timeout: .seconds(30), attempts: 1)
      let client = try APIClient(baseURL: server.url, limits: limits, clock: hurried)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(error?.reason == .timeout)
  }
}
