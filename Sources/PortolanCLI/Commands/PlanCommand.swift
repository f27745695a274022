import ArgumentParser
import Portolan
import PortolanCatalog

/// `portolan plan`
struct PlanCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Show what a sync would create, change and delete in a catalog, and why. Nothing is written.",
    discussion: """
      With no option the integration's fixtures are mapped and compared with a local catalog, \
      .port/.catalog/<name>.db, which need not be there. --live takes what the API gives now; --to port compares \
      with Port, whose credentials are read from OCEAN__PORT__CLIENT_ID and OCEAN__PORT__CLIENT_SECRET in the \
      environment, .env or config.yaml (`portolan config` shows them).

      What is deleted or held comes first, with the reason and what to do; then the changes by field and cause: by \
      the mapping (which line), by the source, or in the catalog. Values that look like secrets are hidden. --output \
      keeps the plan, and `portolan sync --plan` does exactly what it says.

      Exit status: 0 all is well, 1 something is wrong, not complete or held, 2 nothing could be planned; with \
      --detailed-exit-code 3 where there is something to change.

      EXAMPLES:
        portolan plan jira
        portolan plan jira --live --to port --output jira.plan
        portolan plan jira --blueprint jiraIssue --field properties.status
        portolan plan jira --format markdown >comment.md
      """)

  @OptionGroup var catalog: CatalogOptions

  @OptionGroup var part: PartOptions

  @Option(help: "How to print it: for a person, as one JSON document, or for a comment on a pull request.")
  var format: PlanFormat = .text

  @Option(
    help: ArgumentHelp("Keep the plan in a file, for `portolan sync --plan`.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "End with status 3 where there is something to change.")
  var detailedExitCode = false

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = catalog.evaluation.environment
    let making = try PlanMaking(
      catalog, environment, command: "plan", creates: false, path: output, keepsRaw: output != nil)
    let isNew = making.target.isNew
    guard let plan = try await making.make() else { return .wrong }
    var report = PlanReport(plan)
    report.filter = PlanFilter(blueprints: part.blueprint, fields: part.field, kinds: catalog.kind)
    if isNew, let name = making.target.name {
      do { try report.setNewCatalog(name) } catch { throw UsageError(catalog: error) }
    }
    try PlanPrinter(format: format, isVerbose: catalog.verbose, next: next).print(report)
    let found = making.subject.diagnostics + report.summary.diagnostics
    printer.print(found)
    environment.warn(printer)
    printer.printCounts(of: found)
    let summary = report.summary
    let isWrong = summary.filtered(catalog.filter).isWrong || !environment.unset.isEmpty
    return isWrong ? .wrong : detailedExitCode && summary.hasChanges ? .changes : .fine
  }

  /// The command that carries the plan out.
  private var next: String {
    if let output { return "portolan sync --plan \(ShellWord.quoted(output))" }
    return (["portolan sync"] + catalog.words).joined(separator: " ")
  }
}

extension PlanSummary {
  /// Whether something in the mapping or the source is wrong, or held, or the plan cannot be carried out.
  var isWrong: Bool {
    obstacle != nil || !isComplete || total.hold > 0 || diagnostics.contains { $0.severity == .error }
      || resources.contains { $0.failed > 0 }
  }
}
