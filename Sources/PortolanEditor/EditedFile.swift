import Portolan

/// A file that is open in the editor, and what lies around it.
struct EditedFile {
  let path: String
  /// The integration that it belongs to, the first of several.
  var integration: Integration? { integrations.first }
  /// The config that it is, or that it belongs to.
  let target: LintTarget
  private let role: Role
  /// All integrations that it belongs to.
  private let integrations: [Integration]

  /// What the file is for.
  private enum Role {
    case config
    case fetcher
    /// The project's file.
    case project
    /// A file that a config is compared with: its findings are found there.
    case companion
    /// Something else: nothing is said of it.
    case other
  }

  /// A file at `path`, which holds `text`.
  init(_ path: String, _ text: String) {
    self.path = path
    (role, integrations) = Self.place(path, text)
    if role == .config, integrations.first?.configPath != path {
      target = .config(at: path)
    } else {
      target = integrations.first.map(LintTarget.init) ?? .config(at: path)
    }
  }

  private static func place(_ path: String, _ text: String) -> (Role, [Integration]) {
    let folder = PathText.parent(path)
    let name = PathText.baseName(path)
    if name == ProjectFile.name { return (.project, served(by: path)) }
    if Integration.fetcherNames.contains(name) { return (.fetcher, Integration.find(in: folder)) }
    let near = Integration.find(from: folder)
    if let own = near.first(where: { $0.configPath == path }) { return (.config, [own]) }
    let compared = near.filter { integration in
      [integration.specPath, integration.blueprintsPath].contains(path)
        || path.hasPrefix(integration.fixturesPath + "/")
    }
    if !compared.isEmpty { return (.companion, compared) }
    guard Integration.configNames.contains(name) || looksLikeConfig(text) else { return (.other, []) }
    return (.config, Array(Integration.find(in: PathText.parent(folder)).prefix(1)))
  }

  /// The integrations that a project's file speaks for: those in its folder and in the folders there.
  private static func served(by path: String) -> [Integration] {
    let folder = PathText.parent(path)
    var seen: Set<String> = []
    return (Integration.find(in: folder) + Integration.find(below: folder)).filter { integration in
      ProjectFile.path(from: PathText.parent(integration.configPath)) == path
        && seen.insert(integration.configPath).inserted
    }
  }

  /// Whether a file of another name than a config's is one all the same: it has `resources`, and a mapping in them.
  private static func looksLikeConfig(_ text: String) -> Bool {
    let lines = text.utf8.split { $0 == 10 || $0 == 13 }
    return lines.contains { $0.starts(with: "resources:".utf8) }
      && lines.contains { $0.drop { $0 == 32 || $0 == 45 }.starts(with: "mappings:".utf8) }
  }

  var isConfig: Bool { role == .config }

  var isFetcher: Bool { role == .fetcher }

  /// Whether keys of its own are known, to be explained and completed.
  var hasKnownKeys: Bool { isConfig || isFetcher }

  /// What is found in the file as it is edited, and through it in others: a report for each config that it belongs to,
  /// and for itself.
  func lint(_ linter: EditorLinter) -> [EditedReport] {
    switch role {
    case .fetcher:
      let report = linter.linter.lintFetcher(
        at: path, spec: integration?.specPath, project: ProjectFile.path(from: PathText.parent(path)))
      return [EditedReport(findings: report.findings)]
    case .config: return [lint(target, integration, linter)]
    case .companion: return reports(linter)
    case .project: return [EditedReport(findings: projectFindings)] + reports(linter)
    case .other: return []
    }
  }

  /// What can be run of the config that the file is; nil where it is none.
  func config(_ linter: EditorLinter) -> PortAppConfig? {
    role == .config ? lint(target, integration, linter).config : nil
  }

  private func reports(_ linter: EditorLinter) -> [EditedReport] {
    integrations.map { lint(LintTarget($0), $0, linter) }
  }

  private func lint(_ target: LintTarget, _ integration: Integration?, _ linter: EditorLinter) -> EditedReport
  {
    let report = linter.linter.lint(target, fetcher: integration.flatMap { linter.fetcher($0.name) })
    return EditedReport(findings: report.findings, config: report.config, target: target)
  }

  /// What is wrong with the project's file itself.
  private var projectFindings: [Diagnostic] {
    do throws(DiagnosticsError) {
      return try ProjectFile(contentsOf: path).diagnostics
    } catch {
      return error.diagnostics
    }
  }
}

/// What lint finds in one config, or in a file that is none.
struct EditedReport {
  var findings: [Diagnostic]
  /// What can be run of the config.
  var config: PortAppConfig?
  /// The config, and the files around it.
  var target: LintTarget?
}
