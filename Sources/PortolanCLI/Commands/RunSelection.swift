import Portolan

/// A config to run and its fixtures.
struct PlannedRun {
  var name: String
  var configPath: String
  var fixturesPath: String
}

/// Finds what the arguments mean.
struct RunSelection {
  /// An integration's name or a folder.
  var integration: String?
  var config: String?
  var fixtures: String?

  /// The runs that the arguments ask for.
  ///
  /// - Throws: `DiagnosticsError` where there is nothing to run.
  func runs() throws(DiagnosticsError) -> [PlannedRun] {
    if let config, let fixtures {
      try requireFolder(fixtures)
      return [PlannedRun(name: integration ?? "", configPath: config, fixturesPath: fixtures)]
    }
    let found = try integrations()
    if let fixtures { try requireFolder(fixtures) }
    guard found.count == 1 || (config == nil && fixtures == nil) else {
      throw error(
        "several integrations are here: \(found.map(\.name).joined(separator: ", "))",
        "name the one that --config or --fixtures is for, as `portolan dry-run \(found[0].name) …`")
    }
    return found.map {
      PlannedRun(
        name: $0.name, configPath: config ?? $0.configPath, fixturesPath: fixtures ?? $0.fixturesPath)
    }
  }

  /// The integrations named by the argument, or found from the current folder or where the config lies.
  private func integrations() throws(DiagnosticsError) -> [Integration] {
    guard let integration else {
      if let config { return try integration(ofConfig: config) }
      let found = Integration.find(in: ".")
      guard !found.isEmpty else {
        throw error(
          "no integration was found from the current folder: there is no .port/<name>/resources/port-app-config.yml",
          "go to the folder that holds .port, name it, or give --config and --fixtures")
      }
      return found
    }
    let known = Integration.find(in: ".")
    if let named = known.first(where: { $0.name == integration }) { return [named] }
    let found = Integration.find(in: integration)
    guard found.isEmpty else { return found }
    let names = known.map(\.name).joined(separator: ", ")
    throw error(
      "there is no integration and no folder with one called `\(integration)`",
      names.isEmpty ? "name a folder that holds .port" : "the integrations here are: \(names)")
  }

  private func integration(ofConfig config: String) throws(DiagnosticsError) -> [Integration] {
    var parts = config.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    parts.removeLast()
    let resources = parts.isEmpty ? "." : parts.joined(separator: "/")
    let found = ["\(resources)/..", "\(resources)/../.."].lazy.map { Integration.find(in: $0) }
      .first { !$0.isEmpty }
    if let found, found.count == 1 { return found }
    throw error(
      "there is nothing to map with \(config): no fixtures are known for it",
      "say where its raw objects are: --fixtures DIR, with DIR/<kind>.json or DIR/<kind>/*.json")
  }

  private func requireFolder(_ path: String) throws(DiagnosticsError) {
    guard !FixtureFolder(path).exists else { return }
    throw error(
      "there is no folder \(path)", "give --fixtures a folder that holds <kind>.json or <kind>/*.json")
  }

  private func error(_ message: String, _ help: String) -> DiagnosticsError {
    DiagnosticsError([Diagnostic(.error, .unreadableFile, message, help: help)])
  }
}
