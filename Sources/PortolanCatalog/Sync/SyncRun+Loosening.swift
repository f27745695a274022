import RawJSON

/// Deleting what depends on one another, where dependents are not deleted too: no order can, so that some are written
/// first without the relations that close the circle. They are to be deleted anyway.
extension SyncRun {
  /// Deletes what waits for each other, after what waits for nothing.
  func deleteInOrder(_ component: BlueprintOrder.Component, count: Int) async throws {
    var canLoosen = true
    while true {
      let source = OrderedSource(
        work, component.blueprints, count: count, size: .deletion(catalog.limits),
        circles: canLoosen ? .kept : .asTheyAre)
      try await sendDeletions(source)
      guard canLoosen, goesOn() else { return }
      canLoosen = try await loosen(component)
    }
  }

  /// Writes some that are still to be deleted without the relations that keep others; whether anything came of it.
  private func loosen(_ component: BlueprintOrder.Component) async throws -> Bool {
    var isLooser = false
    for blueprint in component.blueprints where !isLooser {
      let items = try work.items(
        numbered: work.pending(.any, of: blueprint, limit: max(1, catalog.limits.entities)))
      let loosened = try items.compactMap(withoutKeeping)
      guard !loosened.isEmpty, goesOn() else { continue }
      isLooser = try await write(SyncBatch(blueprint: blueprint, items: loosened))
    }
    return isLooser
  }

  private func withoutKeeping(_ item: SyncItem) throws -> SyncItem? {
    let relations = try work.keepingRelations(of: item.number)
    guard !relations.isEmpty else { return nil }
    var item = item
    item.json = EntityRelations.clearing(relations, of: item.key)
    return item
  }

  /// Writes what is to be deleted; whether one was taken.
  private func write(_ batch: SyncBatch) async throws -> Bool {
    let (catalog, run, gate) = (catalog, run, options.gate)
    let options = UpsertOptions(
      merges: true, createsMissingRelated: plan.summary.settings.upsert.createsMissingRelated)
    let answer = await Task {
      await CatalogAnswer.of(catalog, batch, gate) { items in
        try await catalog.upsert(items.map(\.write), of: batch.blueprint, options, in: run)
      }
    }.value
    guard case .success(let outcomes) = answer.outcomes else { return false }
    let taken = zip(batch.items, outcomes).filter { if case .done = $0.1 { true } else { false } }
    for (item, _) in taken { try work.loosen(item.number) }
    return !taken.isEmpty
  }
}
