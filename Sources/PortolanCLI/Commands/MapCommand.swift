import ArgumentParser
import Portolan
import PortolanHTTP

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `portolan map`
struct MapCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Map raw objects from standard input, files, or the API, to entities on standard output.",
    discussion: """
      Standard input holds one object after another, on a line each or over several, or arrays of \
      objects one after another, as text or compressed with gzip; standard output gets one entity a line, in order. What has \
      come is mapped and written when nothing more is there at the moment. Memory does not grow with the \
      input. What is wrong with the config is said at the start, on standard error, and what objects tell at \
      the end, with the counts. With --live, an integration's raw objects are fetched from its API instead.

      Where the API answered with pages, such as {"values": […]}, --items .values takes the objects out of \
      them.

      Exit status: 0 the mapping ran, 1 something is wrong in it or with an object (--fail), or all was lost; \
      2 nothing could be run, or the input broke off.

      EXAMPLES:
        portolan map jira --kind issue <issues.ndjson
        portolan map jira --input issue=issues.ndjson.gz project=projects.ndjson \\
          --output entities.ndjson
        kcat -C -t issues | portolan map jira --kind issue | kcat -P -t entities
        portolan map jira --live --kind issue project
      """)

  @OptionGroup var argument: IntegrationArgument

  @Option(
    help: ArgumentHelp("The config to run, instead of the integration's.", valueName: "file"),
    completion: Completions.config)
  var config: String?

  @OptionGroup var input: MapInputOptions
  @OptionGroup var source: LiveOptions
  @OptionGroup var output: MapOutputOptions

  @Option(
    help: ArgumentHelp(
      "How many threads map at once, at most one a core; all cores by default.", valueName: "count"))
  var threads: Int?

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    guard threads ?? 1 >= 1, threads ?? 1 <= 256 else {
      throw ValidationError("--threads takes a number from 1 to 256, as --threads 4")
    }
    guard !source.live || (input.input.isEmpty && input.items == nil && !input.envelope) else {
      throw ValidationError(
        "--live fetches the raw objects; --input, --items and --envelope are for those that are there")
    }
    var files = input.paths
    for path in output.paths {
      guard !files.contains(where: { OutputFile.isSame($0, path) }) else {
        throw ValidationError("`\(path)` is named twice: what is written needs a file of its own")
      }
      files.append(path)
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = evaluation.environment
    let integration = try integration()
    let config = try announcedConfig(of: integration, printer)
    let result = try await map(CompiledMapping(config, environment: environment.environment), integration)
    result.beginLine()
    let added = config.added(result.diagnostics) + (cameToNothing(result) ? [Self.nothingCame] : [])
    let found = config.diagnostics + added
    printer.print(added)
    environment.warn(printer)
    MapSummary(result, of: config).print()
    printer.printCounts(of: found)
    if let report = output.report {
      try OutputSink(path: report).write(
        MapReport(reports: result.reports, diagnostics: found, isComplete: result.isComplete).json)
    }
    if let signal = result.signal { Interruption.end(by: signal) }
    return verdict(result, found)
  }

  private func map(
    _ mapping: CompiledMapping, _ integration: Integration?
  ) async throws(UsageError) -> MapRun.Result {
    try MapKinds.check(input.kind, of: mapping.config)
    let run = MapRun(
      mapping, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount,
      into: try MapSink(output, isEnveloped: input.envelope),
      showsProgress: output.output != nil || !StandardStream.output.isTerminal)
    guard source.live, let integration else {
      let interruption = Interruption.noticing()
      return try await run.read(try MapInputs(input, of: mapping.config, interruption), interruption)
    }
    return try await run.fetch(
      by: try LiveSource.fetcher(of: integration, limit: source.limit),
      kinds: input.kind.isEmpty ? nil : Set(input.kind))
  }

  private func verdict(_ result: MapRun.Result, _ found: [Diagnostic]) -> Verdict {
    result.isBroken || cameToNothing(result)
      ? .nothingRun : .wrong(if: output.fail.isWrong(found, result.reports))
  }

  /// Whether nothing came where something was to come: an API may have nothing, and a part of a file no line.
  private func cameToNothing(_ result: MapRun.Result) -> Bool {
    !source.live && input.range == nil && output.fail != .never && result.signal == nil && !result.isBroken
      && !result.reports.isEmpty && result.reports.allSatisfy { $0.raw == 0 }
  }

  private static let nothingCame = Diagnostic(
    .error, .noEntities, "there was not one raw object",
    help: "check what writes them; where there may be none, `--fail never` says so")

  /// The integration whose config is run, or that is fetched for; nil where only a config is named.
  private func integration() throws(UsageError) -> Integration? {
    guard source.live || config == nil else { return nil }
    return try IntegrationSelection().one(
      argument.integration, for: source.live ? "portolan map NAME --live" : "portolan map NAME")
  }

  /// The config that is run, of which all that is wrong has been said: whoever waits for a long stream's end learns it
  /// now.
  private func announcedConfig(
    of integration: Integration?, _ printer: DiagnosticPrinter
  ) throws(UsageError) -> PortAppConfig {
    let path = config.map(FileArgument.path)
    var target = integration.map { LintTarget($0) } ?? .config(at: path ?? "")
    if let path { target.configPath = path }
    let linted = try LintedConfig.read(target, named: integration?.name, evaluation.linter)
    printer.print(linted.diagnostics)
    return linted
  }
}
