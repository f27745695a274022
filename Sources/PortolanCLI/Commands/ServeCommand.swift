import ArgumentParser
import Logging
import Portolan
import PortolanCatalog
import PortolanService

/// `portolan serve`
struct ServeCommand: PortolanSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Run an integration as a service: resyncs, live events, health and metrics.",
    discussion: """
      It resyncs when it starts, when the catalog asks for it and on a schedule, and takes the API's events at \
      /integration/webhook: each is verified, kept on the disk, answered with 202, and applied by asking the API for \
      its object. /health/live, /health/ready and /metrics show how it is.

      What asks for resyncs is set as for Ocean: OCEAN__EVENT_LISTENER__TYPE (POLLING, ONCE, WEBHOOK, KAFKA, \
      WEBHOOKS_ONLY), OCEAN__SCHEDULED_RESYNC_INTERVAL in minutes, or the same in config.yaml; `portolan config` \
      shows what holds. docs/operating.md has every setting, metric and failure.

      Several machines may take the events of one integration: --queue kafka keeps them in a topic \
      (docs/more-than-one-machine.md).

      SIGTERM and Ctrl-C end it after what is under way; events that are not applied yet are by the next one.

      Exit status: 0 it was asked to end, or its one resync is done; 1 its one resync failed or was held in part; \
      2 it could not run.

      EXAMPLES:
        portolan serve jira
        portolan serve jira --to port --create-webhooks
        portolan serve jira --once
      """)

  @OptionGroup var options: ServeOptions

  func execute(_ printer: DiagnosticPrinter) async throws(UsageError) -> Verdict {
    let making = try ServiceMaking(options)
    printer.print(making.diagnostics)
    options.evaluation.environment.warn(printer)
    let service = try await making.service()
    do {
      try await service.run()
    } catch is CancellationError {
      // It was asked to end.
    } catch {
      throw UsageError(catalog: error)
    }
    making.sayEnd()
    return .wrong(if: making.isWrong)
  }
}

/// The arguments of `portolan serve`.
struct ServeOptions: ParsableArguments {
  @OptionGroup var argument: IntegrationArgument

  @Option(
    help: ArgumentHelp("The config, instead of the integration's.", valueName: "file"),
    completion: Completions.config)
  var config: String?

  @Option(
    help: ArgumentHelp(
      "The catalog: `port`, or a file; without it .port/.catalog/<name>.db.", valueName: "catalog"),
    completion: .file())
  var to: String?

  @Option(help: ArgumentHelp("The integration's type, instead of its name.", valueName: "type"))
  var type: String?

  @Option(
    help: ArgumentHelp(
      "Which integration of that type writes; my-<type>-integration by default.", valueName: "id"))
  var identifier: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "These kinds may give nothing although they gave something before.", valueName: "kind"),
    completion: Completions.kind)
  var allowEmpty: [String] = []

  @Option(
    help: ArgumentHelp("The port; 0 takes a free one. APPLICATION__PORT sets it, too.", valueName: "number"))
  var port: Int?

  @Option(help: ArgumentHelp("The address to take requests at.", valueName: "address"))
  var host = "0.0.0.0"

  @Option(
    help: ArgumentHelp(
      "Where events are kept; without it .port/.catalog/<name>.events.db.", valueName: "file"),
    completion: .file())
  var events: String?

  @Option(
    help: ArgumentHelp(
      "What keeps events: file, on this machine; kafka, for several machines.", valueName: "what"))
  var queue = QueueKind.file

  @Option(
    help: ArgumentHelp(
      "The topic of events, with --queue kafka; the brokers are set as OCEAN__EVENT_LISTENER__BROKERS.",
      valueName: "name"))
  var queueTopic: String?

  @Flag(help: "Take events and requests for resyncs from everybody: no secret is asked for.")
  var unsigned = false

  @Flag(help: "Ask the API to send its events here: to OCEAN__BASE_URL and the path of events.")
  var createWebhooks = false

  @Flag(help: "Resync once, and end.")
  var once = false

  @Option(help: ArgumentHelp("How the log looks: text or json; text on a terminal.", valueName: "format"))
  var log: LogFormat?

  @Option(help: ArgumentHelp("What is logged: debug, info, warning or error.", valueName: "level"))
  var logLevel: Logger.Level = .info

  @OptionGroup var evaluation: EvaluationOptions

  func validate() throws {
    guard (0...65535).contains(port ?? 0) else {
      throw ValidationError("--port takes a number from 0 to 65535")
    }
    guard (queue == .kafka) == (queueTopic != nil) else {
      throw ValidationError(
        queue == .kafka
          ? "--queue kafka needs a topic: --queue-topic NAME" : "--queue-topic is for --queue kafka alone")
    }
    guard queue == .file || events == nil else {
      throw ValidationError("--events names a file, and with --queue kafka events are in a topic")
    }
  }

  /// What is served.
  var subject: SubjectArguments {
    SubjectArguments(
      integration: argument.integration, config: config, fixtures: nil, isLive: true, kinds: allowEmpty,
      type: type, identifier: identifier, linter: evaluation.linter)
  }
}

/// What keeps events.
enum QueueKind: String, ExpressibleByArgument, CaseIterable {
  /// A file on this machine.
  case file
  /// A topic of Kafka.
  case kafka
}

extension LogFormat: ExpressibleByArgument {}

extension Logger.Level: @retroactive ExpressibleByArgument {
  /// Those that are offered: what is in between is of use to nobody here.
  public static var allValueStrings: [String] { ["debug", "info", "warning", "error"] }
}
