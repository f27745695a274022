import Portolan
import RawJSON
import TestSupport
import Testing

@testable import PortolanScaffold

/// What was written into a folder, read and run as a user's command would.
struct Written {
  let folder: TemporaryFolder
  let integration: Integration
  let config: PortAppConfig
  let blueprints: Blueprints
  let lint: [Diagnostic]
  let result: DryRunResult

  /// Writes `scaffold` into a folder and runs it.
  init(_ scaffold: Scaffold, in folder: TemporaryFolder? = nil) async throws {
    let folder = try folder ?? TemporaryFolder()
    self.folder = folder
    _ = try scaffold.write(into: folder.path)
    integration = try #require(Integration.find(in: folder.path).first { $0.name == scaffold.name.text })
    config = try PortAppConfig(contentsOf: integration.configPath)
    blueprints = try Blueprints.load(contentsOf: #require(integration.blueprintsPath))
    lint = Linter().lint(LintTarget(integration)).findings
    result = await DryRun(config, fixtures: FixtureFolder(integration.fixturesPath), blueprints: blueprints)
      .run()
  }

  /// Everything that was found wrong or doubtful: nothing, if all is well.
  var findings: [String] {
    (lint + result.diagnostics).map { $0.text(width: 200) }
      + result.resources.filter { $0.entities.isEmpty || $0.report.skipped + $0.report.failed > 0 }
      .map { "\($0.report.kind): \($0.entities.count) entities, \($0.report.skipped) skipped" }
      + result.resources.flatMap(\.report.fields).filter { $0.errors > 0 }.map {
        "\($0.field): \($0.message ?? "")"
      }
  }

  /// The entities of a blueprint as JSON.
  func entities(_ blueprint: String) -> [JSONView] {
    result.resources.flatMap(\.entities).filter { $0.blueprint == blueprint }.map { JSONView(valid: $0.json) }
  }

  /// The text of a file that was written.
  func text(_ path: String) throws -> String {
    String(decoding: try FileBytes.read(folder.path + "/" + path), as: UTF8.self)
  }
}

/// An integration `acme` of sample files, each a name and its text.
func scaffold(_ files: (name: String, text: String)...) throws -> Scaffold {
  let folder = try TemporaryFolder()
  let paths = try files.map { try folder.write($0.name, $0.text) }
  return try Scaffold(IntegrationName("acme"), samples: paths)
}
