import PortolanCatalog
import PortolanHTTP

/// Port's catalog, through its API.
///
/// ```swift
/// let catalog = try PortCatalog(PortCredentials(clientID: id, clientSecret: secret), as: owner)
/// print(catalog.name)
/// ```
public final class PortCatalog {
  /// What people know it by: `Port at api.getport.io`.
  public let name: String

  /// Creates a client. Nothing is asked before the first call.
  ///
  /// - Throws: `APIError` for a base URL, a proxy or certificates that cannot be used.
  public init(
    _ credentials: PortCredentials, as owner: Datasource, environment: [String: String] = [:]
  ) throws {
    name = "Port at \(credentials.baseURL)"
  }
}

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
