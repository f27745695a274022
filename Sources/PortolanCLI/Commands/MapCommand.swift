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
    abstract: "Map raw objects from standard input, or from the API, to entities on standard output.",
    discussion: """
      Standard input holds one object a line, or one array of objects; standard output gets one entity a \
      line, in order. Memory does not grow with the input. What is wrong with the config is said at \
      the start, on standard error, and what objects tell at the end, with the counts. With --live, an integration's raw objects are fetched from its API instead.

      Exit status: 0 the mapping ran, 1 something in it is wrong, 2 nothing could be run.

      EXAMPLES:
        portolan map --config port-app-config.yml --kind issue <issues.ndjson >entities.ndjson
        portolan map jira --live --kind issue >entities.ndjson
      """)

  @Argument(
    help: "With --live: the integration, by its name or folder.", completion: Completions.integration)
  var integration: String?

  @Option(
    help: ArgumentHelp("The config to run; with --live, instead of the integration's.", valueName: "file"),
    completion: Completions.config)
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The kind of the raw objects; with --live, every kind of the config without it.", valueName: "kind"),
    completion: Completions.kind)
  var kind: String?

  @OptionGroup var source: LiveOptions

  @Option(
    help: ArgumentHelp(
      "How many threads map at once, at most one a core; all cores by default.", valueName: "count"))
  var threads: Int?

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    guard threads ?? 1 >= 1, threads ?? 1 <= 256 else {
      throw ValidationError("--threads takes a number from 1 to 256, as --threads 4")
    }
    guard source.live || (config != nil && kind != nil) else {
      throw ValidationError(
        "map needs a config and the kind of what is on standard input: --config FILE --kind KIND; "
          + "or an integration to fetch for: NAME --live")
    }
    guard source.live || integration == nil else {
      throw ValidationError("an integration is named to fetch for it; give --live too")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = evaluation.environment
    let live =
      source.live ? try IntegrationSelection().one(integration, for: "portolan map NAME --live") : nil
    let config = try announcedConfig(live, printer)
    let fetcher = try live.map { (live) throws(UsageError) in
      try LiveSource.fetcher(of: live, limit: source.limit)
    }
    let reports = try await map(CompiledMapping(config, environment: environment.environment), fetcher)
    let found = (fetcher?.diagnostics ?? []) + config.added(reports.flatMap(\.diagnostics))
    let isWrong =
      (config.diagnostics + found).contains { $0.severity == .error } || reports.contains { $0.failed > 0 }
    printer.print(found)
    environment.warn(printer)
    MapSummary(reports).print()
    return .wrong(if: isWrong || reports.contains { !$0.compiles })
  }

  /// The config that is run, of which all that is wrong has been said: whoever waits for a long stream's end learns it
  /// now.
  private func announcedConfig(
    _ live: Integration?, _ printer: DiagnosticPrinter
  ) throws(UsageError) -> PortAppConfig {
    var target = live.map { LintTarget($0) } ?? .config(at: config ?? "")
    if let config { target.configPath = config }
    let linted = try LintedConfig.read(target, named: live?.name, evaluation.linter)
    try requireKind(linted)
    printer.print(linted.diagnostics)
    return linted
  }

  private func requireKind(_ config: PortAppConfig) throws(UsageError) {
    let kinds = config.resources.map(\.kind).unique
    guard let kind, !kinds.contains(kind) else { return }
    throw UsageError(
      "no resource maps the kind `\(kind)`", Suggestion.help(for: kind, among: kinds, "the kinds are"),
      diagnostics: config.diagnostics)
  }

  private func map(
    _ mapping: CompiledMapping, _ fetcher: IntegrationFetcher?
  ) async throws(UsageError) -> [ResourceReport] {
    let progress = StreamProgress()
    defer { progress.clear() }
    let pipeline = MappingPipeline(mapping, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    var sink = OutputLines()
    do {
      if let fetcher {
        return try await pipeline.run(
          fetcher, kinds: kind.map { [$0] }, into: &sink, progress: progress.show)
      }
      let input = RawStream(name: "standard input") { try await StandardInput.next() }
      return try await pipeline.run(input, kind: kind ?? "", into: &sink, progress: progress.show)
    } catch is CancellationError {
      return []
    } catch let diagnostic as Diagnostic {
      throw UsageError([diagnostic])
    } catch {
      throw UsageError("\(error)", nil)
    }
  }
}

/// Writes entities to standard output, one a line.
private struct OutputLines: EntitySink {
  /// Where nobody reads any more, there is nothing left to do.
  func receive(_ batch: EntityBatch) throws {
    guard StandardStream.output.write(batch.lines) else { throw CancellationError() }
  }
}
