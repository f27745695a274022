import PortolanCatalog
import RawJSON

/// Where a catalog says that it wants a resync, as it is noted at the integration: `changelogDestination`.
package enum ResyncDestination: Sendable, Hashable {
  /// It sends a request to this URL.
  case webhook(url: String)
  /// It writes a message to a topic of Kafka.
  case kafka

  /// Notes it at an integration of a catalog, unless it is noted there.
  ///
  /// - Returns: whether it had to be noted; nil where the catalog does not know the integration.
  /// - Throws: what keeps the catalog from noting it.
  package func note(at integration: String, in catalog: any CatalogSetup) async throws -> Bool? {
    guard let json = try await catalog.integration(integration) else { return nil }
    let known = JSONView(valid: json)["changelogDestination"]
    guard known?["type"]?.text != type || known?["url"]?.text != url else { return false }
    try await catalog.updateIntegration(integration, document)
    return true
  }

  private var type: String {
    switch self {
    case .webhook: "WEBHOOK"
    case .kafka: "KAFKA"
    }
  }

  private var url: String? {
    switch self {
    case .webhook(let url): url
    case .kafka: nil
    }
  }

  private var document: [UInt8] {
    JSONWriter.object { integration in
      integration.key("changelogDestination")
      integration.object { destination in
        destination.add("type", text: type)
        if let url { destination.add("url", text: url) }
      }
    }
  }
}
