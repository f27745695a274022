import Logging
import Portolan
import PortolanCatalog
import PortolanEvents
import ServiceLifecycle

/// An integration as a process that goes on: it resyncs when it should, and takes live events.
///
/// When it is asked to end, nothing new is taken, what is under way is finished if that does not take long, and what is not
/// stays in the queue for the next process.
package struct IntegrationService: Sendable {
  /// What is set.
  package var configuration: ServiceConfiguration
  /// What keeps and applies live events; nil where there are none.
  package var events: (queue: any EventQueue, worker: EventWorker)?
  /// What tells that a resync is asked for in the catalog; nil where nothing does.
  package var requests: (any ResyncRequests)?
  /// Whatever else asks for resyncs, until the task is cancelled.
  package var listener: (@Sendable (ResyncLoop) async -> Void)?
  /// Makes the catalog ready for events and requests, once the service is reached; not called where it resyncs once.
  package var prepare: @Sendable () async -> Void = {}
  /// Called when the server takes requests.
  package var onReady: @Sendable (String) async -> Void = { _ in }

  private let owner: Datasource
  private let server: IntegrationServer
  private let resync: ResyncLoop
  private let log: Logger

  /// Creates a service.
  ///
  /// - Parameters:
  ///   - owner: who writes.
  ///   - configuration: what is set.
  ///   - server: where it is reached.
  ///   - resync: what resyncs.
  ///   - log: where it says what it does.
  package init(
    _ owner: Datasource, _ configuration: ServiceConfiguration, server: IntegrationServer,
    resync: ResyncLoop, log: Logger
  ) {
    self.owner = owner
    self.configuration = configuration
    self.server = server
    self.resync = resync
    self.log = log
  }

  /// Runs until the process is asked to end, or, where it resyncs once, until that is done.
  ///
  /// - Throws: `CatalogError` where the address cannot be used, and what ends a part of it.
  package func run() async throws {
    server.metrics.set(ServiceMetrics.start, to: ServiceClock.now)
    let (health, log, onReady) = (server.health, log, onReady)
    let (started, starting) = AsyncStream.makeStream(of: Never.self)
    let application = server.application(refresh: refresh) { url in
      health.start()
      await onReady(url)
      starting.finish()
    }
    var services: [any Service] = []
    if let events { services.append(EventService(queue: events.queue, worker: events.worker)) }
    services.append(ServerService(application: application, address: "\(server.address):\(server.port)"))
    services.append(
      ListenerService(
        configuration: configuration, integration: owner.identifier, requests: requests, other: listener,
        prepare: prepare, resync: resync, health: health, started: started, log: log))
    var quiet = Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }
    quiet.logLevel = .critical
    var group = ServiceGroupConfiguration(
      services: services.map {
        .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup)
      }, gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
    group.maximumGracefulShutdownDuration = .seconds(configuration.grace + 10)
    try await ServiceGroup(configuration: group).run()
  }

  /// Looks up what metrics show.
  private var refresh: @Sendable () async -> Void {
    let (queue, metrics) = (events?.queue, server.metrics)
    return {
      guard let queue else { return }
      let counts = await queue.state
      metrics.set(ServiceMetrics.waiting, to: Double(counts.events))
      metrics.set(ServiceMetrics.waitingBytes, to: Double(counts.bytes))
      if let dead = await queue.deadLetters {
        metrics.set(ServiceMetrics.dead, to: Double(dead))
      }
    }
  }
}

/// Applies events until the service ends, and closes their queue.
private struct EventService: Service {
  let queue: any EventQueue
  let worker: EventWorker

  func run() async {
    await cancelWhenGracefulShutdown { await worker.run() }
    await queue.close()
  }
}

/// Takes requests until the service ends.
private struct ServerService<Server: Service>: Service {
  let application: Server
  let address: String

  func run() async throws {
    do {
      try await application.run()
    } catch let error as CancellationError {
      throw error
    } catch {
      throw CatalogError(
        .unavailable, "cannot serve at \(address): \(error)",
        advice: "choose another port with --port; 0 takes a free one")
    }
  }
}

/// Asks for resyncs when they are due, until the service ends.
private struct ListenerService: Service {
  let configuration: ServiceConfiguration
  let integration: String
  let requests: (any ResyncRequests)?
  let other: (@Sendable (ResyncLoop) async -> Void)?
  let prepare: @Sendable () async -> Void
  let resync: ResyncLoop
  let health: HealthState
  /// Ends when the service is reached: what it says of itself comes before what it says of its work.
  let started: AsyncStream<Never>
  let log: Logger

  func run() async {
    await withGracefulShutdownHandler {
      await cancelWhenGracefulShutdown { await listen() }
    } onGracefulShutdown: {
      health.end()
    }
    await resync.close()
  }

  private func listen() async {
    for await _ in started {}
    guard !Task.isCancelled else { return }
    let start = CatalogTime.text(ServiceClock.now)
    if configuration.listener != .once { await prepare() }
    if configuration.resyncsOnStart { await resync.request("the service starts") }
    if configuration.listener == .once { return await resync.waitForEnd() }
    await withTaskGroup(of: Void.self) { group in
      if configuration.listener == .polling, let requests {
        let polling = PollingListener(
          requests: requests, integration: integration, interval: configuration.pollingInterval,
          resync: resync, log: log)
        group.addTask { await polling.run(afterStartAt: start) }
      }
      if let other { group.addTask { await other(resync) } }
      if let interval = configuration.resyncInterval, interval > 0 {
        group.addTask { await onSchedule(every: interval) }
      }
      // Without any of these it waits for events and requests.
      group.addTask { while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) } }
    }
  }

  private func onSchedule(every interval: Double) async {
    while !Task.isCancelled {
      try? await Task.sleep(for: .seconds(interval))
      guard !Task.isCancelled else { return }
      let admission = await resync.request("the schedule asks for it")
      if admission != .begun { log.info("the schedule asks for a resync: \(admission.words)") }
    }
  }
}
