import PortolanCatalog
import PortolanHTTP

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Port's catalog, through its API.
///
/// What it writes is owned by the integration it is made for, as Ocean's entities are; so a team can go from Ocean to
/// this and back. Requests are repeated where that does no harm; a secret that is refused ends everything at once.
///
/// ```swift
/// let catalog = try PortCatalog(PortCredentials(clientID: id, clientSecret: secret), as: owner)
/// print(catalog.name)
/// ```
public final class PortCatalog: CatalogSetup {
  /// What people know it by: `Port at api.getport.io`.
  public let name: String

  let api: PortAPI
  let runs: PortRuns

  /// Creates a client. Nothing is asked before the first call.
  ///
  /// - Parameters:
  ///   - credentials: what tells Port who asks, and where it is.
  ///   - owner: the integration that writes.
  ///   - environment: where proxies and certificates are named, and where notes of runs are kept: `XDG_STATE_HOME`, or
  ///     `HOME`.
  /// - Throws: `APIError` for a base URL, a proxy or certificates that cannot be used, and `CatalogError` for a base URL
  ///   that would send the secret so that anybody on the way can read it.
  public convenience init(
    _ credentials: PortCredentials, as owner: Datasource, environment: [String: String] = [:]
  ) throws {
    try self.init(credentials, as: owner, environment: environment, limits: PortAPI.limits)
  }

  /// Creates a client that goes by a clock; `renewal` waits until a run says again that it is at work.
  package init(
    _ credentials: PortCredentials, as owner: Datasource, environment: [String: String] = [:],
    limits: APILimits, clock: ClientClock = .system, renewal: (@Sendable () async throws -> Void)? = nil
  ) throws {
    api = try PortAPI(credentials, owner: owner, limits: limits, environment: environment, clock: clock)
    name = api.name
    let notes = RunNotes(environment: environment, of: [api.name, credentials.clientID, "\(owner)"])
    runs = PortRuns(api, notes: notes, renewal: renewal ?? { try await clock.sleep(PortRuns.renewal) })
  }
}
