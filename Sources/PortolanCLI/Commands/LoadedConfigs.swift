import JQ
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The configs that can be run. One that cannot be read costs only itself.
struct LoadedConfigs {
  /// What is wrong with the configs that cannot be run.
  private(set) var diagnostics: [Diagnostic] = []
  private var usable: [(run: PlannedRun, config: PortAppConfig, blueprints: Blueprints?)] = []
  private let kinds: Set<String>?

  /// Reads the configs of `runs`, and keeps those that map some of `kinds`, if any are given.
  ///
  /// - Throws: `UsageError` where none can be read, or none maps one of `kinds`.
  init(_ runs: [PlannedRun], kinds: [String]) throws(UsageError) {
    self.kinds = kinds.isEmpty ? nil : Set(kinds)
    for run in runs {
      do throws(DiagnosticsError) {
        usable.append((run, try PortAppConfig(contentsOf: run.configPath), nil))
      } catch {
        diagnostics += error.diagnostics
      }
    }
    guard !usable.isEmpty else { throw UsageError(diagnostics) }
    try keep(kinds)
    loadBlueprints()
  }

  /// Reads the blueprints of what can be run. Without them it runs all the same.
  private mutating func loadBlueprints() {
    for place in usable.indices {
      guard let path = usable[place].run.blueprintsPath else { continue }
      do throws(DiagnosticsError) {
        usable[place].blueprints = try Blueprints.load(contentsOf: path)
      } catch {
        diagnostics += error.diagnostics
      }
    }
  }

  private mutating func keep(_ kinds: [String]) throws(UsageError) {
    guard !kinds.isEmpty else { return }
    var known: [String] = []
    for kind in usable.flatMap({ $0.config.resources.map(\.kind) }) where !known.contains(kind) {
      known.append(kind)
    }
    if let unknown = kinds.first(where: { !known.contains($0) }) {
      if Integration.find(from: ".").contains(where: { $0.name == unknown }) {
        throw UsageError(
          "no resource maps the kind `\(unknown)`",
          "an integration is named before --kind, which takes all that follows")
      }
      let nearest = Spelling.nearest(to: unknown, in: known).map { "did you mean `\($0)`? " } ?? ""
      throw UsageError(
        "no resource maps the kind `\(unknown)`",
        known.isEmpty
          ? "the config maps no kind" : "\(nearest)the kinds are: \(known.joined(separator: ", "))",
        diagnostics: diagnostics + usable.flatMap(\.config.diagnostics))
    }
    usable.removeAll { loaded in !loaded.config.resources.contains { kinds.contains($0.kind) } }
  }

  /// Runs them one after the other.
  func results(_ environment: JQEnvironment) async -> [NamedResult] {
    let progress = ProgressLine()
    var results: [NamedResult] = []
    for (run, config, blueprints) in usable {
      let fixtures = FixtureFolder(run.fixturesPath)
      let dryRun = DryRun(
        config, fixtures: fixtures, blueprints: blueprints, environment: environment,
        threads: ProcessInfo.processInfo.activeProcessorCount)
      let result = await dryRun.run(kinds: kinds) { progress.show($0, of: run.name) }
      results.append(
        NamedResult(name: run.name, configPath: run.configPath, fixtures: fixtures, result: result))
    }
    progress.clear()
    return results
  }
}

/// A result, and whose it is.
struct NamedResult {
  var name: String
  var configPath: String
  var fixtures: FixtureFolder
  var result: DryRunResult
}
