import JQ
import Testing

@testable import Portolan

/// What says to a person what is wrong with a config. A new one is a case here, and hears of every mistake.
enum Voice: String, CaseIterable, CustomTestStringConvertible {
  case lint
  case dryRun = "dry-run"

  var testDescription: String { rawValue }

  /// Whether it runs the config on its fixtures, so that it knows what only data can tell.
  var hasData: Bool { self == .dryRun }

  /// What it says of a config.
  func findings(in copy: RealConfigCopy) async throws -> [Diagnostic] {
    let integration = try copy.integration()
    let linter = Linter(allowedVariables: Set(copy.environment.keys))
    let report = linter.lint(LintTarget(integration))
    guard hasData, let config = report.config else { return report.findings }
    let run = DryRun(
      config, fixtures: FixtureFolder(integration.fixturesPath),
      blueprints: integration.blueprintsPath.flatMap { try? Blueprints.load(contentsOf: $0) },
      environment: JQEnvironment(variables: copy.environment))
    return await run.run().diagnostics
  }
}
