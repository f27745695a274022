/// How much is asked of an API at once, and how long for.
public struct APILimits: Sendable {
  /// Requests at the same time to one host.
  public var concurrency: Int
  /// Requests a second to one host; nil for no limit but those that its answers tell.
  public var perSecond: Double?
  /// How long an answer may take to begin, and then between two pieces of it.
  public var timeout: Duration
  /// How often a request is sent before it is given up.
  public var attempts: Int
  /// How large an answer may be, decompressed, in bytes.
  public var responseSize: Int
  /// How long it waits at most where the API says when to come again.
  public var longestWait: Duration

  /// Creates limits.
  public init(
    concurrency: Int = 10, perSecond: Double? = nil, timeout: Duration = .seconds(30), attempts: Int = 8,
    responseSize: Int = 64 << 20, longestWait: Duration = .seconds(900)
  ) {
    self.concurrency = concurrency
    self.perSecond = perSecond
    self.timeout = timeout
    self.attempts = attempts
    self.responseSize = responseSize
    self.longestWait = longestWait
  }
}
