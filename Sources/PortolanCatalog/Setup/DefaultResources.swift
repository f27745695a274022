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
  public init(folder: String) throws(DiagnosticsError) {
    var reader = ResourceReader(folder: folder)
    try reader.read()
    blueprints = reader.blueprints
    resources = reader.resources
  }

  /// What they mean for a catalog as it is: what is created, and what differs.
  ///
  /// Where none of the blueprints is there, all are created. Where some are, somebody else made them: those that are
  /// missing are not created, and those that differ are not changed, unless `updatesBlueprints`. Compared is what the
  /// files name, and a change leaves all else as it is.
  ///
  /// A run that was cut off leaves blueprints that have less than the files say, in one of the forms that ``apply(_:to:)``
  /// makes on its way, and an integration whose resources are not marked as initialized. Such ones are taken up again,
  /// whatever `updatesBlueprints` says.
  ///
  /// - Parameters:
  ///   - catalog: the catalog.
  ///   - owner: the integration.
  ///   - config: its mapping, YAML.
  ///   - updatesBlueprints: whether blueprints that differ are changed, and missing ones created.
  /// - Returns: the steps, in the order in which they are done.
  /// - Throws: ``CatalogError`` where the catalog cannot be read.
  package func steps(
    for catalog: any CatalogSetup, owner: Datasource, config: String, updatesBlueprints: Bool
  ) async throws -> [SetupStep] {
    let integration = IntegrationDocument(try await catalog.integration(owner.identifier))
    let mapping = try ConfigDocument.json(yaml: Array(config.utf8), file: "the mapping")
    var survey = SetupSurvey(isOpen: !integration.isInitialized, updatesBlueprints: updatesBlueprints)
    for json in blueprints {
      let document = BlueprintDocument(json)
      survey.blueprints.append((document, try await catalog.blueprint(document.identifier)))
    }
    var steps = [integration.step(owner: owner, mapping: mapping)].compactMap { $0 } + survey.steps
    guard survey.createsResources else { return steps }
    for resource in resources {
      let isThere = try await catalog.hasResource(
        resource.kind, resource.identifier, of: resource.blueprint)
      if !isThere { steps.append(SetupStep(creating: resource)) }
    }
    return steps
  }

  /// Whether all that is to be done is to mark the integration's resources as initialized, since they are there: no change
  /// that anybody need know of, and one that a catalog may not keep.
  static func isMarkAlone(_ steps: [SetupStep]) -> Bool {
    let done = steps.filter(\.isDone)
    return done.count == 1 && done[0].action == .change && done[0].subject == .integration
  }

  /// Does the steps that are to be done: bare blueprints, then relations, then whole; all or none.
  ///
  /// Where a blueprint is refused, those that this run created are deleted again, and nothing is marked as initialized,
  /// so that the next run tries again.
  ///
  /// - Parameters:
  ///   - steps: the steps; those that say what differs or is missing are passed over.
  ///   - catalog: the catalog.
  /// - Returns: what was refused and costs only itself: actions, scorecards, pages.
  /// - Throws: ``CatalogError`` with what the catalog said, and with what is left where it could not be undone.
  package static func apply(_ steps: [SetupStep], to catalog: any CatalogSetup) async throws -> [Diagnostic] {
    var run = SetupRun(catalog)
    return try await run.apply(steps.filter { $0.action == .create || $0.action == .change })
  }
}

extension SetupStep {
  fileprivate init(creating resource: CatalogResource) {
    let subject: Subject =
      switch resource.kind {
      case .action: .action
      case .scorecard: .scorecard
      case .page: .page
      }
    self.init(
      .create, subject, resource.identifier, json: String(decoding: resource.json, as: UTF8.self),
      blueprint: resource.blueprint)
  }
}
