import HTTPTypes
import Testing

@testable import PortolanService

@Suite struct RateLimitTests {
  @Test func countsRequestsPeriodByPeriod() {
    let limiter = RateLimiter(RateLimit(requests: 2, period: 10))
    #expect(limiter.count(at: 100).remaining == 1)
    #expect(!limiter.count(at: 101).isExceeded)
    let third = limiter.count(at: 102)
    #expect(third.isExceeded)
    #expect(third.reset == 110)
    #expect(!limiter.count(at: 110).isExceeded)
  }

  @Test func refusesWhatIsTooMuch() async throws {
    try await ServedCatalog.run {
      $0.rateLimit = RateLimit(requests: 3, period: 1_000_000)
    } _: { (served) async throws in
      #expect(try await served.call(.get, "/v1/organization").status == 200)
      #expect(try await served.call(.get, "/v1/organization").headers[Self.remaining] == "0")
      let answer = try await served.call(.get, "/v1/organization")
      #expect(answer.status == 429)
      #expect(answer.error == "rate_limit_exceeded")
      #expect(answer.headers[.retryAfter].flatMap { Int($0) }.map { $0 > 0 } == true)
    }
  }

  @Test func everyAnswerSaysHowMuchIsLeft() async throws {
    try await ServedCatalog.run { (served) async throws in
      for path in ["/v1/organization", "/v1/unknown"] {
        let answer = try await served.call(.get, path)
        for name in ["limit", "period", "remaining", "reset"] {
          let value = HTTPField.Name("x-ratelimit-\(name)").flatMap { answer.headers[$0] }
          #expect(value.flatMap { Int($0) } != nil)
        }
      }
    }
  }

  /// Ocean would wait until the period ends before it asks for a new token.
  @Test func anAnswerThatIsRepeatedAtOnceSaysNothingOfIt() async throws {
    try await ServedCatalog.run { (served) async throws in
      let answer = try await served.send(.get, "/v1/organization", nil, [:])
      #expect(answer.status == 401)
      #expect(answer.headers[Self.remaining] == nil)
    }
  }

  private static let remaining = HTTPField.Name("x-ratelimit-remaining") ?? .userAgent
}
