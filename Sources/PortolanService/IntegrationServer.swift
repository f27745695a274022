import HTTPTypes
import Hummingbird
import Logging
import Portolan
import PortolanEvents

/// Where a service is reached over HTTP.
package struct IntegrationServer: Sendable {
  /// The address that requests are taken at.
  package var address = "0.0.0.0"
  /// The port; 0 takes a free one.
  package var port = 8000
  /// What stands before every path but `/resync`.
  package var pathPrefix = ""

  /// Where an API sends its events, below `/integration`.
  package var eventPath = "/webhook"
  /// What takes events; nil where there are none.
  package var door: EventDoor?
  /// Who may ask for a resync at `/resync`; nil where nobody may.
  package var resyncDoor: ResyncDoor?

  package let health: HealthState
  package let metrics: MetricRegistry
  package let log: Logger

  /// Creates a server.
  package init(health: HealthState, metrics: MetricRegistry, log: Logger) {
    self.health = health
    self.metrics = metrics
    self.log = log
  }

  /// The server, not yet running. `refresh` looks up what metrics show; `onReady` gets the server's address.
  func application(
    refresh: @escaping @Sendable () async -> Void, onReady: @escaping @Sendable (String) async -> Void
  ) -> Application<RouterResponder<BasicRequestContext>> {
    let router = Router()
    router.add(middleware: ServiceErrors(log: log))
    let group = pathPrefix.isEmpty ? router.group() : router.group(RouterPath(pathPrefix))
    HealthRoutes(health: health, metrics: metrics, refresh: refresh).add(to: group)
    if let door {
      EventRoutes(door: door, metrics: metrics, log: log).add(to: group, at: "integration" + eventPath)
    }
    if let resyncDoor {
      router.post("resync") { request, _ in try await resyncDoor.receive(request) }
    }
    let (address, port) = (address, port)
    var application = Application(
      router: router, configuration: .init(address: .hostname(address, port: port)),
      onServerRunning: { channel in
        let host = address.contains(":") ? "[\(address)]" : address
        await onReady("http://\(host):\(channel.localAddress?.port ?? port)")
      })
    // What there is to say of a request is said by its route.
    application.logger.logLevel = .critical
    return application
  }
}

/// Errors as answers that tell a stranger nothing.
private struct ServiceErrors: RouterMiddleware {
  let log: Logger

  func handle(
    _ request: Request, context: BasicRequestContext,
    next: (Request, BasicRequestContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as APIError {
      return Self.answer(error.status)
    } catch let error as any HTTPResponseError {
      return Self.answer(error.status)
    } catch {
      log.error("a request to \(TextColumns.oneLine(request.uri.path.shortened(to: 80))) failed: \(error)")
      return Self.answer(.internalServerError)
    }
  }

  private static func answer(_ status: HTTPResponse.Status) -> Response {
    .json(status) { $0.add("error", text: status.reasonPhrase) }
  }
}
