import Logging
import Portolan
import PortolanCatalog
import PortolanEvents
import PortolanHTTP
import PortolanPort
import PortolanService
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Puts a service together, as arguments and settings say.
struct ServiceMaking {
  private let options: ServeOptions
  private let subject: CatalogSubject
  private let fetcher: IntegrationFetcher
  private let target: CatalogTarget
  private let open: OpenCatalog
  private let configuration: ServiceConfiguration
  private let log: Logger
  private let metrics = MetricRegistry(ServiceMetrics.all)
  private let health = HealthState()
  private let gate = WriteGate()
  private let last = LastOutcome()

  /// Reads all that is needed, and opens the catalog.
  ///
  /// - Throws: `UsageError` for what keeps it from running.
  init(_ options: ServeOptions) throws(UsageError) {
    self.options = options
    subject = try CatalogSubject(options.subject, command: "serve")
    guard let fetcher = subject.fetcher as? IntegrationFetcher else {
      throw UsageError(
        "a service needs an integration, and a config by itself is none", "name the integration")
    }
    self.fetcher = fetcher
    var configuration = ServiceConfiguration.load(
      in: subject.run.integration?.rootPath ?? ".", environment: AllowedEnvironment.atStart)
    let wrong = configuration.diagnostics.filter { $0.severity == .error }
    guard wrong.isEmpty else { throw UsageError(wrong) }
    if options.once { configuration.listener = .once }
    self.configuration = configuration
    target = try CatalogTarget(options.to, of: subject.run.integration)
    open = try OpenCatalog(target, as: subject.owner, subject.configuration, creates: true)
    log = Self.logger(
      options,
      secrets: fetcher.secrets + configuration.secrets
        + [subject.configuration.clientSecret].compactMap { $0 })
  }

  /// What is wrong or doubtful.
  var diagnostics: [Diagnostic] {
    let own = subject.config.diagnostics + subject.diagnostics
    return own + configuration.diagnostics.filter { !own.contains($0) }
  }

  /// Whether the last resync of a service that resyncs once was not whole.
  var isWrong: Bool { configuration.listener == .once && last.outcome != .completed }

  /// Says that the service has ended.
  func sayEnd() { log.info("ended") }

  /// The service.
  ///
  /// - Throws: `UsageError` where events cannot be taken, or Kafka cannot be listened to.
  func service() async throws(UsageError) -> IntegrationService {
    let mapping = CompiledMapping(subject.config, environment: options.evaluation.environment.environment)
    let whole = try self.resync(mapping)
    let resync = resyncLoop(whole)
    var server = IntegrationServer(health: health, metrics: metrics, log: log)
    server.address = options.host
    server.port = try port
    server.pathPrefix = configuration.pathPrefix
    let listener = configuration.listener == .kafka ? try await kafka.listener() : nil
    let events = try await self.events(mapping)
    if let events, let settings = fetcher.events {
      server.door = try door(events.queue, settings)
      server.eventPath = settings.path
    }
    if configuration.listener == .webhook { server.resyncDoor = try resyncDoor(resync) }
    var service = IntegrationService(
      subject.owner, configuration, server: server, resync: resync, log: log)
    service.events = events
    service.requests = open.catalog as? any ResyncRequests
    service.listener = listener
    service.onReady = { [self, hasEvents = events != nil] url in await sayReady(url, hasEvents) }
    let destination = try destination
    service.prepare = { [self] in
      await whole.prepare()
      if let destination { await note(destination) }
    }
    return service
  }
}

/// How the last resync ended.
private final class LastOutcome: Sendable {
  private let value = Mutex<Resync.Outcome?>(nil)

  var outcome: Resync.Outcome? { value.withLock { $0 } }

  func set(_ outcome: Resync.Outcome) { value.withLock { $0 = outcome } }
}

// MARK: Resyncs

extension ServiceMaking {
  private func resync(_ mapping: CompiledMapping) throws(UsageError) -> Resync {
    var planning = Planner.Options()
    planning.allowedEmpty = Set(options.allowEmpty)
    planning.setup = try PlanMaking.setup(of: subject.run)
    planning.threads = ProcessInfo.processInfo.activeProcessorCount
    return Resync(
      mapping, catalog: open.catalog, owner: subject.owner, options: planning, gate: gate, metrics: metrics,
      log: log
    ) { [fetcher] in fetcher.afresh() }
  }

  private func resyncLoop(_ resync: Resync) -> ResyncLoop {
    let policy: ResyncLoop.Policy = configuration.resyncPolicy == .queue ? .queue : .replace
    return ResyncLoop(policy: policy) { [last] reason in last.set(await resync.run(reason)) }
  }

  private func resyncDoor(_ resync: ResyncLoop) throws(UsageError) -> ResyncDoor {
    let clientSecret = target == .port ? subject.configuration.clientSecret : nil
    guard configuration.resyncSecret != nil || clientSecret != nil || options.unsigned else {
      throw UsageError(
        "anybody could ask for resyncs at /resync: no secret is set",
        "set OCEAN__EVENT_LISTENER__SECRET, or say --unsigned where nobody else can reach it")
    }
    do {
      return try ResyncDoor(
        secret: configuration.resyncSecret, clientSecret: clientSecret, isOpen: options.unsigned,
        resync: resync, log: log)
    } catch {
      throw UsageError("requests to /resync cannot be verified: \(error.message)", nil)
    }
  }
}

// MARK: Where the catalog asks

extension ServiceMaking {
  /// Where the catalog is to say that it wants a resync; nil where it is asked, or does not say it.
  private var destination: ResyncDestination? {
    get throws(UsageError) {
      switch configuration.listener {
      case .kafka: return .kafka
      case .polling, .once, .webhooksOnly: return nil
      case .webhook: break
      }
      if let base = configuration.baseURL { return .webhook(url: base + "/resync") }
      // Nobody but Port sends requests by itself.
      guard target == .port else { return nil }
      throw UsageError(
        "Port cannot ask for resyncs: it is not known how this service is called from outside",
        "set OCEAN__BASE_URL, such as https://portolan.example.com")
    }
  }

  private func note(_ destination: ResyncDestination) async {
    let identifier = subject.owner.identifier
    do {
      switch try await destination.note(at: identifier, in: open.catalog) {
      case true?: log.info("\(open.catalog.name) notes where to ask for resyncs")
      case false?: break
      case nil:
        log.warning(
          "\(open.catalog.name) has no integration \(identifier), and does not know where to ask for resyncs; it does after a resync and a restart"
        )
      }
    } catch {
      log.error("\(open.catalog.name) does not note where to ask for resyncs: \(error)")
    }
  }
}

// MARK: Events

extension ServiceMaking {
  /// What keeps and applies events; nil where the API sends none, or they are not wanted.
  private func events(
    _ mapping: CompiledMapping
  ) async throws(UsageError) -> (queue: any EventQueue, worker: EventWorker)? {
    guard let settings = fetcher.events, configuration.listener != .once else { return nil }
    guard settings.secret != nil || options.unsigned else {
      throw UsageError(
        "anybody could send events: no secret is set",
        "set \(settings.secretName) to what the API signs its events with, or say --unsigned where nobody else can reach it"
      )
    }
    let queue = try await queue()
    let run = CatalogRun(
      id: "events-\(UUID().uuidString.lowercased())", owner: subject.owner,
      config: String(decoding: subject.config.source, as: UTF8.self), configPath: subject.config.path,
      startedAt: Date().timeIntervalSince1970)
    let applier = EventApplier(
      mapping, fetcher: fetcher, catalog: open.catalog, run: run, gate: gate,
      memory: queue as? any EntityMemory)
    var working = EventWorker.Options()
    working.concurrency = configuration.eventWorkers
    working.timeLimit = configuration.eventTimeLimit
    working.grace = configuration.grace
    let worker = EventWorker(queue, options: working, log: log, hears: ServiceMetrics.count(in: metrics)) {
      try await applier.apply($0)
    }
    return (queue, worker)
  }

  /// What keeps events: a topic of Kafka, or a file.
  private func queue() async throws(UsageError) -> any EventQueue {
    if let topic = options.queueTopic { return try await kafka.queue(topic) }
    let path = try eventsPath()
    do {
      return try EventInbox(path: path, for: subject.owner)
    } catch {
      throw UsageError("events cannot be kept: \(error)", "name another file with --events")
    }
  }

  private var kafka: KafkaMaking {
    KafkaMaking(
      configuration: configuration, owner: subject.owner, catalog: open.catalog, health: health, log: log)
  }

  private func eventsPath() throws(UsageError) -> String {
    try EventsFile.path(options.events, of: subject.run.integration, creates: true)
  }

  private func door(
    _ queue: any EventQueue, _ settings: IntegrationEvents
  ) throws(UsageError) -> EventDoor {
    var verifier: EventVerifier?
    if let secret = settings.secret {
      do {
        verifier = try EventVerifier(settings.verification, secrets: [secret])
      } catch {
        throw UsageError("events cannot be verified: \(error.message)", "correct \(settings.secretName)")
      }
    }
    let kinds = Set(subject.config.resources.map(\.kind))
    return EventDoor(
      source: subject.owner.type, verifier: verifier, fetcher: fetcher, kinds: kinds, queue: queue
    ) { event in try? settings.id(of: event) }
  }
}

// MARK: What it says

extension ServiceMaking {
  private static func logger(_ options: ServeOptions, secrets: [String]) -> Logger {
    let stream = StandardStream.error
    let mask = SecretMask(secrets)
    var log = Logger(label: "portolan") { _ in
      ServiceLogHandler(
        options.log ?? (stream.isTerminal ? .text : .json), hasColour: stream.hasColour, mask: mask.mask
      ) { stream.write($0) }
    }
    log.logLevel = options.logLevel
    return log
  }

  private var port: Int {
    get throws(UsageError) {
      if let port = options.port { return port }
      guard let text = AllowedEnvironment.atStart["APPLICATION__PORT"], !text.isEmpty else { return 8000 }
      guard let port = Int(text), (0...65535).contains(port) else {
        throw UsageError(
          "APPLICATION__PORT is `\(text)`, and a port is a number from 0 to 65535",
          "correct it, or say --port")
      }
      return port
    }
  }

  private func sayReady(_ url: String, _ hasEvents: Bool) async {
    let owner = "\(subject.owner.type)/\(subject.owner.identifier)"
    log.info("portolan \(Version.portolan) serves \(owner) at \(url), and writes to \(open.catalog.name)")
    log.info("\(listening)")
    guard hasEvents, let settings = fetcher.events else {
      return log.info("live events: none; fetcher.yml does not say how the API sends them")
    }
    let path = "\(configuration.pathPrefix)/integration\(settings.path)"
    let mapped = Set(subject.config.resources.map(\.kind))
    let kinds = settings.kinds.filter(mapped.contains)
    log.info(
      "live events of \(kinds.isEmpty ? "no kind that is mapped" : kinds.joined(separator: ", ")) at \(path)")
    if let topic = options.queueTopic {
      log.info("events are kept in Kafka, in the topic \(topic), dead letters in \(topic).dead")
    }
    if settings.secret == nil {
      log.warning("live events are not verified: everybody can send some (--unsigned)")
    }
    if options.createWebhooks { await createWebhooks(path) }
  }

  private var listening: String {
    let schedule = configuration.resyncInterval.map { "; every \(Int($0 / 60)) min by itself" } ?? ""
    return switch configuration.listener {
    case .polling:
      "resyncs: asks the catalog every \(Int(configuration.pollingInterval)) s whether one is wanted\(schedule)"
    case .once: "resyncs: once, and then it ends"
    case .webhook: "resyncs: when a request to /resync asks for one\(schedule)"
    case .kafka: "resyncs: when a message in Kafka asks for one\(schedule)"
    case .webhooksOnly: "resyncs: none\(schedule)"
    }
  }

  private func createWebhooks(_ path: String) async {
    guard let base = configuration.baseURL else {
      return log.error(
        "no webhook is created: it is not known how this service is called from outside; set OCEAN__BASE_URL")
    }
    do {
      for webhook in try await fetcher.createWebhooks(at: base + path) {
        log.info("webhook \(webhook.isNew ? "created" : "is there"): \(webhook.request)")
      }
    } catch {
      log.error("the API was not asked to send its events: \(error)")
    }
  }
}
