/// A catalog in which people can ask an integration to resync.
package protocol ResyncRequests: Sendable {
  /// When somebody last asked for it, ISO 8601; nil where nobody has, or it has been done since.
  func lastResyncRequest(of integration: String) async throws -> String?
}

extension LocalCatalog: ResyncRequests {
  /// When somebody last asked for it; nil where nobody has.
  package func lastResyncRequest(of integration: String) async throws -> String? {
    try await resyncRequest(of: integration)
  }
}
