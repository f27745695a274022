import Portolan

/// A config to run and its fixtures.
struct PlannedRun {
  var name: String
  var configPath: String
  var fixturesPath: String
  /// The `blueprints.json` that its entities are checked against, nil where there is none.
  var blueprintsPath: String?
}

/// Finds what the arguments mean.
struct RunSelection {
  /// An integration's name or a folder.
  var integration: String?
  var config: String?
  var fixtures: String?
  var blueprints: String?

  /// The runs that the arguments ask for.
  ///
  /// - Throws: `UsageError` where there is nothing to run.
  func runs() throws(UsageError) -> [PlannedRun] {
    if let fixtures { try requireFolder(fixtures) }
    if let config, let fixtures {
      return [
        PlannedRun(
          name: integration ?? "", configPath: config, fixturesPath: fixtures, blueprintsPath: blueprints)
      ]
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
        blueprintsPath: blueprints ?? $0.blueprintsPath)
    }
  }

  /// The option that is for one integration only.
  private var given: String {
    config != nil ? "--config" : fixtures != nil ? "--fixtures" : "--blueprints"
  }

  /// The integrations named by the argument, or found where the config lies or from the current folder.
  ///
  /// - Throws: `UsageError` where there is none.
  func integrations() throws(UsageError) -> [Integration] {
    guard let integration else {
      if let config { return try integration(ofConfig: config) }
      let found = Integration.find(from: ".")
      guard !found.isEmpty else {
        throw UsageError(
          "no integration is here: neither this folder nor one above it holds "
            + ".port/<name>/resources/port-app-config.yml",
          "go to such a folder, name one, or give --config and --fixtures")
      }
      return found
    }
    let known = Integration.find(from: ".")
    if let named = known.first(where: { $0.name == integration }) { return [named] }
    let found = Integration.find(in: integration)
    guard found.isEmpty else { return found }
    throw unknown(integration, known.map(\.name))
  }

  private func unknown(_ integration: String, _ known: [String]) -> UsageError {
    let message = "there is no integration called `\(integration)`, and no folder of that name holds one"
    if FolderListing.isFolder(integration) {
      return UsageError(
        "the folder \(integration) holds no integration",
        "it would hold .port/<name>/resources/port-app-config.yml, or .port/resources as Ocean has it")
    }
    if integration.hasSuffix(".yml") || integration.hasSuffix(".yaml") {
      return UsageError(message, "a config is named with --config \(integration)")
    }
    let nearest = Spelling.nearest(to: integration, in: known).map { "did you mean `\($0)`? " } ?? ""
    return UsageError(
      message,
      known.isEmpty
        ? "name a folder that holds .port"
        : "\(nearest)the integrations here are: \(known.joined(separator: ", "))")
  }

  /// The integration in whose `resources` folder the config lies.
  private func integration(ofConfig config: String) throws(UsageError) -> [Integration] {
    do throws(DiagnosticsError) {
      _ = try PortAppConfig(contentsOf: config)
    } catch {
      throw UsageError(error.diagnostics)
    }
    let found = Integration.find(in: PathText.join(PathText.parent(config), ".."))
    if found.count == 1 { return found }
    throw UsageError(
      "there is nothing to map with \(config): no fixtures are known for it",
      "say where its raw objects are: --fixtures DIR, with DIR/<kind>.json or DIR/<kind>/*.json")
  }

  private func requireFolder(_ path: String) throws(UsageError) {
    guard !FolderListing.isFolder(path) else { return }
    throw UsageError(
      "there is no folder \(path)", "give --fixtures a folder that holds <kind>.json or <kind>/*.json")
  }
}
