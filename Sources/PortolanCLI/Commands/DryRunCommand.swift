import ArgumentParser
import Portolan

/// `portolan dry-run`
struct DryRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dry-run",
    abstract: "Map fixtures and show the entities: no account, no network.",
    discussion: """
      With no argument, every integration found from the current folder is run: .port/<name>/ with its \
      raw objects in Fixtures/<name>/. A folder laid out as a Port Ocean integration works too.

      Exit status: 0 the mapping ran, 1 something in it is wrong, 2 nothing could be run.

      EXAMPLES:
        portolan dry-run
        portolan dry-run jira --kind issue
        portolan dry-run --config port-app-config.yml --fixtures samples --format json
      """)

  @Argument(help: "The name of an integration, or a folder that holds some.")
  var integration: String?

  @Option(help: ArgumentHelp("The config to run, instead of the integration's.", valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp("The folder of raw objects: <kind>.json or <kind>/*.json.", valueName: "dir"))
  var fixtures: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Map only these kinds.", valueName: "kind"))
  var kind: [String] = []

  @Option(help: "How to print the result.")
  var format: OutputFormat = .table

  @Option(help: ArgumentHelp("Write the result to a file instead of standard output.", valueName: "file"))
  var output: String?

  @Flag(help: "End with status 1 on any warning, too.")
  var strict = false

  @Option(
    help: ArgumentHelp(
      "Let expressions see this environment variable as env.NAME (repeatable); none by default.",
      valueName: "name"))
  var allowEnv: [String] = []

  func run() async throws {
    let diagnostics = DiagnosticPrinter()
    let runs: [PlannedRun]
    do throws(DiagnosticsError) {
      runs = try RunSelection(integration: integration, config: config, fixtures: fixtures).runs()
    } catch {
      diagnostics.print(error.diagnostics)
      throw ExitStatus.nothingRun
    }
    try await finish(perform(runs, diagnostics), diagnostics)
  }

  /// Runs what can be run; a config that cannot be read costs only itself.
  private func perform(_ runs: [PlannedRun], _ printer: DiagnosticPrinter) async throws -> Performed {
    var performed = Performed()
    let environment = AllowedEnvironment.named(allowEnv)
    let progress = ProgressLine()
    var known: [String] = []
    for run in runs {
      do throws(DiagnosticsError) {
        let config = try PortAppConfig(contentsOf: run.configPath)
        known += config.resources.map(\.kind)
        let dryRun = DryRun(config, fixtures: FixtureFolder(run.fixturesPath), environment: environment)
        let result = await dryRun.run(kinds: kind.isEmpty ? nil : Set(kind)) {
          progress.show($0, of: run.name)
        }
        progress.clear()
        performed.results.append(NamedResult(name: run.name, configPath: run.configPath, result: result))
      } catch {
        printer.print(error.diagnostics)
        performed.hasUnusable = true
      }
    }
    if let unknown = kind.first(where: { !known.contains($0) }), !performed.results.isEmpty {
      printer.print([UnknownKind.diagnostic(unknown, known: known)])
      throw ExitStatus.nothingRun
    }
    return performed
  }

  private func finish(_ performed: Performed, _ printer: DiagnosticPrinter) throws {
    guard !performed.results.isEmpty else { throw ExitStatus.nothingRun }
    let sink = OutputSink(path: output)
    do throws(DiagnosticsError) {
      try sink.write(format.render(performed.results, style: sink.style))
    } catch {
      printer.print(error.diagnostics)
      throw ExitStatus.nothingRun
    }
    printer.print(performed.results.flatMap(\.result.diagnostics))
    if performed.hasUnusable || performed.results.contains(where: { $0.result.hasErrors })
      || strict && performed.results.contains(where: { $0.result.hasWarnings })
    {
      throw ExitStatus.wrong
    }
  }

  /// What has been run, and whether something could not be.
  private struct Performed {
    var results: [NamedResult] = []
    var hasUnusable = false
  }
}

/// A result, and whose it is.
struct NamedResult {
  var name: String
  var configPath: String
  var result: DryRunResult
}
