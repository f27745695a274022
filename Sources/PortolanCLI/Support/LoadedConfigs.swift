import Portolan
import PortolanHTTP

/// Configs that have been read. One that cannot be read costs only itself.
struct LoadedConfigs {
  /// A config, and where it is from.
  struct Loaded {
    let run: PlannedRun
    let config: PortAppConfig
  }

  /// What is wrong with the configs that cannot be read.
  private(set) var findings: [FoundFinding] = []
  /// Those that can.
  private(set) var usable: [Loaded] = []

  /// Reads and lints the configs of `runs`, as `linter` does it.
  ///
  /// - Throws: `UsageError` where none can be run.
  init(_ runs: [PlannedRun], _ linter: Linter) throws(UsageError) {
    for run in runs {
      let report = linter.lint(run.lintTarget, fetcher: BuiltInFetchers.definition(named: run.name))
      if let config = report.config {
        usable.append(Loaded(run: run, config: config))
      } else {
        findings += FoundFinding.all(report.findings, of: report.file)
      }
    }
    guard !usable.isEmpty else { throw UsageError(diagnostics) }
  }

  /// The same, without the files.
  var diagnostics: [Diagnostic] { findings.map(\.finding) }

  /// All that is wrong, also with those that can be read.
  var summary: FindingSummary {
    FindingSummary(
      findings + usable.flatMap { FoundFinding.all($0.config.diagnostics, of: $0.run.configPath) },
      files: usable.map(\.run.configPath))
  }

  /// The kinds that they map.
  var kinds: [String] { usable.flatMap(\.config.resources).map(\.kind).unique }

  /// Keeps those that map some of `kinds`, if any are given.
  ///
  /// - Throws: `UsageError` for a kind that none of them maps.
  mutating func keep(_ kinds: [String]) throws(UsageError) {
    guard !kinds.isEmpty else { return }
    let known = self.kinds
    if let unknown = kinds.first(where: { !known.contains($0) }) {
      if Integration.find(from: ".").contains(where: { $0.name == unknown }) {
        throw UsageError(
          "no resource maps the kind `\(unknown)`",
          "an integration is named before --kind, which takes all that follows")
      }
      throw UnknownKind(unknown, in: usable.map(\.config))
        .error(with: diagnostics + usable.flatMap(\.config.diagnostics))
    }
    usable.removeAll { loaded in !loaded.config.resources.contains { kinds.contains($0.kind) } }
  }
}
