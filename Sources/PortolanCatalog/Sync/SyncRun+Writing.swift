/// Writing: blueprints in order, and what was refused once more.
extension SyncRun {
  /// Writes all that is created or changed.
  func write(_ order: BlueprintOrder) async throws {
    for component in order.components where goesOn() { try await write(component, order) }
    try await retry(order)
  }

  private func write(_ component: BlueprintOrder.Component, _ order: BlueprintOrder) async throws {
    if component.isCyclic {
      try await writeInOrder(component, order)
      try await send(lanes(component, [.create, .change, .write]), .writing) { [work] lane, after, limit in
        try work.partialItems(of: lane, after: after, limit: limit)
      }
    } else {
      try await send(lanes(component, [.create, .change, .write], areQueries: false), .writing, read: open)
    }
    // What the catalog finds by a query may have been created just now.
    try await send(lanes(component, [.write], areQueries: true), .writing, read: open)
  }

  /// Writes entities that relate to each other: each after those of this plan that it relates to, as far as they are new.
  private func writeInOrder(_ component: BlueprintOrder.Component, _ order: BlueprintOrder) async throws {
    try work.clearOrder()
    var count = 0
    for lane in lanes(component, [.create, .change, .write], areQueries: false) {
      let relations = order.relations[lane.blueprint] ?? [:]
      count += try addToOrder(lane, read: open) { [work] item in
        try EntityRelations.targets(of: item.json, relations).compactMap { relation, key, isRequired in
          try work.number(of: key, deleting: false).map {
            SyncWork.Edge(first: $0, waiting: item.number, relation: relation, isRequired: isRequired)
          }
        }
      }
    }
    try work.closeOrder()
    let source = OrderedSource(
      work, component.blueprints, count: count, size: .write(catalog.limits), circles: .broken,
      prepare: withRaw)
    try await send(source, .writing)
  }

  /// Tries once more what was refused, after everything else: whole entities. Where the catalog creates what relations
  /// lead to, only what may have been refused for a cause that passes.
  private func retry(_ order: BlueprintOrder) async throws {
    let retriesAll = !plan.summary.settings.upsert.createsMissingRelated
    for component in order.components {
      for lane in lanes(component, [.create, .change, .write]) where goesOn() {
        try await send([lane], .retrying) { [work] lane, after, limit in
          try work.refusedItems(lane, after: after, limit: limit) { retriesAll || $0.isTransient }
        }
      }
    }
  }

  private var open: (SyncLane, Int64, Int) throws -> [SyncItem] {
    { [work] lane, after, limit in try work.items(lane, in: .open, after: after, limit: limit) }
  }

  private func send(
    _ lanes: [SyncLane], _ phase: SyncProgress.Phase,
    read: @escaping (SyncLane, Int64, Int) throws -> [SyncItem]
  ) async throws {
    try await send(LaneSource(lanes, size: .write(catalog.limits), prepare: withRaw, read: read), phase)
  }

  private func send(_ inner: some BatchSource<SyncBatch>, _ phase: SyncProgress.Phase) async throws {
    let source = SplittingSource(inner)
    let (catalog, options, run) = (catalog, plan.summary.settings.upsert, run)
    let gate = self.options.gate
    try await BatchFlow.run(source, width: catalog.limits.concurrency, while: goesOn) { batch in
      await CatalogAnswer.of(catalog, batch, gate) { items in
        try await catalog.upsert(items.map(\.write), of: batch.blueprint, options, in: run)
      }
    } settle: { batch, answer in
      if batch.items.count > 1, answer.isRefusedRequest {
        source.split(batch)
      } else {
        try settle(batch, answer, phase)
      }
    }
  }

  private var withRaw: (SyncItem) throws -> SyncItem {
    guard options.rawRetention != nil else { return { $0 } }
    return { [file = plan.file] item in
      var item = item
      item.raw = try item.origin.flatMap { try file.raw($0.rawHash) }
      return item
    }
  }
}

extension SyncRun {
  func lanes(
    _ component: BlueprintOrder.Component, _ actions: [PlannedOperation.Action], areQueries: Bool? = nil
  ) -> [SyncLane] {
    component.blueprints.flatMap { blueprint in
      actions.map { SyncLane(blueprint: blueprint, action: $0, areQueries: areQueries) }
    }
  }

  /// Adds a lane to what waits, with what each operation waits for; how many these are.
  func addToOrder(
    _ lane: SyncLane, read: (SyncLane, Int64, Int) throws -> [SyncItem],
    edges: (SyncItem) throws -> [SyncWork.Edge]
  ) throws -> Int {
    var (count, last): (Int, Int64) = (0, 0)
    while true {
      let items = try read(lane, last, 500)
      guard let end = items.last else { return count }
      try work.addPending(items, items.flatMap(edges))
      count += items.count
      last = end.number
    }
  }
}

extension WriteOutcome.Refusal {
  /// Whether it may be taken the next time.
  package var isTransient: Bool { [408, 429, 500, 502, 503, 504].contains(status) }
}
