import PortolanHTTP
import TestServer
import Testing

/// Requests that change something.
@Suite struct WriteTests {
  private static let body = APIRequest.Body.json(Array(#"{"a": 1}"#.utf8))

  private static let order = APIRequest(.post, "/orders", body: body, writes: true, repeats: .ifUnsent)
  private static let harmless = [
    APIRequest(.put, "/services/1", body: body), APIRequest(.delete, "/services/1"),
    APIRequest(.patch, "/services/1", body: body, repeats: .always),
    APIRequest(.post, "/services?upsert=true", body: body, writes: true),
  ]
  private static let harmful = [order, APIRequest(.patch, "/services/1", body: body)]

  @Test(arguments: harmless.indices)
  func sendsTheMethodAndTheBody(place: Int) async throws {
    let request = Self.harmless[place]
    let seen = try await RawServer.run { _, _ in
      [.answer()]
    } _: { server in
      _ = try await APIClient(baseURL: server.url).send(request)
      return server.requests
    }
    #expect(seen.map(\.method) == [request.method.rawValue])
    #expect(seen.map(\.body) == [request.body == nil ? "" : #"{"a": 1}"#])
  }

  @Test(arguments: harmless.indices)
  func repeatsWhatDoesNoHarm(place: Int) async throws {
    let time = TestClock()
    let seen = try await RawServer.run { _, number in
      switch number {
      case 1: [.close]
      case 2: [.send("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"), .close]
      case 3: [.answer(504)]
      default: [.answer(200)]
      }
    } _: { server in
      _ = try await APIClient(baseURL: server.url, clock: time.clock).send(Self.harmless[place])
      return server.requests
    }
    #expect(seen.count == 4)
    #expect(Set(seen.map(\.body)).count == 1)
  }

  /// Answers after which nobody knows whether it was done.
  private static let uncertain: [[RawServer.Step]] = [
    [.close], [.send("HTTP/1.1 201 Created\r\nContent-Length: 20\r\n\r\n{"), .close], [.answer(502)],
    [.answer(503)], [.answer(504)],
  ]

  @Test(arguments: harmful.indices, uncertain.indices)
  func doesNotRepeatWhatMayHaveBeenDone(place: Int, answer: Int) async throws {
    let time = TestClock()
    let (error, count) = try await RawServer.run { _, _ in
      Self.uncertain[answer]
    } _: { server in
      let client = try APIClient(baseURL: server.url, clock: time.clock)
      return (await failure { try await client.send(Self.harmful[place]) }, server.requests.count)
    }
    #expect(error?.attempts == 1)
    #expect(count == 1)
    #expect(time.sleeps.isEmpty)
  }

  @Test(arguments: harmful.indices, [408, 429])
  func repeatsWhatWasCertainlyNotDone(place: Int, status: Int) async throws {
    let time = TestClock()
    let answer = try await RawServer.run { _, number in
      [number == 1 ? .answer(status) : .answer(201)]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(Self.harmful[place])
    }
    #expect(answer.status == 201)
  }

  @Test func repeatsAWriteThatComesTooEarly() async throws {
    let time = TestClock()
    let answer = try await RawServer.run { _, number in
      [number == 1 ? .answer(503, headers: [("Retry-After", "7")]) : .answer(201)]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(Self.order)
    }
    #expect(answer.status == 201)
    #expect(time.sleeps == [7])
  }

  @Test func repeatsAWriteThatNobodyHeard() async throws {
    let time = TestClock()
    let url = try await RawServer.run { _, _ in
      []
    } _: {
      $0.url
    }
    let client = try APIClient(baseURL: url, clock: time.clock)
    let error = await failure { try await client.send(Self.order) }
    #expect(error?.attempts == 3)
  }

  @Test func waitsUntilTheEpochThatALimitNames() async throws {
    let time = TestClock()
    let end = Int(TestClock.start) + 42
    let answer = try await RawServer.run { _, number in
      let limit = [("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "\(end)")]
      return [number == 1 ? .answer(429, headers: limit) : .answer()]
    } _: { server in
      try await APIClient(baseURL: server.url, clock: time.clock).send(Self.order)
    }
    #expect(answer.status == 200)
    #expect(time.sleeps == [42])
  }

  @Test(arguments: [301, 302, 303], (harmless + harmful).indices)
  func isNeverMadeAGet(status: Int, place: Int) async throws {
    let (error, count) = try await RawServer.run { _, _ in
      [.answer(status, headers: [("Location", "/elsewhere")])]
    } _: { server in
      let client = try APIClient(baseURL: server.url)
      let request = (Self.harmless + Self.harmful)[place]
      return (await failure { try await client.send(request) }, server.requests.count)
    }
    guard case .redirect(let text) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains("would make a GET of it"))
    #expect(count == 1)
  }

  @Test(arguments: [307, 308], (harmless + harmful).indices)
  func staysWhatItIsWithinTheOrigin(status: Int, place: Int) async throws {
    let request = (Self.harmless + Self.harmful)[place]
    let seen = try await RawServer.run { _, number in
      [number == 1 ? .answer(status, headers: [("Location", "/elsewhere")]) : .answer()]
    } _: { server in
      _ = try await APIClient(baseURL: server.url, authentication: .bearer("sesame")).send(request)
      return server.requests
    }
    #expect(seen.map(\.method) == [request.method.rawValue, request.method.rawValue])
    #expect(seen.last?.target == "/elsewhere")
    #expect(Set(seen.map(\.body)).count == 1)
  }

  @Test(arguments: (harmless + harmful).indices)
  func isLedToNoOtherOrigin(place: Int) async throws {
    let request = (Self.harmless + Self.harmful)[place]
    let (error, count) = try await RawServer.run { _, _ in
      [.answer()]
    } _: { other in
      try await RawServer.run { _, _ in
        [.answer(307, headers: [("Location", "\(other.url)/")])]
      } _: { server in
        let client = try APIClient(baseURL: server.url, authentication: .bearer("sesame"))
        return (await failure { try await client.send(request) }, other.requests.count)
      }
    }
    guard case .redirect = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(count == 0)
  }

  @Test func isNotSentToAnotherOrigin() async throws {
    let client = try APIClient(baseURL: "http://127.0.0.1:1", authentication: .bearer("sesame"))
    let error = await failure { try await client.send(APIRequest(.delete, "http://127.0.0.1:2/services/1")) }
    guard case .invalidRequest(let text) = error?.reason else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(text.contains("it changes something"))
  }
}
