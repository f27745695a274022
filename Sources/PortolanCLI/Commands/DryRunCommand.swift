import ArgumentParser
import Portolan

/// `portolan dry-run`
struct DryRunCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "dry-run",
    abstract:
      "Map fixtures and show the entities: no account, no network. With --live, map what the API gives.",
    discussion: """
      With no argument, every integration of this folder is run, or of the nearest one above it that has \
      a .port folder: .port/<name>/ with its raw objects in Fixtures/<name>/. A folder laid out as a \
      Port Ocean integration (.port/resources and .port/examples) works too.

      What comes out is checked: against the integration's blueprints.json, each entity against the \
      others, and each field that is null for every object against the keys that the objects have. What \
      is found is on standard error, after what `portolan lint` finds in the config; --format json and yaml carry it, \
      and --format github and sarif print nothing else. --rule, --baseline, .portolan.yml and comments in the config \
      say which findings count: see `portolan lint --help`.

      Exit status: 0 the mapping ran, 1 something in it is wrong (with --strict: or doubtful), 2 nothing \
      could be run: there is no config, or no raw object.

      EXAMPLES:
        portolan dry-run
        portolan dry-run jira --kind issue
        portolan dry-run --config my-config.yml --fixtures samples --format json
        portolan dry-run jira --input issue=one-issue.json
        portolan dry-run jira --strict --baseline findings.json
        portolan dry-run jira --watch
        portolan dry-run jira --live --kind issue --limit 20
      """)

  @OptionGroup var mapping: MappingOptions

  @Option(
    help: ArgumentHelp(
      "The blueprints to check entities against, instead of the integration's blueprints.json.",
      valueName: "file"),
    completion: .file(extensions: ["json"]))
  var blueprints: String?

  @Option(
    help:
      "How to print the result: for a person, one document, one entity a line, or YAML; or only the findings."
  )
  var format: OutputFormat = .table

  @Option(
    help: ArgumentHelp("Write the result to a file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var source: LiveOptions

  @Option(
    help: ArgumentHelp(
      "Map the objects of this file instead of the kind's fixtures (repeatable); - is standard input.",
      valueName: "kind=file"),
    completion: .file())
  var input: [String] = []

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @OptionGroup var baseline: BaselineOptions

  @OptionGroup var listing: ListingOptions

  @Flag(help: "Keep running: when a file is saved, show what changes in the entities.")
  var watch = false

  func validate() throws {
    if source.live, watch || mapping.source.fixtures != nil {
      throw ValidationError("--live asks the API once, without fixtures; leave --watch and --fixtures out")
    }
    if !input.isEmpty, source.live || watch || mapping.source.fixtures != nil || !mapping.kind.isEmpty {
      throw ValidationError(
        "--input says which kinds and objects; leave --kind, --fixtures, --live and --watch out")
    }
    if let text = input.first(where: { !$0.dropFirst().dropLast().contains("=") }) {
      throw ValidationError("--input takes a kind and a file, as --input issue=\(text)")
    }
    if watch, format != .table || output != nil || baseline.baseline != nil {
      throw ValidationError(
        "--watch prints changes for a person; leave --format, --output and --baseline out")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    if let blueprints { try requireBlueprints(blueprints) }
    let environment = mapping.environment
    let runs = try mapping.runs(blueprints: blueprints, hasInput: !input.isEmpty)
    if watch {
      environment.warn(printer)
      await WatchLoop(
        runs, kinds: mapping.kind, linter: mapping.evaluation.linter, environment: environment.environment
      ).run()
      return .fine
    }
    let run = try await dryRuns(runs, environment, runInput())
    var summary = run.summary
    try baseline.apply(to: &summary, mapping.kind.isEmpty && input.isEmpty && !source.live ? .all : .none)
    listing.apply(to: &summary)
    printer.expanding = listing.hint
    try write(run.results, summary)
    if format.findings == nil { printer.print(summary) }
    environment.warn(printer)
    if !source.live, run.isEmpty { return .nothingRun }
    let failing = strict ? Self.failingFields(run) : []
    for failure in failing { printer.print(.warning, failure) }
    let isDoubtful = summary.warnings > 0 || !environment.unset.isEmpty || !failing.isEmpty
    return .wrong(if: summary.errors > 0 || (strict && isDoubtful))
  }

  /// Runs what the arguments name. Where nothing can be run, a report of findings is still written.
  private func dryRuns(
    _ runs: [PlannedRun], _ environment: AllowedEnvironment, _ source: RunInput
  ) async throws(UsageError) -> DryRuns {
    do throws(UsageError) {
      return try await DryRuns(
        runs, kinds: input.isEmpty ? mapping.kind : inputs.map(\.kind), mapping.evaluation.linter,
        environment.environment, source)
    } catch {
      if format.findings != nil {
        try write(
          [],
          FindingSummary(FoundFinding.all(error.diagnostics, of: runs.first?.configPath ?? ""), files: []))
      }
      throw error
    }
  }

  /// The kinds and files that --input names.
  private var inputs: [(kind: String, file: String)] {
    input.map { text in
      let end = text.firstIndex(of: "=") ?? text.endIndex
      return (String(text[..<end]), String(text[end...].dropFirst()))
    }
  }

  private func runInput() async throws(UsageError) -> RunInput {
    if source.live { return .live(LiveRun(limit: source.limit, keepsAll: format != .table)) }
    guard !input.isEmpty else { return .fixtures }
    var pages: [String: RawPage] = [:]
    for (kind, file) in inputs { pages[kind] = try await InputFile.read(file) }
    return .pages(pages)
  }

  /// Says which fields failed on some object, as far as no finding is about them.
  private static func failingFields(_ run: DryRuns) -> [String] {
    run.results.map(\.result).flatMap { result in
      result.resources.map(\.report).flatMap { report in
        report.fields.filter { field in
          field.errors > 0 && !(result.diagnostics + report.diagnostics).contains { $0.field == field.field }
        }.map { field in
          "`\(field.field)` of kind `\(report.kind)` failed on \(field.errors.grouped) of "
            + "\(report.passed.grouped): \(field.message ?? "") (\(field.location))"
        }
      }
    }
  }

  /// Blueprints that were asked for must be there; an integration's own may be broken.
  private func requireBlueprints(_ path: String) throws(UsageError) {
    do throws(DiagnosticsError) {
      _ = try Blueprints.load(contentsOf: path)
    } catch {
      throw UsageError(error.diagnostics)
    }
  }

  private func write(_ results: [NamedResult], _ summary: FindingSummary) throws(UsageError) {
    let sink = OutputSink(path: output)
    try sink.write(format.render(results, summary, style: sink.style))
  }
}
