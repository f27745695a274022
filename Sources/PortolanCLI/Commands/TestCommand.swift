import ArgumentParser
import Portolan

/// `portolan test`
struct TestCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Compare the entities that the fixtures make with the ones that are expected.",
    discussion: """
      The expected entities are beside the fixtures: those of Fixtures/jira/issue.json, or \
      Fixtures/jira/issue/*.json, in Fixtures/jira.expected/issue.json. Let --update write them, read them \
      once, and commit them with the mapping: from then on a test shows what an edit does to each entity.

      The order of entities and of keys does not count, and numbers are compared as doubles.

      Exit status: 0 all is as expected, 1 something differs, has no snapshot or is wrong in the mapping, \
      2 there was nothing to test.

      EXAMPLES:
        portolan test
        portolan test jira --kind issue --update
        portolan test --junit test-results.xml
        portolan test --format github
      """)

  @OptionGroup var mapping: MappingOptions

  @Flag(help: "Make what the mapping makes now what is expected, and say what has changed by that.")
  var update = false

  @Option(
    help: ArgumentHelp("Write the outcome to a file as JUnit XML, a test case a kind.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  @Option(
    help:
      "How to print the outcome: for a person, or its findings and differences for code scanning or GitHub.")
  var format: TestFormat = .text

  @OptionGroup var baseline: BaselineOptions

  @OptionGroup var listing: ListingOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = mapping.environment
    let runs = try mapping.runs()
    environment.warn(printer)
    let run = try await DryRuns(runs, kinds: mapping.kind, mapping.evaluation.linter, environment.environment)
    var summary = run.summary
    try baseline.apply(to: &summary, mapping.kind.isEmpty ? .all : .none)
    let tested = try tested(run, summary)
    listing.apply(to: &summary)
    printer.expanding = listing.hint
    if update { try write(tested) }
    let sink = OutputSink()
    try sink.write(format.render(tested, summary, isUpdate: update, style: sink.style))
    if let junit { try OutputSink(path: junit).write(JUnitReport.xml(tested)) }
    if format == .text { show(summary, tested, printer) }
    return .wrong(if: !tested.allSatisfy { $0.isPassed || (update && $0.errors.isEmpty) })
  }

  /// Prints what fails the test and why entities are gone, and how much more there is to know.
  private func show(_ summary: FindingSummary, _ tested: [TestedIntegration], _ printer: DiagnosticPrinter) {
    var shown = summary
    shown.findings.removeAll { found in
      found.finding.severity != .error && !tested.contains { $0.explainsLoss(found.finding) }
    }
    printer.print(shown)
    let rest = summary.warnings - shown.warnings
    guard rest > 0 else { return }
    StandardStream.error.write(
      (shown.findings.isEmpty ? "" : "\n")
        + FindingSummary.count(rest, shown.warnings > 0 ? "more warning" : "warning")
        + ": `portolan dry-run` shows \(rest == 1 ? "it" : "them")\n")
  }

  private func tested(_ run: DryRuns, _ summary: FindingSummary) throws(UsageError) -> [TestedIntegration] {
    let errors = Set(summary.diagnostics.filter { $0.severity == .error })
    var tested = run.results.map { TestedIntegration($0, isWhole: mapping.kind.isEmpty, counting: errors) }
    guard tested.contains(where: { !$0.outcomes.isEmpty }) else {
      throw UsageError(
        "there is nothing to test: no kind has a fixture or a snapshot",
        "put raw objects into \(run.results.first?.fixtures.path ?? "Fixtures")/<kind>.json",
        diagnostics: run.unread.map(\.finding))
    }
    // A config that cannot be read belongs to no integration that was tested, and still fails the test.
    tested[0].errors += run.unread.map(\.finding).filter { errors.contains($0) }
    return tested
  }

  private func write(_ tested: [TestedIntegration]) throws(UsageError) {
    for integration in tested {
      do throws(Diagnostic) {
        try integration.test.update(integration.outcomes)
      } catch {
        throw UsageError([error])
      }
    }
  }
}
