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
      """)

  @OptionGroup var mapping: MappingOptions

  @Flag(help: "Make what the mapping makes now what is expected, and say what has changed by that.")
  var update = false

  @Option(
    help: ArgumentHelp("Write the outcome to a file as JUnit XML, a test case a kind.", valueName: "file"),
    completion: .file(extensions: ["xml"]))
  var junit: String?

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let tested = try await tested(printer)
    if update { try write(tested) }
    let sink = OutputSink()
    try sink.write(Array(SnapshotReport(style: sink.style, isUpdate: update).render(tested).utf8))
    if let junit { try OutputSink(path: junit).write(JUnitReport.xml(tested)) }
    printer.print(tested.flatMap(\.errors))
    return .wrong(if: !tested.allSatisfy { $0.isPassed || (update && $0.errors.isEmpty) })
  }

  private func tested(_ printer: DiagnosticPrinter) async throws(UsageError) -> [TestedIntegration] {
    let environment = mapping.environment
    let runs = try mapping.runs()
    environment.warn(printer)
    let run = try await DryRuns(runs, kinds: mapping.kind, environment.environment)
    var tested = run.results.map { TestedIntegration($0, isWhole: mapping.kind.isEmpty) }
    guard tested.contains(where: { !$0.outcomes.isEmpty }) else {
      throw UsageError(
        "there is nothing to test: no kind has a fixture or a snapshot",
        "put raw objects into \(run.results.first?.fixtures.path ?? "Fixtures")/<kind>.json",
        diagnostics: run.unread)
    }
    // A config that cannot be read belongs to no integration that was tested, and still fails the test.
    if !run.unread.isEmpty { tested[0].errors += run.unread }
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
