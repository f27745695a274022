/// When a request is sent again, and after how long: exponential backoff with full jitter.
struct RetryPolicy: Sendable {
  /// Seconds that the first wait is at most.
  static let base = 0.5
  /// Seconds that any wait is at most, but for those that the API asks for.
  static let cap = 60.0
  /// How often a host is tried that has never answered. It is most likely the wrong one.
  static let attemptsAtStrangers = 3

  /// What is to be done about an answer.
  enum Verdict: Sendable, Hashable {
    /// It is one.
    case answer
    /// The request is sent again after a backoff.
    case again
    /// Nobody asks this host anything for that many seconds, or for a backoff where it does not say how long.
    case limited(seconds: Double?)
  }

  /// How often a request is sent.
  var attempts: Int

  /// Seconds to wait after that attempt, which counts from 1, by a random number of 0 ..< 1.
  static func backoff(after attempt: Int, random: Double) -> Double {
    var most = base
    for _ in 1..<max(2, attempt) where most < cap && attempt > 1 { most *= 2 }
    return random * min(cap, most)
  }

  /// Judges an answer by its status and by what it says about limits.
  static func judge(status: Int, limits: RateLimits) -> Verdict {
    switch status {
    case 429: .limited(seconds: limits.retryAfter ?? exhausted(limits))
    case 403:
      // GitHub, for one, refuses so what is asked too often.
      if limits.retryAfter != nil || limits.window?.remaining == 0 {
        .limited(seconds: limits.retryAfter ?? exhausted(limits))
      } else {
        .answer
      }
    case 503: limits.retryAfter.map { .limited(seconds: $0) } ?? .again
    case 408, 502, 504: .again
    default: .answer
    }
  }

  /// Whether an answer that is none may have come after the request was done, or while it is.
  static func mayBeDone(_ status: Int, _ verdict: Verdict) -> Bool {
    // Whoever names a time to come again, or waited for the request in vain, has not begun with it.
    if case .limited = verdict { return false }
    return status != 408
  }

  private static func exhausted(_ limits: RateLimits) -> Double? {
    limits.window.flatMap { $0.remaining == 0 ? $0.seconds : nil }
  }
}
