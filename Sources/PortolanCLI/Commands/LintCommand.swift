import ArgumentParser
import Portolan
import PortolanHTTP

/// `portolan lint`
struct LintCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find what is wrong in a mapping or a fetcher.yml, and where, without running it.",
    discussion: """
      With no argument, the config of every integration of this folder is read, or of the nearest one \
      above it that has a .port folder. Beside the grammar and the jq expressions, it is compared with \
      the blueprints.json beside it and the integration's spec.yml and fetcher.yml. That is linted too. \
      `portolan rule` explains every rule.

      --fix writes the cures that are certain into the files, says on standard error what it changed, and shows what \
      remains.

      How bad a rule is can be set for a line (a comment there, as `# portolan-ignore many-outputs: why`), for a \
      file (`# portolan-ignore-file many-outputs`), for a project (`rules:` in .portolan.yml) and for a call (--rule). \
      The call counts before the line, that before the file, and that before the project. With --baseline only \
      findings count that are not in that file.

      Exit status: 0 no errors, 1 errors, 2 nothing could be linted.

      EXAMPLES:
        portolan lint
        portolan lint jira --strict
        portolan lint --fix
        portolan lint .port/acme/fetcher.yml
        portolan lint --rule many-outputs=error --rule unknown-kind=off
        portolan lint --strict --baseline findings.json
        portolan lint --format sarif > lint.sarif
      """)

  @Argument(
    help: "Integrations, folders that hold some, configs, or a fetcher.yml; - is a config on standard input.",
    completion: Completions.integrationOrFile)
  var paths: [String] = []

  @Option(help: "How to print the findings: for a person, as JSON, SARIF 2.1.0, or GitHub's annotations.")
  var format: FindingFormat = .text

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @OptionGroup var baseline: BaselineOptions

  @Flag(help: "Mend in the files what can be mended for certain, and show what remains.")
  var fix = false

  @OptionGroup var variables: EnvironmentOptions

  @OptionGroup var rules: RuleOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let linter = Linter(allowedVariables: Set(variables.allowEnv), levels: rules.levels)
    var reports: [LintReport] = []
    for target in try targets() {
      let report = target.report(of: linter)
      reports.append(fix ? try fixed(report) { target.report(of: linter, text: $0) } : report)
    }
    var summary = FindingSummary(reports)
    try baseline.apply(to: &summary, .withoutData)
    try OutputSink().write(format.render(summary))
    if reports.allSatisfy({ $0.source == nil }) { return .nothingRun }
    return .wrong(if: summary.errors > 0 || (strict && summary.warnings > 0))
  }

  /// Writes what can be mended, and says what that is.
  ///
  /// - Returns: what remains.
  private func fixed(
    _ report: LintReport, _ lint: ([UInt8]) -> LintReport
  ) throws(UsageError) -> LintReport {
    let fixes = LintFixes(report, lint: lint)
    try fixes.write()
    StandardStream.error.write(fixes.text)
    return fixes.report
  }

  /// What the arguments mean, each once.
  private func targets() throws(UsageError) -> [Target] {
    let selection = IntegrationSelection(takesConfigs: true)
    if paths.isEmpty { return try selection.here().flatMap(Target.all) }
    var targets: [Target] = []
    for path in paths.map(FileArgument.path) {
      let isFile = !selection.knows(path) && (path.contains("/") || path.contains("."))
      let found = isFile ? [Target.file(at: path)] : try selection.named(path).flatMap(Target.all)
      targets += found.filter { !targets.contains($0) }
    }
    return targets
  }

  /// A file that is linted.
  private enum Target: Hashable {
    /// A config, and the name of its integration, where that is known.
    case config(LintTarget, integration: String?)
    case fetcher(String, spec: String?, project: String?)

    /// Those of an integration.
    static func all(_ integration: Integration) -> [Target] {
      [.config(LintTarget(integration), integration: integration.name)]
        + (integration.fetcherPath.map {
          [.fetcher($0, spec: integration.specPath, project: ProjectFile.path(from: PathText.parent($0)))]
        } ?? [])
    }

    /// The one of that path.
    static func file(at path: String) -> Target {
      guard Integration.fetcherNames.contains(PathText.baseName(path)) else {
        let folder = PathText.parent(PathText.parent(path))
        return .config(.config(at: path), integration: Integration.find(in: folder).first?.name)
      }
      let integrations = Integration.find(in: PathText.parent(path))
      return .fetcher(
        path, spec: integrations.count == 1 ? integrations[0].specPath : nil,
        project: ProjectFile.path(from: PathText.parent(path)))
    }

    /// What `linter` finds; `text` is what the file is to hold, nil for what is on disk.
    func report(of linter: Linter, text: [UInt8]? = nil) -> LintReport {
      switch self {
      case .config(let target, let name):
        linter.lint(target, fetcher: name.flatMap(BuiltInFetchers.definition), text: text)
      case .fetcher(let path, let spec, let project):
        linter.lintFetcher(at: path, spec: spec, project: project, text: text)
      }
    }
  }
}
