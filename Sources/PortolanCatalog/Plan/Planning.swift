import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The making of one plan.
struct Planning<Target: Catalog> {
  private let mapping: CompiledMapping
  private let owner: Datasource
  private let options: Planner.Options
  private let catalog: Target

  private var config: PortAppConfig { mapping.config }

  init(_ mapping: CompiledMapping, _ owner: Datasource, _ options: Planner.Options, _ catalog: Target) {
    self.mapping = mapping
    self.owner = owner
    self.options = options
    self.catalog = catalog
  }

  /// Makes the plan and writes it into an empty file.
  func fill(
    _ file: PlanFile, by fetcher: some RawFetcher, _ progress: (MappingProgress) -> Void
  ) async throws {
    var summary = PlanSummary(owner: owner, catalog: catalog.name, settings: SyncSettings(config))
    summary.id = String((0..<8).compactMap { _ in "0123456789abcdef".randomElement() })
    summary.createdAt = Date().timeIntervalSince1970
    summary.config = String(decoding: config.source, as: UTF8.self)
    summary.configPath = config.path
    summary.diagnostics = config.diagnostics

    let context = try await context(file, &summary)
    var desired = DesiredEntities(context)
    let pipeline = MappingPipeline(mapping, threads: options.threads)
    let reports = try await pipeline.run(fetcher, kinds: options.kinds, into: &desired, progress: progress)
    try await ForeignEntities(context, catalog).lookUp(&desired)

    let files = try NamedFiles(reports, context)
    summary.obstacle = PlanObstacles(config, summary.settings.upsert, files).reason(reports)
    let resources = ResourceOutlook.all(config, reports, made: desired.made, kinds: options.kinds)
    let relations = try await relations(context, desired)
    summary.diagnostics += config.added(
      MappingLosses(mapping).diagnostics(reports) + files.diagnostics(besides: config.diagnostics)
        + desired.duplicates.diagnostics)
    summary.diagnostics += try await judge(context, desired, resources, relations)
    if let setup = catalog as? any CatalogSetup, let planned = options.setup {
      let steps = try await planned.steps(
        for: setup, owner: owner, config: summary.config, updatesBlueprints: options.updatesBlueprints)
      summary.marksIntegration = DefaultResources.isMarkAlone(steps)
      summary.setup = DefaultResources.isMarkAlone(steps) ? steps.filter { !$0.isDone } : steps
    }
    summary.diagnostics += try await refusals(context, desired, summary.setup)
    try PlanSummarizer(context, resources, relations).complete(&summary, desired)
    try file.setSummary(summary)
  }

  /// The definitions that the desired entities' blueprints will have in a catalog that keeps some; nil for those that
  /// are neither there nor created first.
  private func definitions(
    _ desired: DesiredEntities, _ steps: [SetupStep]
  ) async throws -> [(blueprint: String, json: [UInt8]?)] {
    guard let setup = catalog as? any CatalogSetup else { return [] }
    let written = steps.filter { $0.subject == .blueprint && $0.isDone }
    var definitions: [(blueprint: String, json: [UInt8]?)] = []
    for blueprint in Set(desired.made.values.flatMap(\.keys)).sorted() {
      if let step = written.first(where: { $0.identifier == blueprint }) {
        definitions.append((blueprint, Array(step.json.utf8)))
      } else {
        definitions.append((blueprint, try await setup.blueprint(blueprint)))
      }
    }
    return definitions
  }

  /// What the catalog will refuse, as far as its blueprints tell.
  private func refusals(
    _ context: PlanContext, _ desired: DesiredEntities, _ steps: [SetupStep]
  ) async throws -> [Diagnostic] {
    var refusals = PlannedRefusals(context)
    var unknown: [Diagnostic] = []
    for (blueprint, definition) in try await definitions(desired, steps) {
      if let definition {
        try refusals.judge(blueprint, by: definition)
      } else if !blueprint.hasPrefix("_") {
        let count = desired.made.values.map { $0[blueprint] ?? 0 }.reduce(0, +)
        unknown.append(unknownBlueprint(blueprint, count))
      }
    }
    return unknown + refusals.diagnostics
  }

  private func unknownBlueprint(_ blueprint: String, _ count: Int) -> Diagnostic {
    let entities = count == 1 ? "1 entity" : "\(count.grouped) entities"
    return Diagnostic(
      .error, .unknownBlueprint,
      "there is no blueprint `\(blueprint)` in \(catalog.name), and none is created: \(entities) will be refused",
      help: "add it to blueprints.json, or name another one in the mapping")
  }

  private func context(_ file: PlanFile, _ summary: inout PlanSummary) async throws -> PlanContext {
    let snapshot =
      if let local = catalog as? LocalCatalog {
        try EntitySnapshot(local, owner: owner)
      } else {
        try await EntitySnapshot(copying: catalog, owner: owner)
      }
    summary.revision = snapshot.revision
    return PlanContext(
      config: config, owner: owner, options: options, settings: summary.settings, snapshot: snapshot,
      file: file,
      comparison: EntityComparison(merges: summary.settings.upsert.merges, ignoring: options.ignored),
      places: ConfigPlaces(config), previous: try await previous(&summary), owned: try snapshot.ownedCounts())
  }

  /// The config that was applied last. One that cannot be read is as good as none, and is named.
  private func previous(_ summary: inout PlanSummary) async throws -> PreviousConfig {
    guard let applied = try await catalog.appliedConfig(of: owner), !applied.isEmpty else { return .unknown }
    summary.editedLines = PreviousMapping.editedLines(applied, config.source)
    if applied == config.source { return .same }
    do throws(DiagnosticsError) {
      let previous = try PortAppConfig(yaml: applied, file: "the config that was applied last")
      // Port keeps a config as JSON.
      if previous.saysSame(as: config) { return .same }
      return .other(PreviousMapping(previous, before: config, environment: mapping.environment))
    } catch {
      summary.diagnostics.append(
        Diagnostic(
          .warning, .catalog, "the config that was applied last cannot be read: \(error)",
          help: "whether the mapping or the source made a change is not told this time"))
      return .unknown
    }
  }

  private func relations(_ context: PlanContext, _ desired: DesiredEntities) async throws
    -> BlueprintRelations
  {
    let made = desired.made.values.flatMap(\.keys)
    return try await BlueprintRelations(
      Set(made).union(context.owned.keys).sorted(), of: catalog, planned: options.setup)
  }

  /// Judges what nobody made, and finds out what is a rename.
  private func judge(
    _ context: PlanContext, _ desired: DesiredEntities, _ resources: [ResourceOutlook],
    _ relations: BlueprintRelations
  ) async throws -> [Diagnostic] {
    let removals = Removals(
      context: context,
      holds: BlueprintHolds(
        resources: resources, owned: context.owned, kinds: options.kinds, allowedEmpty: options.allowedEmpty),
      causes: RemovalCauses(context.previous, config))
    try removals.collect(desired)
    try QueryHolds(context: context, relations: relations).judge()
    let diagnostics = try await RelationHolds(context, relations, catalog) { desired.isSeen($0) }.judge()
    try removals.judgeShare()
    try Renames(context: context).find()
    if context.settings.deletesDependents { try context.file.keepDependents() }
    return diagnostics
  }
}
