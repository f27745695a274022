import PortolanCatalog
import PortolanHTTP

/// The paths of Port's API, below its version.
enum PortPath {
  /// Finds entities by a query.
  static let search = "entities/search"
  /// Lists what an integration owns.
  static let owned = "blueprints/entities/datasource-entities"
  /// All integrations.
  static let integrations = "integration"
  /// Whose catalog it is.
  static let organization = "organization"
  /// The organization's name and password for Port's brokers.
  static let kafkaCredentials = "kafka-credentials"
  /// All blueprints.
  static let blueprints = "blueprints"

  /// An integration.
  static func integration(_ identifier: String) -> String { "integration/\(APIRequest.segment(identifier))" }

  /// Whether somebody asks an integration for a resync.
  static func resyncRequest(of integration: String) -> String {
    "\(self.integration(integration))/resync-request"
  }

  /// A blueprint.
  static func blueprint(_ identifier: String) -> String { "blueprints/\(APIRequest.segment(identifier))" }

  /// All actions, scorecards of a blueprint, or pages.
  static func resources(_ kind: CatalogResource.Kind, of blueprint: String?) -> String {
    switch kind {
    case .action: "actions"
    case .scorecard: "\(self.blueprint(blueprint ?? ""))/scorecards"
    case .page: "pages"
    }
  }
}
