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
  private let blueprints: Blueprints?
  private let environment: JQEnvironment
  private let engine: MappingEngine

  /// Prepares a run of `config` on the objects in `fixtures`.
  ///
  /// - Parameters:
  ///   - config: what to run.
  ///   - fixtures: the raw objects.
  ///   - blueprints: what the entities are checked against; nil to leave that.
  ///   - environment: what expressions see as `env`.
  public init(
    _ config: PortAppConfig, fixtures: FixtureFolder, blueprints: Blueprints? = nil,
    environment: JQEnvironment = JQEnvironment()
  ) {
    self.config = config
    self.fixtures = fixtures
    self.blueprints = blueprints
    self.environment = environment
    engine = MappingEngine(config, environment: environment)
  }

  /// Maps every fixture.
  ///
  /// - Parameters:
  ///   - kinds: the kinds to map; nil for all.
  ///   - progress: is told, after each page, how far the run is.
  /// - Returns: every resource's report and entities, and all that was found wrong.
  public func run(
    kinds: Set<String>? = nil, progress: (DryRunProgress) -> Void = { _ in }
  ) async -> DryRunResult {
    var entities: [Int: [Entity]] = [:]
    let sizes = config.resources.filter { kinds?.contains($0.kind) ?? true }
      .map { (index: $0.index, size: fixtures.size(ofKind: $0.kind)) }
    let total = sizes.map(\.size).reduce(0, +)
    let reports = await engine.run(FixtureFetcher(fixtures), kinds: kinds) { page, report in
      entities[report.index, default: []] += page
      let before = sizes.prefix { $0.index != report.index }.map(\.size).reduce(0, +)
      let share = Double(before + report.rawBytes) / Double(max(total, 1))
      progress(DryRunProgress(report: report, share: min(share, 1)))
    }
    let resources = reports.map { DryRunResult.Resource(report: $0, entities: entities[$0.index] ?? []) }
    return DryRunResult(
      resources: resources,
      diagnostics: config.diagnostics + missingFixtures(reports) + reports.flatMap(\.diagnostics)
        + checked(resources, isWhole: kinds == nil))
  }

  /// What is doubtful about the entities, and about the fields that were null for every item, in the
  /// config's order.
  private func checked(_ resources: [DryRunResult.Resource], isWhole: Bool) -> [Diagnostic] {
    let empty = EmptyFieldCheck(config: config, fixtures: fixtures, environment: environment)
    let checks = ResultChecks(config: config, blueprints: blueprints, isWhole: isWhole)
    let found = checks.diagnostics(resources) + resources.flatMap { empty.diagnostics($0.report) }
    return found.enumerated().sorted { first, second in
      let (a, b) = (first.element.location, second.element.location)
      return (a?.line ?? 0, a?.column ?? 0, first.offset) < (b?.line ?? 0, b?.column ?? 0, second.offset)
    }.map(\.element)
  }

  /// Names each kind of which no object came, for a reason that nothing else says.
  private func missingFixtures(_ reports: [ResourceReport]) -> [Diagnostic] {
    var seen: Set<String> = []
    return reports.compactMap { report in
      let kind = report.kind
      guard report.raw == 0, report.isComplete, seen.insert(kind).inserted else { return nil }
      let files = fixtures.files(ofKind: kind)
      let file = PathText.join(fixtures.path, FixtureFolder.fileName(kind))
      return Diagnostic(
        .warning, .missingFixture,
        files.isEmpty
          ? "kind `\(kind)` has no fixture in \(fixtures.path)"
          : "no raw object of kind `\(kind)` is in \(files.joined(separator: ", ").shortened(to: 200))",
        help: "put raw objects into \(file).json, or one a file into \(file)/",
        at: config.resources.first { $0.kind == kind }?.location)
    }
  }
}

/// How far a dry run is.
public struct DryRunProgress: Sendable {
  /// What the current resource has come to.
  public let report: ResourceReport
  /// The share of all fixtures' bytes that has been mapped, from 0 to 1.
  public let share: Double
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
