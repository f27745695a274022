import PortolanHTTP
import Synchronization
import TestServer
import Testing

@Suite struct RateLimitTests {
  /// `Retry-After` in the ways that HTTP knows, for two minutes from when a ``TestClock`` begins.
  static let twoMinutes = [
    "120", "Fri, 15 Jan 2027 08:02:00 GMT", "Friday, 15-Jan-27 08:02:00 GMT", "Fri Jan 15 08:02:00 2027",
  ]

  @Test(arguments: twoMinutes)
  func comesAgainWhenItIsToldTo(header: String) async throws {
    let time = TestClock()
    let waits = Mutex<[Double]>([])
    _ = try await RawServer.run { _, number in
      [number == 1 ? .answer(429, headers: [("Retry-After", header)]) : .answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock) { host, seconds in
        #expect(host == "127.0.0.1:\(server.port)")
        waits.withLock { $0.append(seconds) }
      }
      return try await client.send(APIRequest(.get, "/issues"))
    }
    #expect(time.sleeps == [120])
    #expect(waits.withLock { $0 } == [120])
  }

  @Test func goesByTheClockOfTheAPI() async throws {
    let time = TestClock()
    _ = try await RawServer.run { _, number in
      let headers = [
        ("Date", "Fri, 15 Jan 2027 07:00:00 GMT"), ("Retry-After", "Fri, 15 Jan 2027 07:00:30 GMT"),
      ]
      return [number == 1 ? .answer(503, headers: headers) : .answer()]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(APIRequest(.get, "/issues"))
    }
    #expect(time.sleeps == [30])
  }

  @Test func makesAllRequestsToTheHostWait() async throws {
    let time = TestClock()
    let early = Mutex(0)
    try await RawServer.run { _, number in
      if number == 1 { return [.answer(429, headers: [("Retry-After", "60")])] }
      if time.now < 60 { early.withLock { $0 += 1 } }
      return [.answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(concurrency: 1), clock: time.clock)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try await client.send(APIRequest(.get, "/issues")) } }
        try await group.waitForAll()
      }
    }
    #expect(early.withLock { $0 } == 0)
    #expect(time.sleeps == [60])
  }

  @Test func takesARefusalForALimitWhereNothingIsLeft() async throws {
    let time = TestClock()
    let answer = try await RawServer.run { _, number in
      let headers = [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000045")]
      return [number == 1 ? .answer(403, headers: headers) : .answer(200, "[]")]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(APIRequest(.get, "/issues"))
    }
    #expect(answer.status == 200)
    #expect(time.sleeps == [45])
  }

  @Test func doesNotWaitForTooLong() async throws {
    let time = TestClock()
    let error = try await RawServer.run { _, _ in
      [.answer(429, headers: [("Retry-After", "3600")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock)
      return await failure { try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(error?.reason == .wait(.seconds(3600)))
    #expect(time.sleeps.isEmpty)
  }

  @Test func leavesTheHostAloneAlsoWhereItGaveUp() async throws {
    let time = TestClock()
    let requests = try await RawServer.run { _, _ in
      [.answer(429, headers: [("Retry-After", "3600")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock)
      for _ in 0..<3 {
        let error = await failure { try await client.send(APIRequest(.get, "/issues")) }
        #expect(error?.reason == .wait(.seconds(3600)))
      }
      return server.requests.count
    }
    #expect(requests == 1)
  }

  /// What the last answer of a window may say, a minute before the next.
  static let nothingLeft: [[(String, String)]] = [
    [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "1800000060")],
    [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1800000060000")],
    [("RateLimit-Remaining", "0"), ("RateLimit-Reset", "60")],
    [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "2027-01-15T08:01Z")],
    [("RateLimit", "limit=100, remaining=0, reset=60")],
    [("RateLimit", #""hour";r=70;t=900, "minute";r=0;t=60"#)],
  ]

  @Test(arguments: nothingLeft.indices)
  func waitsBeforeTheLimitIsHit(place: Int) async throws {
    let time = TestClock()
    try await RawServer.run { _, number in
      [.answer(headers: number == 1 ? Self.nothingLeft[place] : [])]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock)
      for _ in 0..<3 { _ = try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(time.sleeps == [60])
  }

  @Test func neverAsksForMoreThanIsLeft() async throws {
    let time = TestClock()
    let windows = Mutex<[Int: Int]>([:])
    try await RawServer.run { _, _ in
      let window = Int(time.now) / 10
      let used = windows.withLock { windows in
        windows[window, default: 0] += 1
        return windows[window, default: 0]
      }
      guard used <= 7 else { return [.answer(429)] }
      let reset = 10 - Int(time.now) % 10
      return [.answer(headers: [("RateLimit-Remaining", "\(7 - used)"), ("RateLimit-Reset", "\(reset)")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(concurrency: 5), clock: time.clock)
      // The first answer tells of the limit.
      _ = try await client.send(APIRequest(.get, "/issues"))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<40 { group.addTask { _ = try await client.send(APIRequest(.get, "/issues")) } }
        try await group.waitForAll()
      }
    }
    #expect(windows.withLock { $0.values.reduce(0, +) } == 41)
    #expect(windows.withLock { $0.values.allSatisfy { $0 <= 7 } })
  }

  @Test func spacesRequests() async throws {
    let time = TestClock()
    try await RawServer.run { _, _ in
      [.answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(perSecond: 4), clock: time.clock)
      for _ in 0..<5 { _ = try await client.send(APIRequest(.get, "/issues")) }
    }
    #expect(time.sleeps == [0.25, 0.25, 0.25, 0.25])
  }

  @Test func asksSoManyAtATime() async throws {
    let atOnce = Mutex((now: 0, most: 0, all: 0))
    try await RawServer.run { _, _ in
      atOnce.withLock { state in
        state.now += 1
        state.all += 1
        state.most = max(state.most, state.now)
      }
      // The first ones wait for each other: fewer than three at a time would wait for ever.
      while atOnce.withLock({ $0.all < 3 }) { try? await Task.sleep(for: .milliseconds(1)) }
      atOnce.withLock { $0.now -= 1 }
      return [.answer()]
    } _: { server in
      let client = try APIClient(baseURL: server.url, limits: APILimits(concurrency: 3))
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { _ = try await client.send(APIRequest(.get, "/issues")) } }
        try await group.waitForAll()
      }
    }
    #expect(atOnce.withLock { $0.most } == 3)
  }
}
