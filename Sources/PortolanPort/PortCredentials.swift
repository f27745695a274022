/// What tells Port who asks.
public struct PortCredentials: Sendable {
  /// The client's id.
  public var clientID: String
  /// The client's secret, which no message shows.
  public var clientSecret: String
  /// Where the API is.
  public var baseURL: String

  /// Creates credentials.
  public init(clientID: String, clientSecret: String, baseURL: String = "https://api.getport.io") {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.baseURL = baseURL
  }
}
