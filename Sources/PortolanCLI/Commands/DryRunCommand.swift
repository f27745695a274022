import ArgumentParser
import JQ
import Portolan

/// `portolan dry-run`
struct DryRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dry-run",
    abstract: "Map fixtures and show the entities: no account, no network.",
    discussion: """
      With no argument, every integration of this folder is run, or of the nearest one above it that has \
      a .port folder: .port/<name>/ with its raw objects in Fixtures/<name>/. A folder laid out as a \
      Port Ocean integration (.port/resources and .port/examples) works too.

      Exit status: 0 the mapping ran, 1 something in it is wrong, 2 nothing could be run.

      EXAMPLES:
        portolan dry-run
        portolan dry-run jira --kind issue
        portolan dry-run --config port-app-config.yml --fixtures samples --format json
        portolan dry-run jira --watch
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

  @Option(help: "How to print the result: for a person, one document, one entity a line, or YAML.")
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

  @Option(
    help: ArgumentHelp(
      "Seconds that one expression may take for one item before it is ended.", valueName: "seconds"))
  var timeout: Double = 1

  @Flag(help: "Keep running: when a file is saved, show what changes in the entities.")
  var watch = false

  func validate() throws {
    if watch, format != .table || output != nil {
      throw ValidationError("--watch prints changes for a person; leave --format and --output out")
    }
    guard timeout > 0, timeout <= 3600 else {
      throw ValidationError("--timeout takes a number of seconds above 0 and up to 3600, as --timeout 5")
    }
  }

  func run() async throws {
    let printer = DiagnosticPrinter()
    do throws(UsageError) {
      let runs = try RunSelection(integration: integration, config: config, fixtures: fixtures).runs()
      let environment = AllowedEnvironment(allowEnv, limits: JQLimits(timeout: .seconds(timeout)))
      if watch { return await WatchLoop(runs, kinds: kind, environment: environment.environment).run() }
      let configs = try LoadedConfigs(runs, kinds: kind)
      let results = await configs.results(environment.environment)
      try write(results)
      printer.print(configs.diagnostics + results.flatMap(\.result.diagnostics))
      for name in environment.unset {
        printer.print(.warning, "the environment variable `\(name)` of --allow-env is not set")
      }
      let isWrong = !configs.diagnostics.isEmpty || results.contains { $0.result.hasErrors }
      let isDoubtful = !environment.unset.isEmpty || results.contains { $0.result.hasWarnings }
      if !isWrong && !(strict && isDoubtful) { return }
    } catch {
      printer.print(error.diagnostics)
      if let message = error.message { printer.print(.error, message, help: error.help) }
      throw ExitStatus.nothingRun
    }
    throw ExitStatus.wrong
  }

  private func write(_ results: [NamedResult]) throws(UsageError) {
    let sink = OutputSink(path: output)
    try sink.write(format.render(results, style: sink.style))
  }
}
