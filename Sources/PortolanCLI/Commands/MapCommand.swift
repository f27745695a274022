import ArgumentParser
import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `portolan map`
struct MapCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Map raw objects from standard input to entities on standard output.",
    discussion: """
      Standard input holds one object a line, or one array of objects; standard output gets one entity a \
      line, in order. Memory does not grow with the input. Counts and messages go to standard error at \
      the end.

      Exit status: 0 the mapping ran, 1 something in it is wrong, 2 nothing could be run.

      EXAMPLES:
        portolan map --config port-app-config.yml --kind issue <issues.ndjson >entities.ndjson
      """)

  @Option(help: ArgumentHelp("The config to run.", valueName: "file"), completion: Completions.config)
  var config: String

  @Option(
    help: ArgumentHelp("The kind of the raw objects.", valueName: "kind"), completion: Completions.kind)
  var kind: String

  @Option(
    help: ArgumentHelp(
      "How many threads map at once, at most one a core; all cores by default.", valueName: "count"))
  var threads: Int?

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    guard threads ?? 1 >= 1, threads ?? 1 <= 256 else {
      throw ValidationError("--threads takes a number from 1 to 256, as --threads 4")
    }
  }

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let environment = evaluation.environment
    let config: PortAppConfig
    do throws(DiagnosticsError) {
      config = try PortAppConfig(contentsOf: self.config)
    } catch {
      throw UsageError(error.diagnostics)
    }
    let kinds = config.resources.map(\.kind).unique
    guard kinds.contains(kind) else {
      throw UsageError(
        "no resource maps the kind `\(kind)`", Suggestion.help(for: kind, among: kinds, "the kinds are"),
        diagnostics: config.diagnostics)
    }
    let reports = try await map(CompiledMapping(config, environment: environment.environment))
    printer.print(config.diagnostics + reports.flatMap(\.diagnostics))
    environment.warn(printer)
    MapSummary(reports).print()
    let isWrong = config.diagnostics.contains { $0.severity == .error } || reports.contains { $0.failed > 0 }
    return .wrong(if: isWrong || reports.contains { !$0.compiles })
  }

  private func map(_ mapping: CompiledMapping) async throws(UsageError) -> [ResourceReport] {
    let progress = StreamProgress()
    defer { progress.clear() }
    let input = RawStream(name: "standard input") { try await StandardInput.next() }
    let pipeline = MappingPipeline(mapping, threads: threads ?? ProcessInfo.processInfo.activeProcessorCount)
    var sink = OutputLines()
    do {
      return try await pipeline.run(input, kind: kind, into: &sink, progress: progress.show)
    } catch let diagnostic as Diagnostic {
      throw UsageError([diagnostic])
    } catch {
      throw UsageError("\(error)", nil)
    }
  }
}

/// Writes entities to standard output, one a line.
private struct OutputLines: EntitySink {
  func receive(_ batch: EntityBatch) {
    StandardStream.output.write(batch.lines)
  }
}
