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

/// What a run on the API itself fetches and keeps.
struct LiveRun {
  /// How many objects of a kind are fetched, nil for all.
  var limit: Int?
  /// Whether all entities are kept, to be printed.
  var keepsAll: Bool
}

/// What running configs on their fixtures, or on what their APIs give now, came to.
struct DryRuns {
  /// What is wrong with configs and blueprints that cannot be read.
  private(set) var unread: [Diagnostic]
  private(set) var results: [NamedResult] = []

  /// Reads the configs of `runs` and runs them one after the other: all of their kinds if none are given; on fixtures,
  /// or as `live` says.
  ///
  /// - Throws: `UsageError` where no config can be read, none maps one of `kinds`, or an API cannot be asked.
  init(
    _ runs: [PlannedRun], kinds: [String], _ environment: JQEnvironment, live: LiveRun? = nil
  ) async throws(UsageError) {
    var configs = try LoadedConfigs(runs, Linter(allowedVariables: Set(environment.variables.keys)))
    try configs.keep(kinds)
    unread = configs.diagnostics
    let progress = ProgressLine()
    for loaded in configs.usable {
      let run = loaded.run
      let dryRun = try dryRun(of: loaded, environment, live)
      let result = await dryRun.run(kinds: kinds.isEmpty ? nil : Set(kinds)) {
        progress.show($0, of: run.name)
      }
      results.append(
        NamedResult(
          name: run.name, configPath: run.configPath, fixtures: FixtureFolder(run.fixturesPath),
          result: result))
    }
    progress.clear()
  }

  private mutating func dryRun(
    of loaded: LoadedConfigs.Loaded, _ environment: JQEnvironment, _ live: LiveRun?
  ) throws(UsageError) -> DryRun {
    let blueprints = blueprints(of: loaded.run)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    guard let live else {
      return DryRun(
        loaded.config, fixtures: FixtureFolder(loaded.run.fixturesPath), blueprints: blueprints,
        environment: environment, threads: threads)
    }
    guard let integration = loaded.run.integration else {
      throw UsageError(
        "--live fetches for an integration, and \(loaded.run.configPath) is a config by itself",
        "name the integration: `portolan dry-run NAME --live`")
    }
    let fetcher = try LiveSource.fetcher(of: integration, limit: live.limit)
    unread += fetcher.diagnostics
    return DryRun(
      loaded.config, fetcher: fetcher, keeping: live.keepsAll ? nil : 1000, blueprints: blueprints,
      environment: environment, threads: threads)
  }

  /// Everything found wrong or doubtful.
  var diagnostics: [Diagnostic] { unread + results.flatMap(\.result.diagnostics) }

  /// Whether there was anything to map: an object, or something that kept it from being read.
  var hasObjects: Bool {
    results.contains { $0.result.resources.contains { $0.report.raw > 0 || !$0.report.isComplete } }
  }

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
