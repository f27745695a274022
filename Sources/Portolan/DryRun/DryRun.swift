import JQ

/// Runs a config on fixtures: no account, no network.
///
/// ```swift
/// let config = try PortAppConfig(contentsOf: "port-app-config.yml")
/// let result = await DryRun(config, fixtures: FixtureFolder("Fixtures/jira")).run()
/// print(result.hasErrors)
/// ```
public struct DryRun: Sendable {
  private let config: PortAppConfig
  private let fixtures: FixtureFolder
  private let engine: MappingEngine

  /// Prepares a run of `config` on the objects in `fixtures`; `environment` is what expressions see as `env`.
  public init(_ config: PortAppConfig, fixtures: FixtureFolder, environment: JQEnvironment = JQEnvironment()) {
    self.config = config
    self.fixtures = fixtures
    engine = MappingEngine(config, environment: environment)
  }

  /// Maps every fixture.
  ///
  /// - Parameters:
  ///   - kinds: the kinds to map; nil for all.
  ///   - progress: is told, after each page, what the current resource has come to.
  public func run(
    kinds: Set<String>? = nil, progress: (ResourceReport) -> Void = { _ in }
  ) async -> DryRunResult {
    var entities: [Int: [Entity]] = [:]
    let reports = await engine.run(FixtureFetcher(fixtures), kinds: kinds) { page, report in
      entities[report.index, default: []] += page
      progress(report)
    }
    return DryRunResult(
      resources: reports.map { DryRunResult.Resource(report: $0, entities: entities[$0.index] ?? []) },
      diagnostics: config.diagnostics + missingFixtures(kinds) + reports.flatMap(\.diagnostics))
  }

  private func missingFixtures(_ kinds: Set<String>?) -> [Diagnostic] {
    var seen: Set<String> = []
    return config.resources.compactMap { resource in
      let kind = resource.kind
      guard kinds?.contains(kind) ?? true, seen.insert(kind).inserted, fixtures.files(ofKind: kind).isEmpty
      else { return nil }
      let name = FixtureFolder.fileName(kind)
      return Diagnostic(
        .warning, .missingFixture, "kind `\(kind)` has no fixture in \(fixtures.path)",
        help: "put raw objects into \(fixtures.path)/\(name).json, or one a file into \(fixtures.path)/\(name)/",
        at: resource.location)
    }
  }
}

/// What a dry run came to.
public struct DryRunResult: Sendable {
  /// A resource's report and its entities, in the order of the raw objects.
  public struct Resource: Sendable {
    /// The counts, and the fields that were null or failed.
    public let report: ResourceReport
    /// The entities.
    public let entities: [Entity]
  }

  /// The resources, in the config's order.
  public let resources: [Resource]
  /// Everything found wrong or doubtful: in the config, then in the fixtures.
  public let diagnostics: [Diagnostic]

  /// Whether something in the mapping is wrong: an expression does not compile, an item failed.
  public var hasErrors: Bool {
    diagnostics.contains { $0.severity == .error } || resources.contains { $0.report.failed > 0 }
  }

  /// Whether something is doubtful: a warning, or an expression that failed on an object.
  public var hasWarnings: Bool {
    diagnostics.contains { $0.severity == .warning }
      || resources.contains { $0.report.fields.contains { $0.errors > 0 } }
  }
}
