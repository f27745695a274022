import Synchronization

/// How many requests a server takes.
public struct RateLimit: Sendable {
  /// How many, within one period.
  public var requests: Int
  /// How many seconds a period is.
  public var period: Int

  /// A limit; by default one that no client on the same machine comes to.
  public init(requests: Int = 1_000_000, period: Int = 60) {
    self.requests = max(1, requests)
    self.period = max(1, period)
  }
}

/// Counts requests, period by period.
final class RateLimiter: Sendable {
  /// What a request is told.
  struct Standing {
    var limit: Int
    var period: Int
    var remaining: Int
    /// When the next period begins, in seconds since 1970.
    var reset: Int
    var isExceeded: Bool
  }

  private let limit: RateLimit
  private let count = Mutex<(period: Int, requests: Int)>((0, 0))

  init(_ limit: RateLimit) {
    self.limit = limit
  }

  /// Counts a request at `time`, in seconds since 1970.
  func count(at time: Double) -> Standing {
    let period = Int(time) / limit.period
    let requests = count.withLock { count in
      if count.period != period { count = (period, 0) }
      count.requests = min(count.requests + 1, limit.requests + 1)
      return count.requests
    }
    return Standing(
      limit: limit.requests, period: limit.period, remaining: max(0, limit.requests - requests),
      reset: (period + 1) * limit.period, isExceeded: requests > limit.requests)
  }
}
