/// What a catalog said to a batch: what became of each, or what concerns all of them.
struct CatalogAnswer: Sendable {
  let outcomes: Result<[WriteOutcome], CatalogError>

  /// Whether none was taken, which may be the fault of one.
  var isRefusalOfAll: Bool {
    switch outcomes {
    case .success(let outcomes):
      outcomes.allSatisfy { if case .refused = $0 { true } else { false } }
    case .failure: isRefusedRequest
    }
  }

  /// Whether the request was refused as it is, which may be the fault of one.
  var isRefusedRequest: Bool {
    if case .failure(let error) = outcomes { error.kind == .refused } else { false }
  }

  /// What `ask` gives, one outcome for each item. Those that somebody else has written meanwhile are not asked for.
  static func of(
    _ catalog: some Catalog, _ batch: SyncBatch, _ gate: (any SyncGate)?,
    _ ask: ([SyncItem]) async throws -> [WriteOutcome]
  ) async -> Self {
    guard let gate else { return await of(catalog, batch.items, ask) }
    let keys = batch.items.map(\.key)
    let overtaken = await gate.enter(keys)
    let answer = await of(catalog, batch.items.filter { !overtaken.contains($0.key) }, ask)
    await gate.leave(keys)
    guard !overtaken.isEmpty, case .success(let outcomes) = answer.outcomes else { return answer }
    var rest = outcomes.makeIterator()
    return Self(
      outcomes: .success(
        batch.items.map { overtaken.contains($0.key) ? .overtaken : rest.next() ?? .refused(.unanswered) }))
  }

  private static func of(
    _ catalog: some Catalog, _ items: [SyncItem], _ ask: ([SyncItem]) async throws -> [WriteOutcome]
  ) async -> Self {
    guard !items.isEmpty else { return Self(outcomes: .success([])) }
    do {
      let outcomes = try await ask(items)
      let missing = max(0, items.count - outcomes.count)
      return Self(outcomes: .success(outcomes + Array(repeating: .refused(.unanswered), count: missing)))
    } catch {
      return Self(outcomes: .failure(CatalogError(anyError: error, from: catalog.name)))
    }
  }
}

extension WriteOutcome.Refusal {
  /// What a catalog did not speak of.
  static var unanswered: Self {
    Self(status: 500, code: "no_answer", message: "the catalog did not say what became of it")
  }

  /// What a catalog has against all entities of a request.
  init(_ error: CatalogError) {
    self.init(
      status: error.kind == .notFound ? 404 : 422, code: error.kind == .notFound ? "not_found" : "refused",
      message: error.description)
  }
}

extension SyncRun {
  /// Whether another batch may be sent.
  func goesOn() -> Bool {
    guard halt == nil else { return false }
    if Task.isCancelled { wasCancelled = true }
    return !wasCancelled
  }

  /// Takes in what became of a batch.
  func settle(_ batch: SyncBatch, _ answer: CatalogAnswer, _ phase: SyncProgress.Phase) throws {
    switch answer.outcomes {
    case .success(let outcomes):
      unreachable = 0
      try settle(Array(zip(batch.items, outcomes)))
    case .failure(let error) where error.endsRun:
      halt = halt ?? error
    case .failure(let error) where error.kind == .unavailable:
      unreachable += 1
      lastFault = error
      if unreachable >= Self.patience { halt = halt ?? error }
    case .failure(let error):
      unreachable = 0
      try settle(batch.items.map { ($0, .refused(WriteOutcome.Refusal(error))) })
    }
    tell(
      SyncProgress(
        phase, blueprint: batch.blueprint, done: done, total: plan.summary.total.operations, failed: refused))
  }

  private func settle(_ outcomes: [(SyncItem, WriteOutcome)]) throws {
    var outcome = BatchOutcome()
    for (item, became) in outcomes {
      switch became {
      case .done where item.isPartial: outcome.partial.append(item)
      case .done(_, let isNew):
        outcome.done.append(item)
        count(item, isNew)
      case .refused(let refusal): outcome.refused.append((item, refusal))
      case .overtaken:
        outcome.done.append(item)
        done += 1
        overtaken += 1
      }
    }
    try work.note(outcome)
    refused += outcome.refused.count
  }

  private func count(_ item: SyncItem, _ isNew: Bool) {
    done += 1
    switch item.action {
    case .create: result.created += 1
    case .change: result.changed += 1
    case .write where isNew: result.created += 1
    case .write: result.changed += 1
    case .delete: result.deleted += 1
    case .hold: break
    }
  }
}
