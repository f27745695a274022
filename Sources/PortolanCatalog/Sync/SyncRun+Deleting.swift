import Portolan

/// Deleting: what depends on others first, and nothing that something desired still needs.
extension SyncRun {
  /// Deletes what the plan says, after everything is written.
  func delete(_ order: BlueprintOrder) async throws {
    guard goesOn() else { return }
    let kept = try work.keepBack(dependents: plan.summary.settings.deletesDependents ? order.relations : [:])
    if kept > 0 { diagnostics.append(keptBack(kept)) }
    for component in order.components.reversed() where goesOn() {
      try await delete(component, order)
    }
  }

  private func keptBack(_ count: Int) -> Diagnostic {
    Diagnostic(
      .warning, .catalog,
      "\(count) deletions are held back, since what takes the place of the entities, or relates to them, could not be written",
      help: "they are made by the next run that can write it")
  }

  private func delete(_ component: BlueprintOrder.Component, _ order: BlueprintOrder) async throws {
    let (lanes, size) = (lanes(component, [.delete]), BatchSize.deletion(catalog.limits))
    guard component.isCyclic, !plan.summary.settings.deletesDependents else {
      return try await sendDeletions(LaneSource(lanes, size: size, read: deletions))
    }
    try work.clearOrder()
    var count = 0
    for lane in lanes {
      let relations = order.relations[lane.blueprint] ?? [:]
      count += try addToOrder(lane, read: deletions) { [work] item in
        guard let before = try work.documents(of: item.number).before else { return [] }
        return try EntityRelations.targets(of: before, relations).compactMap { relation, key, isRequired in
          guard let target = try work.number(of: key, deleting: true), target != item.number else {
            return nil
          }
          return SyncWork.Edge(
            first: item.number, waiting: target, relation: relation, isRequired: isRequired)
        }
      }
    }
    try work.closeOrder()
    try await deleteInOrder(component, count: count)
  }

  private var deletions: (SyncLane, Int64, Int) throws -> [SyncItem] {
    { [work] lane, after, limit in try work.deletions(of: lane.blueprint, after: after, limit: limit) }
  }

  /// Sends deletions; where all of a batch are refused, in halves.
  func sendDeletions(_ inner: some BatchSource<SyncBatch>) async throws {
    let source = SplittingSource(inner)
    let (catalog, deletesDependents, run) = (catalog, plan.summary.settings.deletesDependents, run)
    let gate = options.gate
    try await BatchFlow.run(source, width: catalog.limits.concurrency, while: goesOn) { batch in
      await CatalogAnswer.of(catalog, batch, gate) { items in
        try await catalog.delete(
          items.map(\.key.identifier), of: batch.blueprint, deletingDependents: deletesDependents,
          in: run)
      }
    } settle: { batch, answer in
      if batch.items.count > 1, answer.isRefusalOfAll {
        source.split(batch)
      } else {
        try settle(batch, answer, .deleting)
      }
    }
  }
}
