/// Where a catalog is served, and to whom.
public struct CatalogServerOptions: Sendable {
  /// The address that requests are taken at.
  public var address = "127.0.0.1"
  /// The port; 0 takes a free one.
  public var port = 5099
  /// What a client has to know.
  public var credentials = ServiceCredentials.generated()
  /// How many seconds an access token is good for.
  public var tokenLifetime = 3600
  /// How many requests are taken.
  public var rateLimit = RateLimit()
  /// Called with a line for each request, nil for none.
  public var log: (@Sendable (String) -> Void)?
  /// By which other names than `localhost` and ``address`` clients may call the server.
  ///
  /// A page that somebody opens in a browser can send requests to this machine by a name of its own, and read the
  /// answers. So what is called by an unknown name is not answered.
  public var otherHosts: [String] = []

  /// The defaults: on this machine only, with credentials that are made now.
  public init() {}

  /// The names that a request may call the server by.
  var allowedHosts: Set<String> {
    Set((["localhost", "127.0.0.1", "::1", address] + otherHosts).map { $0.lowercased() })
  }
}
