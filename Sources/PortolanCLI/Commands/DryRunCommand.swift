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
      is found is a warning on standard error.

      Exit status: 0 the mapping ran, 1 something in it is wrong (with --strict: or doubtful), 2 nothing \
      could be run.

      EXAMPLES:
        portolan dry-run
        portolan dry-run jira --kind issue
        portolan dry-run --config port-app-config.yml --fixtures samples --format json
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

  @Option(help: "How to print the result: for a person, one document, one entity a line, or YAML.")
  var format: OutputFormat = .table

  @Option(
    help: ArgumentHelp("Write the result to a file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var source: LiveOptions

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @Flag(help: "Keep running: when a file is saved, show what changes in the entities.")
  var watch = false

  func validate() throws {
    if source.live, watch || mapping.source.fixtures != nil {
      throw ValidationError("--live asks the API once, without fixtures; leave --watch and --fixtures out")
    }
    if watch, format != .table || output != nil {
      throw ValidationError("--watch prints changes for a person; leave --format and --output out")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    if let blueprints { try requireBlueprints(blueprints) }
    let environment = mapping.environment
    let runs = try mapping.runs(blueprints: blueprints)
    if watch {
      environment.warn(printer)
      await WatchLoop(runs, kinds: mapping.kind, environment: environment.environment).run()
      return .fine
    }
    let live = source.live ? LiveRun(limit: source.limit, keepsAll: format != .table) : nil
    let run = try await DryRuns(runs, kinds: mapping.kind, environment.environment, live: live)
    try write(run.results)
    printer.print(run.diagnostics)
    environment.warn(printer)
    guard live != nil || run.hasObjects else { return .nothingRun }
    let isWrong =
      run.unread.contains { $0.severity == .error } || run.results.contains { $0.result.hasErrors }
    let isDoubtful = !environment.unset.isEmpty || run.results.contains { $0.result.hasWarnings }
    return .wrong(if: isWrong || (strict && isDoubtful))
  }

  /// Blueprints that were asked for must be there; an integration's own may be broken.
  private func requireBlueprints(_ path: String) throws(UsageError) {
    do throws(DiagnosticsError) {
      _ = try Blueprints.load(contentsOf: path)
    } catch {
      throw UsageError(error.diagnostics)
    }
  }

  private func write(_ results: [NamedResult]) throws(UsageError) {
    let sink = OutputSink(path: output)
    try sink.write(format.render(results, style: sink.style))
  }
}
