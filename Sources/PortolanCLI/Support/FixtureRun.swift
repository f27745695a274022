import JQ
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A result, and whose it is.
struct NamedResult {
  var name: String
  var configPath: String
  var fixtures: FixtureFolder
  var result: DryRunResult
}

/// What running configs on their fixtures came to.
struct FixtureRun {
  /// What is wrong with configs and blueprints that cannot be read.
  private(set) var unread: [Diagnostic]
  private(set) var results: [NamedResult] = []

  /// Reads the configs of `runs` and runs them one after the other: all of their kinds if none are given.
  ///
  /// - Throws: `UsageError` where no config can be read, or none maps one of `kinds`.
  init(_ runs: [PlannedRun], kinds: [String], _ environment: JQEnvironment) async throws(UsageError) {
    var configs = try LoadedConfigs(runs)
    try configs.keep(kinds)
    unread = configs.diagnostics
    let progress = ProgressLine()
    for loaded in configs.usable {
      let run = loaded.run
      let fixtures = FixtureFolder(run.fixturesPath)
      let dryRun = DryRun(
        loaded.config, fixtures: fixtures, blueprints: blueprints(of: run), environment: environment,
        threads: ProcessInfo.processInfo.activeProcessorCount)
      let result = await dryRun.run(kinds: kinds.isEmpty ? nil : Set(kinds)) {
        progress.show($0, of: run.name)
      }
      results.append(
        NamedResult(name: run.name, configPath: run.configPath, fixtures: fixtures, result: result))
    }
    progress.clear()
  }

  /// Everything found wrong or doubtful.
  var diagnostics: [Diagnostic] { unread + results.flatMap(\.result.diagnostics) }

  /// The blueprints of what is run. Without them it runs all the same.
  private mutating func blueprints(of run: PlannedRun) -> Blueprints? {
    guard let path = run.blueprintsPath else { return nil }
    do throws(DiagnosticsError) {
      return try Blueprints.load(contentsOf: path)
    } catch {
      unread += error.diagnostics
      return nil
    }
  }
}
