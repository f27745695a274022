import PortolanCatalog
import PortolanHTTP

extension PortCatalog {
  /// Whose catalog it is.
  ///
  /// - Throws: ``CatalogError`` where Port does not say.
  package func organization() async throws -> PortOrganization {
    guard let organization = try await api.thing(PortPath.organization, "organization"),
      let identifier = organization["id"]?.text, !identifier.isEmpty
    else {
      throw CatalogError(.unreadable, "\(name) does not say which organization the credentials belong to")
    }
    let flags = organization["featureFlags"]?.elements?.compactMap(\.text) ?? []
    return PortOrganization(identifier: identifier, flags: Set(flags))
  }

  /// The name and the password that the organization has for Port's brokers.
  ///
  /// - Throws: ``CatalogError`` where Port gives none.
  package func kafkaCredentials() async throws -> (user: String, password: String) {
    guard let credentials = try await api.thing(PortPath.kafkaCredentials, "credentials"),
      let user = credentials["username"]?.text, let password = credentials["password"]?.text
    else {
      throw CatalogError(.notFound, "\(name) gives no name and password for its Kafka brokers")
    }
    return (user, password)
  }
}

/// An organization of Port.
package struct PortOrganization: Sendable, Hashable {
  /// What it is known by.
  package var identifier: String
  /// What Port has switched on for it.
  package var flags: Set<String>

  package init(identifier: String, flags: Set<String> = []) {
    self.identifier = identifier
    self.flags = flags
  }

  /// The topic in which Port asks for resyncs.
  package var resyncTopic: String {
    let hasOwn = flags.contains("OCEAN_KAFKA_INTEGRATION_RESYNC_REQUESTS_TOPIC_ENABLED")
    return hasOwn ? "\(identifier).integration.resync.requests" : "\(identifier).change.log"
  }
}
