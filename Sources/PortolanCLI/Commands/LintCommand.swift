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
      remains. With - the mended text goes to standard output and everything else to standard error. --fix --diff \
      changes no file: it prints what it would change, and ends with status 1 where that is anything.

      How bad a rule is can be set for a line (a comment there, as `# portolan-ignore many-outputs: why`), for a \
      file (`# portolan-ignore-file many-outputs`), for a project (`rules:` in .portolan.yml) and for a call (--rule). \
      The call counts before the line, that before the file, and that before the project. With --baseline only \
      findings count that are not in that file.

      Exit status: 0 no errors, 1 errors, 2 nothing could be linted.

      EXAMPLES:
        portolan lint
        portolan lint jira --strict
        portolan lint --fix
        portolan lint --fix --diff
        portolan lint --fix - < port-app-config.yml
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

  @Flag(help: "With --fix: show the changes as a unified diff, and change nothing.")
  var diff = false

  @OptionGroup var variables: EnvironmentOptions

  @OptionGroup var rules: RuleOptions

  func validate() throws {
    if diff, !fix { throw ValidationError("--diff shows what --fix would change; give both") }
    if fix, paths.contains("-"), paths.count > 1 {
      throw ValidationError("--fix - writes one text to standard output; leave the other paths out")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let linter = Linter(allowedVariables: Set(variables.allowEnv), levels: rules.levels)
    var reports: [LintReport] = []
    var isChanged = false
    for target in try targets() {
      let report = target.report(of: linter)
      guard fix else {
        reports.append(report)
        continue
      }
      let fixes = LintFixes(report) { target.report(of: linter, text: $0) }
      try write(fixes)
      isChanged = isChanged || !fixes.mended.isEmpty
      reports.append(fixes.report)
    }
    var summary = FindingSummary(reports)
    try baseline.apply(to: &summary, .withoutData)
    if fix, diff || isOfInput {
      StandardStream.error.write(format.render(summary))
    } else {
      try OutputSink().write(format.render(summary))
    }
    if reports.allSatisfy({ $0.source == nil }) { return .nothingRun }
    return .wrong(if: summary.errors > 0 || (diff && isChanged) || (strict && summary.warnings > 0))
  }

  private var isOfInput: Bool { paths == ["-"] }

  /// Writes what was mended to where it belongs, and says what that is.
  private func write(_ fixes: LintFixes) throws(UsageError) {
    let before = fixes.before ?? []
    let after = fixes.report.source ?? before
    if diff {
      try OutputSink().write(Array(UnifiedDiff(fixes.report.file, from: before, to: after).text.utf8))
      return
    }
    if isOfInput {
      try OutputSink().write(after)
    } else {
      try fixes.write()
    }
    StandardStream.error.write(fixes.text)
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
