/// A catalog that also keeps what entities are: blueprints, and what is shown with them; and the integrations that write.
///
/// Documents are JSON, UTF-8, as Port's API has them.
public protocol CatalogSetup: Catalog {
  /// An integration, nil where there is none of that identifier.
  func integration(_ identifier: String) async throws -> [UInt8]?
  /// Creates an integration: `installationId`, `installationAppType`, `version`, `config`, …
  func createIntegration(_ json: [UInt8]) async throws
  /// Changes those members of an integration that `json` names.
  func updateIntegration(_ identifier: String, _ json: [UInt8]) async throws
  /// Creates a blueprint.
  func createBlueprint(_ json: [UInt8]) async throws
  /// Changes those members of a blueprint that `json` names.
  func updateBlueprint(_ identifier: String, _ json: [UInt8]) async throws
  /// Deletes a blueprint without entities.
  func deleteBlueprint(_ identifier: String) async throws
  /// Whether there is an action, a scorecard or a page of that identifier.
  func hasResource(_ kind: CatalogResource.Kind, _ identifier: String, of blueprint: String?) async throws
    -> Bool
  /// Creates an action, a scorecard or a page.
  func createResource(_ resource: CatalogResource) async throws
}

/// What a catalog shows besides entities.
public struct CatalogResource: Sendable, Hashable {
  /// What it is.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Something that people can start.
    case action
    /// Rules that the entities of a blueprint are measured by.
    case scorecard
    /// A page of the catalog.
    case page
  }

  /// What it is.
  public var kind: Kind
  /// What it is known by.
  public var identifier: String
  /// The blueprint that a scorecard is for.
  public var blueprint: String?
  /// The document.
  public var json: [UInt8]

  /// Creates a resource.
  public init(_ kind: Kind, _ identifier: String, of blueprint: String? = nil, json: [UInt8]) {
    self.kind = kind
    self.identifier = identifier
    self.blueprint = blueprint
    self.json = json
  }
}
