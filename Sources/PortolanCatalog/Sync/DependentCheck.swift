import Portolan

/// Finds out, where dependents go with what is deleted, whether something relates to it that the plan does not name.
struct DependentCheck<Target: Catalog>: Sendable {
  /// How many entities are asked for at once.
  private static var batchSize: BatchSize { BatchSize(entities: 100, bytes: .max) }

  let check: PlanCheck<Target>

  private var work: SyncWork { check.work }

  /// Asks for everything that relates to what is open to be deleted, and to what the plan says goes with that.
  ///
  /// - Returns: what could not be asked.
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/stale`` that names what would be deleted too.
  func run() async throws -> [Diagnostic] {
    let lanes = try work.blueprints().map { SyncLane(blueprint: $0, action: .delete) }
    let source = LaneSource(lanes, size: Self.batchSize) { lane, after, limit in
      try work.items(lane, in: .open, after: after, limit: limit)
    }
    var found = Findings()
    let catalog = check.catalog
    try await BatchFlow.run(
      source, width: catalog.limits.concurrency, while: { !Task.isCancelled && found.problem == nil }
    ) { batch in
      await Self.related(batch.items.map(\.key), in: catalog)
    } settle: { _, answer in
      try judge(answer, &found)
    }
    while let keys = found.nextTargets(), found.problem == nil, !Task.isCancelled {
      try judge(await Self.related(keys, in: catalog), &found)
    }
    if found.count > 0 { throw check.stale(found.count, found.examples) }
    return found.problem.map { [Self.finding($0)] } ?? []
  }

  private static func related(
    _ keys: [EntityKey], in catalog: Target
  ) async -> Result<[RelatedEntity], any Error> {
    do {
      return .success(try await catalog.relatedEntities(to: keys))
    } catch {
      return .failure(error)
    }
  }

  private func judge(_ answer: Result<[RelatedEntity], any Error>, _ found: inout Findings) throws {
    switch answer {
    case .failure(let error):
      let problem = CatalogError(anyError: error, from: check.catalog.name)
      if problem.endsRun { throw problem }
      found.problem = problem
    case .success(let related):
      for related in related where !related.source.isSame(as: related.target) {
        // What the plan writes is seen to be what the plan saw, and so is what it deletes.
        if try work.isPlanned(related.source) { continue }
        found.add(related, isNamed: try work.isDependent(related.source))
      }
    }
  }

  private static func finding(_ problem: CatalogError) -> Diagnostic {
    var finding = problem.diagnostic
    finding.severity = .warning
    finding.message = "whether others relate by now to what is deleted cannot be told: \(problem.message)"
    finding.help = "they would be deleted too; `deleteDependentEntities: false` in the config keeps them"
    return finding
  }
}

extension DependentCheck {
  /// What was found so far.
  private struct Findings {
    /// How many entities relate to what is deleted, and are not named.
    var count = 0
    var examples: [String] = []
    var problem: CatalogError?
    /// Those that the plan names: what relates to them goes too.
    private var named: Set<EntityKey> = []
    private var open: [EntityKey] = []

    mutating func add(_ related: RelatedEntity, isNamed: Bool) {
      if isNamed {
        if named.insert(related.source).inserted { open.append(related.source) }
        return
      }
      count += 1
      guard examples.count < 5 else { return }
      examples.append(
        "\(related.source.description.shortened(to: 80)) relates to \(related.target.description.shortened(to: 80)) "
          + "(\(related.relation)) by now, and would be deleted with it")
    }

    /// The next ones that are to be asked for, nil where there are none.
    mutating func nextTargets() -> [EntityKey]? {
      let next = Array(open.suffix(100))
      open.removeLast(next.count)
      return next.isEmpty ? nil : next
    }
  }
}
