import Portolan

/// The fetcher of an integration's folder: what its `fetcher.yml` declares, or what is built in for its name, with
/// what the user has set. A folder laid out for Ocean's own no-code integration runs with ``OceanCustomFetcher``.
///
/// ```swift
/// for integration in Integration.find(from: ".") {
///   let fetcher = try IntegrationFetcher(integration, environment: ["OCEAN__INTEGRATION__CONFIG__TOKEN": "…"])
///   for try await page in fetcher.fetch(FetchRequest(kind: "project")) { print(page.bytes.count) }
/// }
/// ```
public struct IntegrationFetcher: EventFetcher {
  private enum Fetcher: Sendable {
    case declared(DeclaredFetcher)
    case oceanCustom(OceanCustomFetcher)
  }

  private var fetcher: Fetcher
  /// The values that nothing may show.
  public let secrets: [String]
  /// What is doubtful in the definition and in what is set.
  public let diagnostics: [Diagnostic]
  /// What must be known to take the API's events; nil where nothing says that it sends any.
  package let events: IntegrationEvents?

  /// How many objects of a kind are given at most, nil for all.
  public var objectLimit: Int? {
    didSet {
      switch fetcher {
      case .declared(var declared):
        declared.objectLimit = objectLimit
        fetcher = .declared(declared)
      case .oceanCustom(var custom):
        custom.objectLimit = objectLimit
        fetcher = .oceanCustom(custom)
      }
    }
  }

  /// Reads the integration's files and prepares its fetcher.
  ///
  /// - Parameters:
  ///   - integration: where its files are.
  ///   - environment: what is set: see ``Portolan/IntegrationConfiguration``; and proxies and certificates, see
  ///     ``APIClient``.
  /// - Throws: `DiagnosticsError` with all that keeps it from fetching.
  public init(_ integration: Integration, environment: [String: String]) throws(DiagnosticsError) {
    var spec = try integration.specPath.map { (path) throws(DiagnosticsError) in
      try IntegrationSpec.load(contentsOf: path)
    }
    let isOceanCustom =
      integration.fetcherPath == nil && OceanCustomFetcher.describes(spec, name: integration.name)
    let definition = isOceanCustom ? nil : try Self.definition(of: integration)
    spec = definition?.events?.settable(by: spec) ?? spec
    let configuration = IntegrationConfiguration.load(
      for: spec ?? IntegrationSpec(kinds: []), in: integration.rootPath, environment: environment)
    let found = (definition?.diagnostics ?? []) + (spec?.diagnostics ?? []) + configuration.diagnostics
    guard !configuration.diagnostics.contains(where: { $0.severity == .error }) else {
      throw DiagnosticsError(found)
    }
    do {
      let config = configuration.json
      events = try definition.flatMap { definition in
        try definition.events.map { try IntegrationEvents($0, of: definition, config: config) }
      }
      let hidden = configuration.secrets + [events?.secret].compactMap { $0 }
      secrets = hidden
      if let definition {
        fetcher = .declared(
          try DeclaredFetcher(definition, config: config, secrets: hidden, environment: environment))
      } else {
        fetcher = .oceanCustom(
          try OceanCustomFetcher(configuration: config, secrets: hidden, environment: environment))
      }
    } catch let error as DiagnosticsError {
      throw DiagnosticsError(found + error.diagnostics)
    } catch let error as Diagnostic {
      throw DiagnosticsError(found + [error])
    } catch let error as APIError {
      throw DiagnosticsError(found + [error.diagnostic])
    } catch {
      throw DiagnosticsError(found + [Diagnostic(.error, .fetchFailed, "\(error)")])
    }
    diagnostics = found
  }

  /// The pages of a kind's objects, as the API sends them.
  public func fetch(_ request: FetchRequest) -> PageStream {
    switch fetcher {
    case .declared(let declared): declared.fetch(request)
    case .oceanCustom(let custom): custom.fetch(request)
    }
  }

  /// The fetcher for another run: with the same connections, without the parents that it has asked for.
  ///
  /// Within a run, kinds of the same parent ask for it once. A service that runs again must ask again.
  package func afresh() -> IntegrationFetcher {
    var another = self
    switch fetcher {
    case .declared(let declared): another.fetcher = .declared(declared.afresh())
    case .oceanCustom(let custom): another.fetcher = .oceanCustom(custom.afresh())
    }
    return another
  }

  /// The objects of all kinds that an event is about.
  ///
  /// - Throws: `Diagnostic` where the event cannot be understood.
  public func objects(of event: RawEvent) throws -> [EventObject] {
    switch fetcher {
    case .declared(let declared): try declared.objects(of: event)
    case .oceanCustom: []
    }
  }

  /// Asks for an object as it is now.
  ///
  /// - Throws: `Diagnostic` for what kept it from being asked, and `CancellationError`.
  public func fetch(_ object: EventObject, for request: FetchRequest) async throws -> RawPage? {
    switch fetcher {
    case .declared(let declared): return try await declared.fetch(object, for: request)
    case .oceanCustom:
      throw Diagnostic(
        .error, .unknownKind, "Ocean's own no-code integration takes no events (kind `\(object.kind)`)",
        help: "declare the kind in a fetcher.yml, with `event:` (docs/FETCHER.md)")
    }
  }

  /// Asks the API to send its events to a URL, where it does not do so already.
  ///
  /// - Returns: each webhook that was created or found; none where the fetcher does not say how that is asked for.
  /// - Throws: `Diagnostic` for the first one that cannot be found or created, and `CancellationError`.
  public func createWebhooks(at url: String) async throws -> [EventWebhook] {
    guard case .declared(let declared) = fetcher else { return [] }
    do {
      return try await declared.createWebhooks(at: url, secret: events?.secret)
    } catch let error as APIError {
      var problem = error.diagnostic
      problem.location = declared.definition.events?.location
      throw problem
    }
  }

  private static func definition(of integration: Integration) throws(DiagnosticsError) -> FetcherDefinition {
    if let path = integration.fetcherPath { return try FetcherDefinition.load(contentsOf: path) }
    if let builtIn = BuiltInFetchers.definition(named: integration.name) { return builtIn }
    let folder = integration.specPath.map(PathText.parent) ?? PathText.join(integration.rootPath, ".port")
    throw DiagnosticsError([
      Diagnostic(
        .error, .missingFetcher, "nothing says how the raw objects of `\(integration.name)` are fetched",
        help: "declare it in \(PathText.join(folder, "fetcher.yml")) (docs/FETCHER.md); "
          + "for \(BuiltInFetchers.names.joined(separator: " and ")) it is built in")
    ])
  }
}

extension FetcherDefinition.Events {
  /// The specification with a configuration for the secret of events, where it is the usual one and has none: those of
  /// Ocean's integrations do not know it.
  fileprivate func settable(by spec: IntegrationSpec?) -> IntegrationSpec? {
    var spec = spec ?? IntegrationSpec(kinds: [])
    let name = Self.standardSecret
    guard secret.text == "\(FetcherContext.config.rawValue).\(name)",
      !spec.configurations.contains(where: { $0.name == name })
    else { return spec }
    spec.configurations.append(IntegrationSpec.Configuration(name: name, sensitive: true))
    return spec
  }
}

extension Diagnostic.Rule {
  /// An integration without a fetcher.
  public static let missingFetcher = Self("missing-fetcher")
}
