import ArgumentParser
import Portolan

/// `portolan lint`
struct LintCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find what is wrong in a mapping, and where, without running it.",
    discussion: """
      With no argument, the config of every integration of this folder is read, or of the nearest one \
      above it that has a .port folder. Beside the grammar and the jq expressions, it is compared with \
      the blueprints.json beside it and the integration's spec.yml. docs/rules explains every rule.

      Exit status: 0 no errors, 1 errors, 2 nothing could be linted.

      EXAMPLES:
        portolan lint
        portolan lint jira --strict
        portolan lint --format sarif > lint.sarif
      """)

  @Argument(help: "Integrations, folders that hold some, or configs.", completion: Completions.config)
  var paths: [String] = []

  @Option(help: "How to print the findings: for a person, as JSON, SARIF 2.1.0, or GitHub's annotations.")
  var format: LintFormat = .text

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @OptionGroup var variables: EnvironmentOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let linter = Linter(allowedVariables: Set(variables.allowEnv))
    let summary = LintSummary(try targets().map(linter.lint))
    try OutputSink().write(format.render(summary))
    if summary.isUnreadable { return .nothingRun }
    return .wrong(if: summary.errors > 0 || (strict && summary.warnings > 0))
  }

  /// The configs that the arguments mean, each once.
  private func targets() throws(UsageError) -> [LintTarget] {
    let selection = IntegrationSelection(takesConfigs: true)
    if paths.isEmpty { return try selection.here().map { LintTarget($0) } }
    var targets: [LintTarget] = []
    for path in paths {
      let isConfig = !selection.knows(path) && (path.contains("/") || path.contains("."))
      let found = isConfig ? [.config(at: path)] : try selection.named(path).map { LintTarget($0) }
      targets += found.filter { !targets.contains($0) }
    }
    return targets
  }
}
