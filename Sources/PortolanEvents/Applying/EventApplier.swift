import Portolan
import PortolanCatalog

/// Puts the object of an event into a catalog as it is now: its entities are written, and those that it does not make any
/// more are deleted, if they are the integration's own.
package struct EventApplier: Sendable {
  /// How often it is asked again for an object that an event says is gone, and that is still there.
  private static let patience = 3

  private let mapping: CompiledMapping
  /// The same mapping with selectors that keep everything.
  private let everything: CompiledMapping
  private let fetcher: any EventFetcher
  private let catalog: any Catalog
  private let run: CatalogRun
  private let gate: WriteGate
  private let memory: (any EntityMemory)?

  /// Prepares to apply events.
  ///
  /// - Parameters:
  ///   - mapping: what entities are made by.
  ///   - fetcher: what is asked for objects.
  ///   - catalog: what is written to.
  ///   - run: who writes.
  ///   - gate: where a sync of the same process is met.
  ///   - memory: what remembers which entities an object made; nil where nothing does.
  package init(
    _ mapping: CompiledMapping, fetcher: any EventFetcher, catalog: any Catalog, run: CatalogRun,
    gate: WriteGate = WriteGate(), memory: (any EntityMemory)? = nil
  ) {
    self.mapping = mapping
    everything = CompiledMapping(mapping.config.selectingAll, environment: mapping.environment)
    self.fetcher = fetcher
    self.catalog = catalog
    self.run = run
    self.gate = gate
    self.memory = memory
  }

  /// Applies an event.
  ///
  /// - Returns: what was done.
  /// - Throws: what kept it from being done, which may pass: ``EventProblem``, and what the fetcher and the catalog throw.
  package func apply(_ work: EventWork) async throws -> EventEffect {
    let requests = mapping.requests(ofKind: work.object.kind)
    guard !requests.isEmpty else { return EventEffect() }
    while true {
      // Nil where a sync has written an entity of it meanwhile, of what it read before or after.
      let effect = try await gate.ask { moment in try await apply(work, requests, askedAt: moment) }
      if let effect { return effect }
      try Task.checkCancellation()
    }
  }

  private func apply(
    _ work: EventWork, _ requests: [FetchRequest], askedAt moment: WriteGate.Moment
  ) async throws -> EventEffect? {
    let made = try await make(work, requests)
    let before = try await memory?.made(of: work) ?? []
    let (effect, keys) = (made.effect, made.keys)
    let gone = made.isCertain ? (made.candidates + before.map(\.key)).filter { !keys.contains($0) } : []
    let change = Change(writes: made.writes, gone: Array(Set(gone)))
    guard !change.isEmpty else { return effect }
    let done = try await gate.write(Array(keys) + change.gone, askedAt: moment) {
      try await carryOut(change, effect)
    }
    if done != nil, made.isCertain { try await memory?.remember(keys.map(MadeEntity.init), of: work) }
    return done
  }
}

// MARK: What an object makes

extension EventApplier {
  private struct Made {
    var writes: [BatchWrite] = []
    /// What the object may have made before.
    var candidates: [EntityKey] = []
    /// Whether it is known of all resources whether they make something of the object.
    var isCertain = true
    var effect = EventEffect()

    var keys: Set<EntityKey> { Set(writes.compactMap(\.key)) }
  }

  private func make(_ work: EventWork, _ requests: [FetchRequest]) async throws -> Made {
    var made = Made()
    for request in requests {
      try Task.checkCancellation()
      if let page = try await fetcher.fetch(work.object, for: request) {
        if work.object.isDeleted, work.attempts < Self.patience { throw EventProblem.stillThere }
        add(page, request, to: &made)
      } else {
        made.effect.isGone = true
        let page = RawPage(work.object.json, objectsAt: .object)
        made.candidates += keys(of: page, request)
      }
    }
    return made
  }

  private func add(_ page: RawPage, _ request: FetchRequest, to made: inout Made) {
    let batch = mapping.map(page, for: request)
    made.writes += batch.writes
    let unmapped = batch.unmapped
    for object in unmapped where object.status != .filtered {
      made.isCertain = false
      made.effect.problems.append(object.problem)
    }
    if unmapped.contains(where: { $0.status == .filtered }) || batch.isEmpty {
      made.candidates += keys(of: page, request)
    }
  }

  /// What an object makes where every selector keeps it.
  private func keys(of page: RawPage, _ request: FetchRequest) -> [EntityKey] {
    everything.map(page, for: request).writes.compactMap(\.key)
  }
}

extension UnmappedObject {
  /// Why it made no entity: `identifier: there is no identifier`.
  fileprivate var problem: String { (field.map { "\($0): " } ?? "") + reason }
}

// MARK: Writing

extension EventApplier {
  private struct Change: Sendable {
    var writes: [BatchWrite]
    var gone: [EntityKey]

    var isEmpty: Bool { writes.isEmpty && gone.isEmpty }
  }

  private func carryOut(_ change: Change, _ effect: EventEffect) async throws -> EventEffect {
    var effect = effect
    for blueprint in Self.unique(change.writes.map(\.blueprint)) {
      let writes = change.writes.filter { $0.blueprint == blueprint }
      for start in stride(from: 0, to: writes.count, by: max(1, catalog.limits.entities)) {
        let part = Array(writes[start..<min(start + catalog.limits.entities, writes.count)])
        try await upsert(part, blueprint, &effect)
      }
    }
    for blueprint in Self.unique(change.gone.map(\.blueprint)) {
      let keys = change.gone.filter { $0.blueprint == blueprint }
      try await delete(keys, blueprint, &effect)
    }
    return effect
  }

  /// The names in their order, each once.
  private static func unique(_ names: [String]) -> [String] {
    names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private func upsert(_ writes: [BatchWrite], _ blueprint: String, _ effect: inout EventEffect) async throws {
    let config = mapping.config
    let options = UpsertOptions(
      merges: config.enableMergeEntity, createsMissingRelated: config.createMissingRelatedEntities)
    let outcomes = try await catalog.upsert(writes.map(\.write), of: blueprint, options, in: run)
    for (write, outcome) in zip(writes, outcomes) {
      switch outcome {
      case .done(let identifier, _): effect.written.append(EntityKey(blueprint, identifier))
      case .refused(let refusal):
        throw EventProblem.refused(
          write.key?.description ?? blueprint, refusal.message, mayPass: refusal.mayPass)
      case .overtaken: break
      }
    }
  }

  private func delete(
    _ keys: [EntityKey], _ blueprint: String, _ effect: inout EventEffect
  ) async throws {
    let own: [CatalogEntity]
    do {
      own = try await catalog.ownedEntities(keys.map(\.identifier), of: blueprint, by: run.owner)
    } catch let error as CatalogError where error.kind == .notFound {
      return
    }
    guard !own.isEmpty else { return }
    let outcomes = try await catalog.delete(
      own.map(\.key.identifier), of: blueprint,
      deletingDependents: mapping.config.deleteDependentEntities, in: run)
    for (entity, outcome) in zip(own, outcomes) {
      switch outcome {
      case .done: effect.deleted.append(entity.key)
      case .refused(let refusal):
        throw EventProblem.refused(entity.key.description, refusal.message, mayPass: refusal.mayPass)
      case .overtaken: break
      }
    }
  }
}

/// What an event did.
package struct EventEffect: Sendable, Hashable {
  /// What was written.
  package var written: [EntityKey] = []
  /// What was deleted.
  package var deleted: [EntityKey] = []
  /// Whether the object is not there any more, or not asked for by the selectors' settings.
  package var isGone = false
  /// Why resources made nothing of the object.
  package var problems: [String] = []
}

/// What keeps an event from being applied, and may pass.
package enum EventProblem: Error, Sendable, Hashable {
  /// The event says that the object is gone, and the API still has it.
  case stillThere
  /// The catalog does not take an entity.
  case refused(String, String, mayPass: Bool)
}

extension EventProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .stillThere: "the event says that the object is gone, and the API still has it"
    case .refused(let entity, let message, _): "the catalog does not take \(entity): \(message)"
    }
  }
}

/// What remembers which entities an object made.
package protocol EntityMemory: Sendable {
  /// The entities that were last made of an object.
  func made(of work: EventWork) async throws(EventQueueError) -> [MadeEntity]

  /// Remembers them.
  func remember(_ entities: [MadeEntity], of work: EventWork) async throws(EventQueueError)
}

extension EventInbox: EntityMemory {}

extension WriteOutcome.Refusal {
  /// Whether it may be taken later: also where something is missing that a resync still has to create, as the blueprints
  /// of an empty catalog.
  fileprivate var mayPass: Bool { isTransient || status == 404 }
}

extension MadeEntity {
  fileprivate init(_ key: EntityKey) {
    self.init(blueprint: key.blueprint, identifier: key.identifier)
  }

  fileprivate var key: EntityKey { EntityKey(blueprint, identifier) }
}
