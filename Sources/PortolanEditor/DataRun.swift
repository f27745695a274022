import Portolan

/// A run of configs that are being edited, or compared with what is, on the fixtures beside them.
package struct DataRun: Sendable {
  /// How large the fixtures may be altogether to be run while somebody types.
  private static let largest = 8 << 20

  /// The URI of the document that is edited.
  package let uri: String
  /// Which state of the documents it is of.
  let state: Int
  private let parts: [Part]
  private let editor: EditorState

  /// A config, and what it is run on.
  private struct Part: Sendable {
    let config: PortAppConfig
    let fixtures: FixtureFolder
    let blueprintsPath: String?

    init?(_ report: EditedReport) {
      guard let config = report.config, let folder = report.target?.fixturesPath else { return nil }
      self.config = config
      fixtures = FixtureFolder(folder)
      blueprintsPath = report.target?.blueprintsPath
    }

    var size: Int { Set(config.resources.map(\.kind)).map { fixtures.size(ofKind: $0) }.reduce(0, +) }
  }

  /// Prepares a run; nil where there is nothing to run, or too much.
  init?(_ uri: String, state: Int, _ reports: [EditedReport], _ editor: EditorState) {
    parts = reports.compactMap(Part.init).filter { $0.size > 0 }
    guard !parts.isEmpty, parts.map(\.size).reduce(0, +) <= Self.largest else { return nil }
    self.uri = uri
    self.state = state
    self.editor = editor
  }

  /// All findings, lint's and those of data; nil where the run was cancelled.
  package func findings() async -> [Diagnostic]? {
    await EditedFiles.$texts.withValue(editor.texts) {
      var found: [Diagnostic] = []
      for part in parts where !Task.isCancelled {
        let blueprints = part.blueprintsPath.flatMap { try? Blueprints.load(contentsOf: $0) }
        let run = DryRun(
          part.config, fixtures: part.fixtures, blueprints: blueprints, environment: editor.linter.environment
        )
        for finding in await run.run().diagnostics where !found.contains(finding) { found.append(finding) }
      }
      return Task.isCancelled ? nil : found
    }
  }
}
