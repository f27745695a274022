import Portolan

/// A run of a config that is being edited on the fixtures beside it.
package struct DataRun: Sendable {
  /// How large the fixtures may be altogether to be run while somebody types.
  private static let largest = 8 << 20

  /// The config's URI.
  package let uri: String
  /// Which state of the document it is of.
  let state: Int
  private let config: PortAppConfig
  private let fixtures: FixtureFolder
  private let blueprintsPath: String?
  private let environment: JQEnvironment

  /// Prepares a run; nil where there is nothing to run, or too much.
  init?(_ uri: String, state: Int, _ file: EditedFile, _ report: LintReport, _ environment: JQEnvironment) {
    guard let config = report.config, let folder = file.target.fixturesPath else { return nil }
    let fixtures = FixtureFolder(folder)
    let size = Set(config.resources.map(\.kind)).map { fixtures.size(ofKind: $0) }.reduce(0, +)
    guard size > 0, size <= Self.largest else { return nil }
    self.uri = uri
    self.state = state
    self.config = config
    self.fixtures = fixtures
    blueprintsPath = file.target.blueprintsPath
    self.environment = environment
  }

  /// All findings, lint's and those of data; nil where the run was cancelled.
  package func findings() async -> [Diagnostic]? {
    let blueprints = blueprintsPath.flatMap { try? Blueprints.load(contentsOf: $0) }
    let run = DryRun(config, fixtures: fixtures, blueprints: blueprints, environment: environment)
    let result = await run.run()
    return Task.isCancelled ? nil : result.diagnostics
  }
}
