import Hummingbird
import PortolanCatalog

/// Serves a local catalog as Port's API, so that Ocean, and whatever else is written for Port, can use it.
///
/// ```swift
/// let server = CatalogServer(try LocalCatalog(path: "catalog.db"))
/// try await server.run { url in print("serving at \(url)") }
/// ```
public struct CatalogServer: Sendable {
  private let catalog: LocalCatalog
  private let options: CatalogServerOptions

  /// Serves `catalog`.
  public init(_ catalog: LocalCatalog, _ options: CatalogServerOptions = CatalogServerOptions()) {
    self.catalog = catalog
    self.options = options
  }

  /// Serves until the task is cancelled, or until the process is asked to end: then requests that are under way are
  /// answered, and no others are taken.
  ///
  /// - Parameters:
  ///   - endsWithSignals: whether SIGTERM and SIGINT end it.
  ///   - onReady: called with the server's address, such as `http://127.0.0.1:5099`, when it takes requests.
  /// - Throws: ``CatalogError`` where the address cannot be used.
  public func run(
    endingWithSignals endsWithSignals: Bool = false, onReady: @escaping @Sendable (String) async -> Void
  ) async throws {
    let application = application(onReady: onReady)
    do {
      try await application.runService(gracefulShutdownSignals: endsWithSignals ? [.sigterm, .sigint] : [])
    } catch let error as CancellationError {
      throw error
    } catch {
      throw CatalogError(
        .unavailable, "cannot serve at \(options.address):\(options.port): \(error)",
        advice: "choose another port; 0 takes a free one")
    }
  }

  /// The server, not yet running.
  package func application(
    onReady: @escaping @Sendable (String) async -> Void = { _ in }
  ) -> Application<RouterResponder<BasicRequestContext>> {
    let address = options.address
    var application = Application(
      router: router(),
      configuration: .init(address: .hostname(address, port: options.port)),
      onServerRunning: { channel in
        let host = address.contains(":") ? "[\(address)]" : address
        await onReady("http://\(host):\(channel.localAddress?.port ?? 0)")
      })
    // What there is to say of a request is said by `RequestLog`, and only if asked for.
    application.logger.logLevel = .critical
    return application
  }

  private func router() -> CatalogRouter {
    let router = CatalogRouter()
    let tokens = AccessTokens(lifetime: options.tokenLifetime)
    if let log = options.log { router.add(middleware: RequestLog(write: log)) }
    router.add(middleware: RateLimitCheck(RateLimiter(options.rateLimit)))
    router.add(middleware: ErrorResponses())
    router.add(middleware: HostCheck(allowed: options.allowedHosts))
    router.add(middleware: TokenCheck(tokens))
    TokenRoutes(credentials: options.credentials, tokens: tokens).add(to: router)
    OrganizationRoutes().add(to: router)
    IntegrationRoutes(catalog: catalog).add(to: router)
    ResyncRoutes(catalog: catalog).add(to: router)
    CursorRoutes(catalog: catalog).add(to: router)
    IngestRoutes().add(to: router)
    BlueprintRoutes(catalog: catalog).add(to: router)
    MigrationRoutes(catalog: catalog).add(to: router)
    ResourceRoutes(catalog: catalog).add(to: router)
    let (bulk, search) = (BulkRoutes(catalog: catalog), SearchRoutes(catalog: catalog))
    bulk.add(to: router)
    search.add(to: router)
    EntityWordRoutes(bulk: bulk, search: search).add(to: router)
    EntityRoutes(catalog: catalog).add(to: router)
    DatasourceRoutes(catalog: catalog).add(to: router)
    ActionRunRoutes().add(to: router)
    return router
  }
}

/// What routes are added to.
typealias CatalogRouter = Router<BasicRequestContext>
