import ArgumentParser
import Portolan

/// `portolan lint`
struct LintCommand: ParsableCommand {
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

  @Argument(help: "Integrations, folders that hold some, or configs.")
  var paths: [String] = []

  @Option(help: "How to print the findings: for a person, as JSON, SARIF 2.1.0, or GitHub's annotations.")
  var format: LintFormat = .text

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Let expressions see this environment variable as env.NAME (repeatable); none by default.",
      valueName: "name"))
  var allowEnv: [String] = []

  func run() throws {
    let linter = Linter(allowedVariables: Set(allowEnv))
    let targets: [LintTarget]
    do throws(UsageError) {
      targets = try LintSelection(paths: paths).targets()
    } catch {
      let printer = DiagnosticPrinter()
      printer.print(error.diagnostics)
      if let message = error.message { printer.print(.error, message, help: error.help) }
      throw ExitStatus.nothingRun
    }
    let summary = LintSummary(targets.map(linter.lint))
    StandardStream.output.write(format.render(summary))
    if summary.isUnreadable { throw ExitStatus.nothingRun }
    if summary.errors > 0 || (strict && summary.warnings > 0) { throw ExitStatus.wrong }
  }
}
