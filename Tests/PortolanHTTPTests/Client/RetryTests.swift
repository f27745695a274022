import PortolanHTTP
import TestServer
import Testing

@Suite struct RetryTests {
  @Test(arguments: [429, 502, 503, 504])
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
}
