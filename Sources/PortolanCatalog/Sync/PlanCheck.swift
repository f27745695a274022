import RawJSON

/// Finds out whether a plan is still true: whether the catalog has what the plan saw, so that carrying it out does what
/// it says and nothing else.
///
/// A plan that was begun before, and cut off, may have made changes of its own: there an entity may also be as the plan
/// makes it, wholly or in part.
struct PlanCheck<Target: Catalog>: Sendable {
  /// What the catalog is asked for at once.
  private static var batchSize: BatchSize { BatchSize(entities: 100, bytes: .max) }
  /// How many entities are named that are not as they were.
  private static var named: Int { 5 }

  let work: SyncWork
  let catalog: Target
  let owner: Datasource
  let plan: String
  let wasBegun: Bool
  var gate: (any SyncGate)?

  /// Compares all that is open.
  ///
  /// - Returns: false where the task was cancelled before its end.
  /// - Throws: ``CatalogError`` with ``CatalogError/Kind/stale`` that names what changed.
  func run() async throws -> Bool {
    let lanes = try work.blueprints().flatMap { blueprint in
      [PlannedOperation.Action.create, .change, .delete].map { SyncLane(blueprint: blueprint, action: $0) }
    }
    let source = LaneSource(lanes, size: Self.batchSize) { lane, after, limit in
      try work.items(lane, in: .open, after: after, limit: limit)
    }
    var (count, examples): (Int, [String]) = (0, [])
    try await BatchFlow.run(
      source, width: catalog.limits.concurrency, while: { !Task.isCancelled }, send: found
    ) { batch, answer in
      let (entities, overtaken) = try answer.get()
      let found = Dictionary(entities.map { (Array($0.key.identifier.utf8), $0) }) { first, _ in first
      }
      for item in batch.items where !overtaken.contains(item.key) {
        if item.action == .delete, let entity = found[Array(item.key.identifier.utf8)],
          entity.datasource == nil
        {
          try work.addOwnerless(item.key)
        }
        guard let problem = try problem(item, found[Array(item.key.identifier.utf8)]) else { continue }
        count += 1
        if count <= Self.named { examples.append("\(item.key.description.shortened(to: 80)) \(problem)") }
      }
    }
    if count > 0 { throw stale(count, examples) }
    try await checkOwners()
    return !Task.isCancelled
  }

  /// What the catalog has of a batch's entities, and those of them that somebody else has written meanwhile.
  private func found(
    _ batch: SyncBatch
  ) async -> Result<(entities: [CatalogEntity], overtaken: Set<EntityKey>), any Error> {
    do {
      let entities = try await catalog.entities(batch.items.map(\.key.identifier), of: batch.blueprint)
      // Asked afterwards: what was written in between is not what the plan saw, and is overtaken.
      return .success((entities, await gate?.overtaken(batch.items.map(\.key)) ?? []))
    } catch let error as CatalogError where error.kind == .notFound {
      // A blueprint that the setup creates first.
      return .success(([], []))
    } catch {
      return .failure(error)
    }
  }

  /// Where the catalog does not say of single entities who owns them, all that are owned are asked for: what is to be
  /// deleted must be among them.
  private func checkOwners() async throws {
    guard try work.ownerless(limit: 1).count > 0 else { return }
    for try await entities in catalog.ownedEntities(of: owner) {
      try work.removeOwnerless(entities.map(\.key))
      if Task.isCancelled { return }
    }
    let (count, first) = try work.ownerless(limit: Self.named)
    guard count > 0 else { return }
    throw stale(count, first.map { "\($0.description.shortened(to: 80)) is not owned any more" })
  }

  func stale(_ count: Int, _ examples: [String]) -> CatalogError {
    let others = count > examples.count ? ", and \(count - examples.count) more" : ""
    return CatalogError(
      .stale,
      "the catalog has changed since the plan \(plan) was made: \(examples.joined(separator: ", "))\(others)",
      advice: "nothing was written; make a new plan")
  }
}

extension PlanCheck {
  /// What is not as the plan saw it, nil where all is.
  private func problem(_ item: SyncItem, _ found: CatalogEntity?) throws -> String? {
    let planned = try work.documents(of: item.number)
    guard let found else {
      // What was to be deleted, and is gone, may be this plan's own work.
      if item.action == .create || item.action == .delete && wasBegun { return nil }
      return planned.before.map(Self.isBare) ?? false ? nil : "is gone"
    }
    let isOwned = found.datasource.map(owner.owns)
    switch item.action {
    // What somebody's relation has created bare meanwhile is nobody's, and is filled.
    case .create where found.datasource == nil && Self.isUnfilled(found.json): return nil
    case .create:
      let isOwnWork = wasBegun && isOwned != false && isBetween(found.json, nil, planned.after)
      return isOwnWork ? nil : "is there already"
    case .delete where isOwned == false: return "was written by somebody else"
    default: return isBetween(found.json, planned.before, planned.after) ? nil : "is not what it was"
    }
  }

  /// Whether an entity is as it was before the plan, or, where that was begun, on the way to what it makes.
  private func isBetween(_ found: [UInt8], _ before: [UInt8]?, _ after: [UInt8]?) -> Bool {
    if let before, Self.changes(before, found).isEmpty { return true }
    guard wasBegun else { return false }
    guard let after else { return isLoosened(found, before) }
    let reached = Set(Self.changes(found, after))
    let begun = Self.changes(before ?? Self.nothing, found)
    return begun.allSatisfy { !reached.contains($0) || $0 == "identifier" || $0 == "blueprint" }
  }

  /// Whether an entity that is to be deleted has lost nothing but relations.
  private func isLoosened(_ found: [UInt8], _ before: [UInt8]?) -> Bool {
    EntityComparison(merges: false).changes(from: before ?? Self.nothing, to: found).allSatisfy {
      $0.field.hasPrefix("relations.") && ($0.after ?? "null") == "null"
    }
  }

  /// Whether the plan knew no more of an entity than that it is owned: it was not found then either.
  private static func isBare(_ json: [UInt8]) -> Bool {
    (JSONView(valid: json).members ?? []).allSatisfy { name, _ in
      name == "identifier" || name == "blueprint"
    }
  }

  /// Whether nothing but its name is known of an entity.
  private static func isUnfilled(_ json: [UInt8]) -> Bool {
    (JSONView(valid: json).members ?? []).allSatisfy { name, value in
      name == "identifier" || name == "blueprint" || value.members?.isEmpty ?? false
    }
  }

  private static var nothing: [UInt8] { Array("{}".utf8) }

  /// The fields in which two documents differ.
  private static func changes(_ one: [UInt8], _ other: [UInt8]) -> [String] {
    one == other ? [] : EntityComparison(merges: false).changes(from: one, to: other).map(\.field)
  }
}
