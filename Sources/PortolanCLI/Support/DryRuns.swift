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
  var config: PortAppConfig
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

/// Where a run's raw objects come from.
enum RunInput {
  case fixtures
  /// What the APIs give now.
  case live(LiveRun)
  /// What arguments name, by kind.
  case pages([String: RawPage])
}

/// What running configs on their fixtures, or on what their APIs give now, came to.
struct DryRuns {
  /// What is wrong with configs and blueprints that cannot be read.
  private(set) var unread: [FoundFinding]
  private(set) var results: [NamedResult] = []

  /// Reads the configs of `runs`, as `linter` does it, and runs them one after the other: all of their kinds if none are given; on
  /// fixtures, or on what `input` says.
  ///
  /// - Throws: `UsageError` where no config can be read, none maps one of `kinds`, or an API cannot be asked.
  init(
    _ runs: [PlannedRun], kinds: [String], _ linter: Linter, _ environment: JQEnvironment,
    _ input: RunInput = .fixtures
  ) async throws(UsageError) {
    var configs = try LoadedConfigs(runs, linter)
    try configs.keep(kinds)
    unread = configs.findings
    let progress = ProgressLine()
    for loaded in configs.usable {
      let run = loaded.run
      let dryRun = try dryRun(of: loaded, environment, input)
      let result = await dryRun.run(kinds: kinds.isEmpty ? nil : Set(kinds)) {
        progress.show($0, of: run.name)
      }
      results.append(
        NamedResult(
          name: run.name, configPath: run.configPath, config: loaded.config,
          fixtures: FixtureFolder(run.fixturesPath), result: result))
    }
    progress.clear()
  }

  private mutating func dryRun(
    of loaded: LoadedConfigs.Loaded, _ environment: JQEnvironment, _ input: RunInput
  ) throws(UsageError) -> DryRun {
    let blueprints = blueprints(of: loaded.run)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    let live: LiveRun
    switch input {
    case .fixtures:
      return DryRun(
        loaded.config, fixtures: FixtureFolder(loaded.run.fixturesPath), blueprints: blueprints,
        environment: environment, threads: threads)
    case .pages(let pages):
      return DryRun(
        loaded.config, fetcher: InputFetcher(pages: pages), keeping: nil, blueprints: blueprints,
        environment: environment, threads: threads)
    case .live(let run): live = run
    }
    guard let integration = loaded.run.integration else {
      throw UsageError(
        "--live fetches for an integration, and \(loaded.run.configPath) is a config by itself",
        "name the integration: `portolan dry-run NAME --live`")
    }
    let fetcher = try LiveSource.fetcher(of: integration, limit: live.limit)
    unread += FoundFinding.all(fetcher.diagnostics, of: loaded.run.configPath)
    return DryRun(
      loaded.config, fetcher: fetcher, keeping: live.keepsAll ? nil : 1000, blueprints: blueprints,
      environment: environment, threads: threads)
  }

  /// Everything found wrong or doubtful.
  var summary: FindingSummary {
    FindingSummary(
      unread + results.flatMap { FoundFinding.all($0.result.diagnostics, of: $0.configPath) },
      files: results.map(\.configPath))
  }

  /// Whether there was no object at all, so that nothing was run.
  var isEmpty: Bool {
    let reports = results.flatMap(\.result.resources).map(\.report)
    return !reports.isEmpty && reports.allSatisfy { $0.raw == 0 && $0.isComplete }
  }

  /// The blueprints of what is run. Without them it runs all the same.
  private mutating func blueprints(of run: PlannedRun) -> Blueprints? {
    guard let path = run.blueprintsPath else { return nil }
    do throws(DiagnosticsError) {
      return try Blueprints.load(contentsOf: path)
    } catch {
      unread += FoundFinding.all(error.diagnostics, of: path)
      return nil
    }
  }
}
