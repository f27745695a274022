import Portolan

/// Finds the integrations that an argument means.
struct IntegrationSelection {
  /// Whether the argument may also be a config; otherwise an option names that.
  var takesConfigs = false

  /// The integrations found from the current folder.
  private let known: [Integration]

  init(takesConfigs: Bool = false) {
    self.takesConfigs = takesConfigs
    let found = Integration.find(from: ".")
    known = found.isEmpty ? Integration.find(below: ".") : found
  }

  /// The integrations of the nearest folder that holds some, from the current one up.
  ///
  /// - Throws: `UsageError` where there is none.
  func here() throws(UsageError) -> [Integration] {
    guard known.isEmpty else { return known }
    throw UsageError(
      "no integration is here: neither this folder nor one above it holds "
        + ".port/<name>/resources/port-app-config.yml, .github/port-app-config.yml or port-app-config.yml",
      takesConfigs
        ? "go to such a folder, or name one, or a config"
        : "go to such a folder, name one, or give --config and --fixtures")
  }

  /// The integration called `name`, or those in the folder of that name.
  ///
  /// - Throws: `UsageError` where there is none.
  func named(_ name: String) throws(UsageError) -> [Integration] {
    if let integration = known.first(where: { $0.name == name }) { return [integration] }
    let found = Integration.find(in: name)
    guard found.isEmpty else { return found }
    let below = Integration.find(below: name)
    guard below.isEmpty else { return below }
    if FolderListing.isFolder(name) {
      throw UsageError(
        "the folder \(name) holds no integration",
        "it would hold .port/<name>/resources/port-app-config.yml, .port/resources as Ocean has it, or "
          + "port-app-config.yml in .github, .port or itself")
    }
    throw UsageError(
      "there is no integration called `\(name)`, and no folder of that name holds one", help(for: name))
  }

  /// The one integration called `name`, or the only one that is here.
  ///
  /// - Parameters:
  ///   - name: its name or folder, nil for the only one.
  ///   - use: what it is for, as in `portolan fetch NAME`, with `NAME` in its place.
  /// - Returns: the integration.
  /// - Throws: `UsageError` where there is none, or several.
  func one(_ name: String?, for use: String) throws(UsageError) -> Integration {
    let found: [Integration]
    if let name { found = try named(name) } else { found = try here() }
    guard found.count == 1, let integration = found.first else {
      throw UsageError(
        "several integrations are here: \(found.map(\.name).joined(separator: ", "))",
        "name the one that is meant: `\(use.replacing("NAME", with: found.first?.name ?? ""))`, for example")
    }
    return integration
  }

  /// Whether an integration or a folder has this name.
  func knows(_ name: String) -> Bool {
    known.contains { $0.name == name } || FolderListing.isFolder(name)
  }

  private func help(for name: String) -> String {
    if !takesConfigs, name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      return "a config is named with --config \(name)"
    }
    if known.isEmpty { return "name a folder that holds .port" + (takesConfigs ? ", or a config" : "") }
    return Suggestion.help(for: name, among: known.map(\.name), "the integrations here are")
  }
}
