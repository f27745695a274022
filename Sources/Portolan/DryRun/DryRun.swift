import JQ

/// Runs a config and keeps what comes of it: on fixtures, with no account and no network, or on what a fetcher
/// supplies now.
///
/// ```swift
/// let config = try PortAppConfig(contentsOf: "port-app-config.yml")
/// let result = await DryRun(config, fixtures: FixtureFolder("Fixtures/jira")).run()
/// print(result.hasErrors)
/// ```
public struct DryRun: Sendable {
  private let config: PortAppConfig
  private let source: RunSource
  /// How many entities of a resource are kept, nil for all.
  private let entityLimit: Int?
  private let blueprints: Blueprints?
  private let environment: JQEnvironment
  private let pipeline: MappingPipeline

  /// Prepares a run of `config` on the objects in `fixtures`.
  ///
  /// - Parameters:
  ///   - config: what to run.
  ///   - fixtures: the raw objects.
  ///   - blueprints: what the entities are checked against; nil to leave that.
  ///   - environment: what expressions see as `env`.
  ///   - threads: how many threads map at once; at least 1.
  public init(
    _ config: PortAppConfig, fixtures: FixtureFolder, blueprints: Blueprints? = nil,
    environment: JQEnvironment = JQEnvironment(), threads: Int = 1
  ) {
    self.init(
      config, .fixtures(fixtures), entityLimit: nil, blueprints: blueprints, environment: environment,
      threads: threads)
  }

  /// Prepares a run of `config` on what a fetcher supplies. Its memory does not grow with that.
  ///
  /// - Parameters:
  ///   - config: what to run.
  ///   - fetcher: supplies the raw objects.
  ///   - entityLimit: how many entities of each resource are kept and checked, nil for all.
  ///   - blueprints: what the entities are checked against; nil to leave that.
  ///   - environment: what expressions see as `env`.
  ///   - threads: how many threads map at once; at least 1.
  public init(
    _ config: PortAppConfig, fetcher: any RawFetcher, keeping entityLimit: Int? = 1000,
    blueprints: Blueprints? = nil, environment: JQEnvironment = JQEnvironment(), threads: Int = 1
  ) {
    self.init(
      config, .fetcher(fetcher, RawSample()), entityLimit: entityLimit, blueprints: blueprints,
      environment: environment, threads: threads)
  }

  private init(
    _ config: PortAppConfig, _ source: RunSource, entityLimit: Int?, blueprints: Blueprints?,
    environment: JQEnvironment, threads: Int
  ) {
    self.config = config
    self.source = source
    self.entityLimit = entityLimit
    self.blueprints = blueprints
    self.environment = environment
    pipeline = MappingPipeline(CompiledMapping(config, environment: environment), threads: threads)
  }

  /// Maps every object.
  ///
  /// - Parameters:
  ///   - kinds: the kinds to map; nil for all.
  ///   - progress: is told, after each page, how far the run is.
  /// - Returns: every resource's report and entities, and all that was found wrong.
  public func run(
    kinds: Set<String>? = nil, progress: (DryRunProgress) -> Void = { _ in }
  ) async -> DryRunResult {
    var sink = ResourceSink(limit: entityLimit)
    // The sink throws nothing: without reports the task was cancelled.
    let finished = try? await mapped(kinds, &sink, progress)
    let reports = finished ?? []
    let resources = reports.map {
      DryRunResult.Resource(report: $0, entities: sink.entities[$0.index] ?? [])
    }
    let ofData =
      (finished == nil ? [Self.cancelled] : [])
      + fixtureFindings(reports, isWhole: kinds == nil && finished != nil)
      + checked(resources, isWhole: kinds == nil && resources.allSatisfy(\.isWhole))
    let isWhole = kinds == nil && finished != nil && source.isFixtures && blueprints != nil
    return DryRunResult(
      resources: resources,
      leftOut: config.leftOutResources.filter { resource in
        kinds.map { kinds in resource.kind.map(kinds.contains) ?? true } ?? true
      },
      diagnostics: findings(with: ofData, isWhole: isWhole))
  }

  /// What is wrong with the config, and what only data tells of it, in the config's order; then what is wrong
  /// elsewhere. What `isWhole` finds all that there is to find.
  private func findings(with ofData: [Diagnostic], isWhole: Bool) -> [Diagnostic] {
    let said = config.findings(seeing: environment, blueprints)
    var unused: [Diagnostic] = []
    if isWhole, let blueprints {
      // Those that are off are found all the same.
      let found = ofData + BlueprintRules(config.tree, blueprints).findings()
      unused = config.levels.unused(among: found, of: RuleLevels.rulesOfData)
    }
    let added = config.levels.applied(to: ofData + unused).filter { finding in
      !said.contains {
        $0.rule == finding.rule && $0.field == finding.field && $0.location == finding.location
      }
    }
    let found = said + added
    return found.filter { $0.location?.file == config.path }.inFileOrder()
      + found.filter { $0.location?.file != config.path }
  }

  private func mapped(
    _ kinds: Set<String>?, _ sink: inout ResourceSink, _ progress: (DryRunProgress) -> Void
  ) async throws -> [ResourceReport] {
    switch source {
    case .fetcher(let fetcher, let sample):
      return try await mapped(fetcher, sample, kinds, &sink) {
        progress(DryRunProgress(position: $0, share: nil))
      }
    case .fixtures(let fixtures):
      let kindSizes = FetchGroup.groups(of: config).map(\.request.kind)
        .filter { kinds?.contains($0) ?? true }.map { (kind: $0, size: fixtures.size(ofKind: $0)) }
      let total = kindSizes.map(\.size).reduce(0, +)
      return try await pipeline.run(FixtureFetcher(fixtures), kinds: kinds, into: &sink) { position in
        let before = kindSizes.prefix { $0.kind != position.kind }.map(\.size).reduce(0, +)
        let share = Double(before + position.bytes) / Double(max(total, 1))
        progress(DryRunProgress(position: position, share: min(share, 1)))
      }
    }
  }

  private func mapped(
    _ fetcher: some RawFetcher, _ sample: RawSample, _ kinds: Set<String>?, _ sink: inout ResourceSink,
    _ progress: (MappingProgress) -> Void
  ) async throws -> [ResourceReport] {
    let sampled = SampledFetcher(base: fetcher, sample: sample)
    return try await pipeline.run(sampled, kinds: kinds, into: &sink, progress: progress)
  }

  private static let cancelled = Diagnostic(
    .error, .fetchFailed, "the run was cancelled before its end", help: "run it again")

  /// What went wrong, and what is doubtful about the entities and fields, in the config's order.
  private func checked(_ resources: [DryRunResult.Resource], isWhole: Bool) -> [Diagnostic] {
    let checks = ResultChecks(config: config, blueprints: blueprints, isWhole: isWhole)
    let found = resources.map { ResourceChecks(config, $0.report, source, environment).diagnostics() }
    let isSaid = { config.says($0) }
    let blank = zip(resources, found).map { ($0.report.index, $1.blankIdentifiers) }
    let blankIdentifiers = Dictionary(blank) { $0.union($1) }
    return found.flatMap(\.ofObjects).filter { !isSaid($0) }
      + (checks.diagnostics(resources, blankIdentifiers) + found.flatMap(\.ofResource)).inFileOrder()
  }

  private func fixtureFindings(_ reports: [ResourceReport], isWhole: Bool) -> [Diagnostic] {
    guard case .fixtures(let fixtures) = source else { return [] }
    return FixtureCheck(config: config, fixtures: fixtures).diagnostics(reports, isWhole: isWhole)
  }
}

/// Keeps entities by the resource that made them.
private struct ResourceSink: EntitySink {
  var entities: [Int: [Entity]] = [:]
  /// How many of a resource are kept, nil for all.
  let limit: Int?

  init(limit: Int?) {
    self.limit = limit
  }

  mutating func receive(_ batch: EntityBatch) {
    for entity in batch where entities[entity.resource]?.count ?? 0 < limit ?? .max {
      entities[entity.resource, default: []].append(entity)
    }
  }
}

/// How far a dry run is.
public struct DryRunProgress: Sendable {
  /// How far the current kind is.
  public let position: MappingProgress
  /// The share of all fixtures' bytes that has been mapped, from 0 to 1; nil where the end is not known.
  public let share: Double?
}

/// What a dry run came to.
public struct DryRunResult: Sendable {
  /// A resource's report and its entities, in the order of the raw objects.
  public struct Resource: Sendable {
    /// The counts, and the fields that were null or failed.
    public let report: ResourceReport
    /// The entities, or the first of them: see ``isWhole``.
    public let entities: [Entity]

    /// Whether all of the entities are here.
    public var isWhole: Bool { entities.count == report.mapped }
  }

  /// The resources, in the config's order.
  public let resources: [Resource]
  /// The resources of the file that are not well-formed, and so did not run.
  package let leftOut: [PortAppConfig.LeftOutResource]
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
