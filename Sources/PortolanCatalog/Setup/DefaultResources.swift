import Portolan

/// What an integration's files say of a catalog's blueprints, actions, scorecards and pages: `.port/resources`.
public struct DefaultResources: Sendable {
  /// The blueprints, as JSON documents.
  public var blueprints: [[UInt8]] = []
  /// The actions, scorecards and pages.
  public var resources: [CatalogResource] = []

  /// Reads what a folder has: `blueprints`, `actions`, `scorecards`, `pages`, each `.json`, `.yaml` or `.yml`.
  ///
  /// - Throws: `DiagnosticsError` for files that cannot be read, with every place.
  public init(folder: String) throws(DiagnosticsError) {}

  /// What they mean for a catalog as it is: what is created, and what differs.
  package func steps(
    for catalog: any CatalogSetup, owner: Datasource, config: String, updatesBlueprints: Bool
  ) async throws -> [SetupStep] { [] }

  /// Does the steps that are to be done: bare blueprints, then relations, then whole; all or none.
  ///
  /// - Returns: what was refused and costs only itself: actions, scorecards, pages.
  package static func apply(_ steps: [SetupStep], to catalog: any CatalogSetup) async throws -> [Diagnostic] {
    []
  }
}
