import Portolan

/// A config to run and its fixtures.
struct PlannedRun {
  var name: String
  var configPath: String
  var fixturesPath: String
  /// The `blueprints.json` that its entities are checked against, nil where there is none.
  var blueprintsPath: String?
  /// Whose config it is, nil where only files were named.
  var integration: Integration?

  /// The config, with the files that it must agree with.
  var lintTarget: LintTarget {
    LintTarget(
      configPath: configPath, specPath: integration?.specPath, fetcherPath: integration?.fetcherPath,
      blueprintsPath: blueprintsPath, projectPath: ProjectFile.path(from: PathText.parent(configPath)),
      integrationType: integration?.typeName, fixturesPath: fixturesPath)
  }
}

/// Finds the configs and fixtures that the arguments mean.
struct RunSelection {
  /// An integration's name or a folder.
  var integration: String?
  var config: String?
  var fixtures: String?
  var blueprints: String?
  /// Whether raw objects are named otherwise, so that there need not be fixtures.
  var hasInput = false

  /// The runs that the arguments ask for.
  ///
  /// - Throws: `UsageError` where there is nothing to run.
  func runs() throws(UsageError) -> [PlannedRun] {
    if let fixtures, !FolderListing.isFolder(fixtures) {
      throw UsageError(
        "there is no folder \(fixtures)",
        "give --fixtures a folder that holds <kind>.json or <kind>/*.json")
    }
    if let config, let fixtures {
      return [
        PlannedRun(
          name: integration ?? "", configPath: config, fixturesPath: fixtures, blueprintsPath: blueprints)
      ]
    }
    if hasInput, let config, integration == nil, integrations(around: config).count != 1 {
      return [PlannedRun(name: "", configPath: config, fixturesPath: "", blueprintsPath: blueprints)]
    }
    let found = try integrations()
    guard found.count == 1 || (config == nil && fixtures == nil && blueprints == nil) else {
      throw UsageError(
        "several integrations are here: \(found.map(\.name).joined(separator: ", "))",
        "name the one that \(given) is for: `\(found[0].name)`, for example")
    }
    return found.map {
      PlannedRun(
        name: $0.name, configPath: config ?? $0.configPath, fixturesPath: fixtures ?? $0.fixturesPath,
        blueprintsPath: blueprints ?? $0.blueprintsPath, integration: $0)
    }
  }

  /// The option that is for one integration only.
  private var given: String {
    config != nil ? "--config" : fixtures != nil ? "--fixtures" : "--blueprints"
  }

  /// The integrations named by the argument, or found where the config is or from the current folder.
  private func integrations() throws(UsageError) -> [Integration] {
    if let integration { return try IntegrationSelection().named(integration) }
    if let config { return try integration(ofConfig: config) }
    return try IntegrationSelection().here()
  }

  private func integrations(around config: String) -> [Integration] {
    Integration.find(in: PathText.join(PathText.parent(config), ".."))
  }

  /// The integration in whose `resources` folder the config is.
  private func integration(ofConfig config: String) throws(UsageError) -> [Integration] {
    do throws(DiagnosticsError) {
      _ = try PortAppConfig(contentsOf: config)
    } catch {
      throw UsageError(error.diagnostics)
    }
    let found = integrations(around: config)
    if found.count == 1 { return found }
    throw UsageError(
      "there is nothing to map with \(config): no fixtures are known for it",
      "say where its raw objects are: --fixtures DIR, with DIR/<kind>.json or DIR/<kind>/*.json")
  }
}
