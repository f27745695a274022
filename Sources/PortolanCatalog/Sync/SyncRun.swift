import Portolan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A plan being carried out: each step of a sync, and what came of it so far.
final class SyncRun<Target: Catalog> {
  /// How many batches in a row may find the catalog out of reach before it is left alone.
  static var patience: Int { 3 }
  /// How many refused entities a report lists.
  static var listedFailures: Int { 100 }

  let plan: SyncPlan
  let catalog: Target
  let options: Sync<Target>.Options
  let run: CatalogRun
  let work: SyncWork
  let tell: @Sendable (SyncProgress) -> Void

  var result = RunResult(.completed)
  var diagnostics: [Diagnostic] = []
  /// Why no more is written.
  var halt: CatalogError?
  /// Whether the task was cancelled while there was something to do.
  var wasCancelled = false
  /// Whether the catalog has the blueprints and the like that the plan creates.
  var isSetUp = false
  /// How many batches in a row found the catalog out of reach.
  var unreachable = 0
  /// The last of the answers for which something was not written that may pass.
  var lastFault: CatalogError?
  /// How many operations are done.
  var done = 0
  var refused = 0
  /// How many entities somebody else has written meanwhile.
  var overtaken = 0

  init(
    _ plan: SyncPlan, _ catalog: Target, _ options: Sync<Target>.Options,
    _ tell: @escaping @Sendable (SyncProgress) -> Void
  ) {
    self.plan = plan
    self.catalog = catalog
    self.options = options
    self.tell = tell
    work = SyncWork(file: plan.file)
    run = CatalogRun(
      id: UUID().uuidString.lowercased(), owner: plan.summary.owner, config: plan.summary.config,
      configPath: plan.summary.configPath, startedAt: Date().timeIntervalSince1970,
      rawRetention: options.rawRetention)
  }

  /// Does all that the plan says, and tells the catalog how it ended, whatever happens.
  func carryOut() async throws -> SyncReport {
    let wasBegun = try work.prepare()
    let (catalog, run) = (catalog, run)
    try await BatchFlow.whole { try await catalog.begin(run) }
    let start = ContinuousClock.now
    do {
      try await doSteps(wasBegun)
      try judge()
    } catch {
      result.state = .failed
      let result = result
      try? await BatchFlow.whole { try await catalog.end(run, result) }
      throw error
    }
    await end()
    return try report(start.duration(to: .now))
  }

  private func doSteps(_ wasBegun: Bool) async throws {
    guard try await isTrue(wasBegun) else {
      wasCancelled = true
      return
    }
    try await setUp()
    isSetUp = true
    let blueprints = try blueprintsInOrder()
    guard !blueprints.isEmpty else { return }
    let order = BlueprintOrder(blueprints, definitions: try await definitions(blueprints))
    try work.begin(run.id)
    try await write(order)
    if options.deletes { try await delete(order) }
  }

  /// Whether the catalog is what the plan saw. Where that has not been changed at all since, nothing need be compared.
  private func isTrue(_ wasBegun: Bool) async throws -> Bool {
    if let local = catalog as? LocalCatalog, local.name == plan.summary.catalog,
      let planned = plan.summary.revision,
      try await local.revision() == planned
    {
      return true
    }
    let check = PlanCheck(
      work: work, catalog: catalog, owner: run.owner, plan: plan.summary.id, wasBegun: wasBegun,
      gate: options.gate)
    guard try await check.run() else { return false }
    if options.deletes, plan.summary.settings.deletesDependents {
      diagnostics += try await DependentCheck(check: check).run()
    }
    return !Task.isCancelled
  }

  private func setUp() async throws {
    let steps = plan.summary.setup
    guard let first = steps.first(where: \.isDone) else { return }
    guard let catalog = catalog as? any CatalogSetup else {
      throw CatalogError(
        .refused, "\(catalog.name) keeps no blueprints, and the plan creates some",
        advice: "make a plan for this catalog")
    }
    tell(
      SyncProgress(
        .setup, blueprint: first.identifier, done: 0, total: plan.summary.total.operations, failed: 0))
    diagnostics += try await BatchFlow.whole { try await DefaultResources.apply(steps, to: catalog) }
  }

  private func blueprintsInOrder() throws -> [String] {
    let there = try work.blueprints()
    let known = plan.summary.blueprints.map(\.blueprint).filter(Set(there).contains)
    return known + there.filter { !known.contains($0) }
  }

  private func definitions(_ blueprints: [String]) async throws -> [String: [UInt8]] {
    var definitions: [String: [UInt8]] = [:]
    let catalog = catalog
    for blueprint in blueprints {
      definitions[blueprint] = try await BatchFlow.whole { try await catalog.blueprint(blueprint) }
    }
    return definitions
  }
}

// MARK: The end

extension SyncRun {
  /// The operations that are neither done nor refused.
  private func remaining() throws -> PlanCounts {
    let open = try plan.file.counts(in: .open)
    var counts = PlanCounts()
    counts.create = open[.create] ?? 0
    counts.change = open[.change] ?? 0
    counts.write = open[.write] ?? 0
    counts.delete = open[.delete] ?? 0
    return counts
  }

  /// Decides how the run ended.
  private func judge() throws {
    result.failed = try work.count([.create, .change, .write, .delete], in: .refused)
    var remaining = try remaining()
    if !options.deletes { remaining.delete = 0 }
    if let halt { diagnostics.append(halt.diagnostic) }
    if wasCancelled, remaining.operations > 0 || !isSetUp {
      result.state = .interrupted
    } else if result.failed > 0 || remaining.operations > 0
      || diagnostics.contains(where: { $0.severity == .error })
    {
      result.state = .failed
    }
    if remaining.operations > 0 {
      if halt == nil, let lastFault { diagnostics.append(lastFault.diagnostic) }
      diagnostics.append(unfinished(remaining.operations))
    }
  }

  private func unfinished(_ count: Int) -> Diagnostic {
    let total = plan.summary.total.operations
    return Diagnostic(
      .warning, .catalog,
      "\(count) of \(max(count, total)) entities are not written or deleted as the plan says",
      help: "run it again: it goes on with what is missing")
  }

  /// Marks the integration's resources as initialized where they are there, as far as the catalog keeps that.
  private func markIntegration() async {
    guard plan.summary.marksIntegration ?? false, result.state == .completed,
      let catalog = catalog as? any CatalogSetup
    else { return }
    let (identifier, version) = (run.owner.identifier, run.owner.version)
    try? await BatchFlow.whole {
      try await catalog.updateIntegration(
        identifier, IntegrationDocument.mark(version: version, config: nil))
    }
  }

  private func end() async {
    await markIntegration()
    let (catalog, run, result) = (catalog, run, result)
    do {
      try await BatchFlow.whole { try await catalog.end(run, result) }
    } catch let notice as CatalogNotice {
      diagnostics.append(notice.diagnostic)
    } catch {
      diagnostics.append(CatalogError(anyError: error, from: catalog.name).diagnostic)
      if self.result.state == .completed { self.result.state = .failed }
    }
  }

  private func report(_ duration: Duration) throws -> SyncReport {
    var report = SyncReport(run: run.id, plan: plan.summary, result: result)
    report.failures = try failures()
    report.remaining = try remaining()
    report.seconds = duration / .seconds(1)
    report.overtaken = overtaken
    report.diagnostics = diagnostics
    return report
  }

  private func failures() throws -> [SyncFailure] {
    let refused = try work.refused(limit: Self.listedFailures)
    guard !refused.isEmpty else { return [] }
    let config = try? PortAppConfig(yaml: Array(run.config.utf8), file: run.configPath)
    return refused.map { item, refusal in
      SyncFailure(
        item.key, item.action, origin: item.origin,
        location: item.origin.flatMap { config?.resource(at: $0.resource)?.location }, refusal: refusal)
    }
  }
}

extension CatalogError {
  /// An error of a catalog, whatever its type: what is not known is taken for something that may pass.
  init(anyError error: any Error, from name: String) {
    self = error as? CatalogError ?? CatalogError(.unavailable, "\(name) failed: \(error)")
  }
}
