import PortolanCatalog
import RawJSON

/// A catalog in memory that is strict: it refuses relations to nothing, required relations that are missing, and what a
/// test says; and that fails where a test wants it to.
actor StrictCatalog: Catalog {
  /// What was asked of it.
  enum Call: Sendable, Equatable {
    case begin
    case entities(String, [String])
    case upsert(String, [String])
    case delete(String, [String])
    case end(RunResult)
  }

  /// What goes wrong with a call.
  enum Fault: Sendable {
    /// It fails, and nothing was done.
    case before(CatalogError)
    /// It fails, and all was done.
    case after(CatalogError)
    /// It fails after half of the entities.
    case halfway(CatalogError)
    /// Nothing goes wrong, but this happens first.
    case doing(@Sendable () -> Void)
  }

  nonisolated let name = "memory"
  nonisolated let limits: CatalogLimits
  /// Whether a deletion is done as a whole, or not at all, as Port does.
  private let deletesAllOrNone: Bool
  private let blueprints: [String: [UInt8]]
  private(set) var entities: [EntityKey: [UInt8]] = [:]
  private(set) var datasources: [EntityKey: String] = [:]
  private(set) var calls: [Call] = []
  /// How many writes were under way at the same time at most.
  private(set) var widest = 0
  private var underWay = 0
  private(set) var running: CatalogRun?
  private(set) var raws: [String: [UInt8]] = [:]
  /// Every entity that was deleted at some time.
  private(set) var everDeleted: Set<EntityKey> = []
  private var fault: @Sendable (_ number: Int, Call) -> Fault? = { _, _ in nil }
  private var refusal: @Sendable (_ attempt: Int, EntityKey) -> WriteOutcome.Refusal? = { _, _ in nil }
  private var attempts: [EntityKey: Int] = [:]
  private var queries: [String: String] = [:]
  private var waits = false

  init(
    _ blueprints: [String: String] = [:], limits: CatalogLimits = CatalogLimits(),
    deletesAllOrNone: Bool = false
  ) {
    self.deletesAllOrNone = deletesAllOrNone
    self.blueprints = blueprints.mapValues { Array($0.utf8) }
    self.limits = limits
  }

  func setFault(_ fault: @escaping @Sendable (_ number: Int, Call) -> Fault?) {
    self.fault = fault
    calls = []
  }

  func setRefusal(_ refusal: @escaping @Sendable (_ attempt: Int, EntityKey) -> WriteOutcome.Refusal?) {
    self.refusal = refusal
  }

  func setQuery(_ query: String, finds identifier: String) { queries[query] = identifier }

  func forgetCalls() { calls = [] }

  func put(_ key: EntityKey, _ json: String, by datasource: String = "port-ocean/test/1/one/exporter") {
    entities[key] = EntityDocument.written(Array(json.utf8), over: nil, merging: false)
    datasources[key] = datasource
  }

  func remove(_ key: EntityKey) {
    entities[key] = nil
    datasources[key] = nil
  }
}

// MARK: Reading

extension StrictCatalog {
  nonisolated func ownedEntities(
    of owner: Datasource
  ) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    AsyncThrowingStream { continuation in
      Task {
        continuation.yield(await owned(owner))
        continuation.finish()
      }
    }
  }

  func owned(_ owner: Datasource) -> [CatalogEntity] {
    entities.filter { owner.owns(datasources[$0.key] ?? "") }.map {
      CatalogEntity($0.key, json: $0.value, datasource: datasources[$0.key])
    }
  }

  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    if let failure = try meet(.entities(blueprint, identifiers)).0 { throw failure }
    return identifiers.compactMap { identifier in
      let key = EntityKey(blueprint, identifier)
      return entities[key].map { CatalogEntity(key, json: $0, datasource: datasources[key]) }
    }
  }

  func blueprint(_ identifier: String) async throws -> [UInt8]? { blueprints[identifier] }

  func relatedEntities(to keys: [EntityKey]) async throws -> [RelatedEntity] {
    keys.flatMap { key in dependents(of: key).map { RelatedEntity($0.key, $0.relation, to: key) } }
  }
}

// MARK: Writing

extension StrictCatalog {
  func begin(_ run: CatalogRun) async throws {
    let failure = try meet(.begin).0
    guard running == nil else { throw CatalogError(.busy, "another run is at work") }
    running = run
    if let failure { throw failure }
  }

  func end(_ run: CatalogRun, _ result: RunResult) async throws {
    let failure = try meet(.end(result)).0
    running = nil
    if let failure { throw failure }
  }

  /// Forgets who is at work, as a lock of a process that died is forgotten.
  func breakLock() { running = nil }

  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    underWay += 1
    widest = max(widest, underWay)
    defer { underWay -= 1 }
    await Task.yield()
    let identifiers = writes.map { JSONView(valid: $0.json)["identifier"]?.text ?? "?" }
    let (failure, count) = try meet(.upsert(blueprint, identifiers), of: writes.count)
    let outcomes = writes.prefix(count).map { write($0, blueprint, options, run) }
    if let failure { throw failure }
    return outcomes
  }

  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] {
    await Task.yield()
    let (failure, count) = try meet(.delete(blueprint, identifiers), of: identifiers.count)
    let keys = identifiers.prefix(count).map { EntityKey(blueprint, $0) }
    if deletesAllOrNone, !deletingDependents,
      let first = keys.lazy.flatMap({ self.dependents(of: $0) }).first(where: { !keys.contains($0.key) })
    {
      let refusal = WriteOutcome.Refusal(
        status: 409, code: "has_dependents", message: "\(first.key) depends on one of them")
      return keys.map { _ in .refused(refusal) }
    }
    let outcomes = keys.map { delete($0, deletingDependents || deletesAllOrNone) }
    if let failure { throw failure }
    return outcomes
  }

  /// Notes a call: what it fails with after it was done, and how much of it is done.
  private func meet(_ call: Call, of count: Int = 0) throws -> (CatalogError?, Int) {
    calls.append(call)
    switch fault(calls.count, call) {
    case .before(let error): throw error
    case .after(let error): return (error, count)
    case .halfway(let error): return (error, count / 2)
    case .doing(let body):
      body()
      return (nil, count)
    case nil: return (nil, count)
    }
  }

  private func write(
    _ write: EntityWrite, _ blueprint: String, _ options: UpsertOptions, _ run: CatalogRun
  ) -> WriteOutcome {
    let view = JSONView(valid: write.json)
    guard let identifier = view["identifier"]?.text ?? (view["identifier"]?.json).flatMap({ queries[$0] })
    else {
      return .refused(
        WriteOutcome.Refusal(
          status: 404, code: "not_found", message: "no entity matches", isUnresolvedQuery: true))
    }
    let key = EntityKey(blueprint, identifier)
    attempts[key, default: 0] += 1
    if let refusal = refusal(attempts[key] ?? 0, key) { return .refused(refusal) }
    let json = EntityDocument.written(write.json, over: entities[key], merging: options.merges)
    for (name, relation) in relations(blueprint) {
      let targets = targets(json, name)
      if relation["required"]?.boolean == true, targets.isEmpty {
        return .refused(.init(status: 422, code: "invalid_request", message: "requires \(name)"))
      }
      for target in targets {
        let target = EntityKey(relation["target"]?.text ?? "", target)
        guard entities[target] == nil, target != key || !options.createsMissingRelated else { continue }
        guard options.createsMissingRelated else {
          return .refused(.init(status: 404, code: "not_found", message: "there is no \(target)"))
        }
        entities[target] = EntityDocument.bare(target)
        datasources[target] = run.owner.description
      }
    }
    let isNew = entities[key] == nil
    entities[key] = json
    datasources[key] = run.owner.description
    if let raw = write.raw, let hash = write.origin?.rawHash { raws[hash] = raw }
    return .done(identifier: identifier, isNew: isNew)
  }

  private func delete(_ key: EntityKey, _ deletingDependents: Bool) -> WriteOutcome {
    let dependents = dependents(of: key).filter { $0.key != key }
    if let first = dependents.first, !deletingDependents {
      return .refused(.init(status: 409, code: "has_dependents", message: "\(first.key) depends on it"))
    }
    if entities.removeValue(forKey: key) != nil { everDeleted.insert(key) }
    datasources[key] = nil
    for dependent in dependents where entities[dependent.key] != nil { _ = delete(dependent.key, true) }
    return .done(identifier: key.identifier, isNew: false)
  }

  private func dependents(of key: EntityKey) -> [(key: EntityKey, relation: String)] {
    entities.flatMap { source, json in
      relations(source.blueprint).compactMap { name, relation in
        relation["target"]?.text == key.blueprint && targets(json, name).contains(key.identifier)
          ? (source, name) : nil
      }
    }
  }

  private func relations(_ blueprint: String) -> [(key: String, value: JSONView)] {
    blueprints[blueprint].flatMap { JSONView(valid: $0)["relations"]?.members } ?? []
  }

  private func targets(_ json: [UInt8], _ relation: String) -> [String] {
    EntityDocument.relations(of: json).first { $0.name == relation }?.identifiers ?? []
  }
}
