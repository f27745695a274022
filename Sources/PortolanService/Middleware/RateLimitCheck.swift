import HTTPTypes
import Hummingbird

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Says with each response how many requests are left, and refuses those that are too many.
struct RateLimitCheck: RouterMiddleware {
  typealias Context = BasicRequestContext

  private let limiter: RateLimiter

  init(_ limiter: RateLimiter) {
    self.limiter = limiter
  }

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    let now = Date().timeIntervalSince1970
    let standing = limiter.count(at: now)
    guard !standing.isExceeded else { return Self.refusal(standing, now) }
    var response = try await next(request, context)
    // Ocean waits until `reset` before it repeats a request, whatever it failed for.
    if !Self.isRepeated(response.status) { Self.add(standing, to: &response.headers) }
    return response
  }

  private static func refusal(_ standing: RateLimiter.Standing, _ now: Double) -> Response {
    var response = APIError(
      .tooManyRequests, "rate_limit_exceeded",
      "more than \(standing.limit) requests within \(standing.period) seconds"
    ).response
    add(standing, to: &response.headers)
    response.headers[.retryAfter] = String(max(1, standing.reset - Int(now)))
    return response
  }

  private static func isRepeated(_ status: HTTPResponse.Status) -> Bool {
    status == .unauthorized || status == .requestTimeout || status.kind == .serverError
  }

  private static func add(_ standing: RateLimiter.Standing, to headers: inout HTTPFields) {
    let fields = [
      ("x-ratelimit-limit", standing.limit), ("x-ratelimit-period", standing.period),
      ("x-ratelimit-remaining", standing.remaining), ("x-ratelimit-reset", standing.reset),
    ]
    for (name, value) in fields {
      if let name = HTTPField.Name(name) { headers[name] = String(value) }
    }
  }
}
