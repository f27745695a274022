import Portolan

/// Finds the configs that the arguments of `lint` mean.
struct LintSelection {
  /// Integrations' names, folders or files.
  var paths: [String]

  /// The configs, each once.
  ///
  /// - Throws: `UsageError` where an argument leads to nothing.
  func targets() throws(UsageError) -> [LintTarget] {
    var targets: [LintTarget] = []
    for target in try paths.isEmpty ? integrationsHere() : named() where !targets.contains(target) {
      targets.append(target)
    }
    return targets
  }

  private func integrationsHere() throws(UsageError) -> [LintTarget] {
    let found = Integration.find(from: ".")
    guard found.isEmpty else { return found.map { LintTarget($0) } }
    throw UsageError(
      "no integration is here: neither this folder nor one above it holds "
        + ".port/<name>/resources/port-app-config.yml",
      "go to such a folder, or name one, or a config")
  }

  private func named() throws(UsageError) -> [LintTarget] {
    var targets: [LintTarget] = []
    for path in paths { targets += try self.targets(path) }
    return targets
  }

  private func targets(_ path: String) throws(UsageError) -> [LintTarget] {
    let known = Integration.find(from: ".")
    if let named = known.first(where: { $0.name == path }) { return [LintTarget(named)] }
    guard FolderListing.isFolder(path) else {
      if path.contains("/") || path.contains(".") { return [.config(at: path)] }
      throw unknown(path, known.map(\.name))
    }
    let found = Integration.find(in: path)
    guard found.isEmpty else { return found.map { LintTarget($0) } }
    throw UsageError(
      "the folder \(path) holds no integration",
      "it would hold .port/<name>/resources/port-app-config.yml, or .port/resources as Ocean has it")
  }

  private func unknown(_ name: String, _ known: [String]) -> UsageError {
    let nearest = Spelling.nearest(to: name, in: known).map { "did you mean `\($0)`? " } ?? ""
    return UsageError(
      "there is no integration called `\(name)`, and no file or folder of that name",
      known.isEmpty
        ? "name a config, or a folder that holds .port"
        : "\(nearest)the integrations here are: \(known.joined(separator: ", "))")
  }
}
