import Portolan
import Synchronization
import TestSupport
import Testing

@testable import PortolanCatalog

/// What goes wrong at some moment, and that the next plan and sync make it good.
@Suite struct SyncFaultTests {
  private let folder: TemporaryFolder
  private static let relations = [
    "a": ["to": "b", "on": "c"], "b": ["to": "a"], "c": ["up": "c"], "d": ["of": "a"],
  ]

  init() throws {
    folder = try TemporaryFolder()
  }

  private func catalog() async -> StrictCatalog {
    var limits = CatalogLimits()
    limits.entities = 2
    limits.deletions = 2
    limits.concurrency = 2
    let catalog = StrictCatalog(SyncSupport.blueprints(Self.relations), limits: limits)
    for key in [
      EntityKey("d", "old1"), EntityKey("d", "old2"), EntityKey("d", "old3"), EntityKey("c", "kept"),
    ] {
      await catalog.put(key, SyncSupport.json(key, title: "before"))
    }
    return catalog
  }

  private var desired: [EntityKey: String] {
    var desired: [EntityKey: String] = [:]
    func add(_ blueprint: String, _ identifier: String, _ relations: [String: [String]] = [:]) {
      let key = EntityKey(blueprint, identifier)
      desired[key] = SyncSupport.json(key, title: "after", relations: relations)
    }
    for number in 0..<4 {
      add("a", "a\(number)", ["to": ["b\((number + 1) % 4)"], "on": ["c\(number)"]])
      add("b", "b\(number)", ["to": ["a\(number)"]])
      add("c", "c\(number)", ["up": number > 0 ? ["c\(number - 1)"] : []])
    }
    add("c", "kept")
    add("d", "d", ["of": ["a3"]])
    return desired
  }

  private func plan(_ catalog: StrictCatalog, _ name: String) async throws -> SyncPlan {
    try SyncSupport.plan(
      await TwinPlan.operations(desired, for: catalog), in: folder, blueprints: ["d", "a", "b", "c"],
      name: name)
  }

  /// Expects that the next plan and sync end where one ends that nothing happened to.
  private func expectConvergence(_ catalog: StrictCatalog, _ comment: Comment) async throws {
    await catalog.setFault { _, _ in nil }
    await catalog.breakLock()
    let report = try await plan(catalog, "next").apply(to: catalog)
    #expect(report.isDone, comment)
    let twin = await self.catalog()
    _ = try await plan(twin, "twin").apply(to: twin)
    #expect(await catalog.entities == twin.entities, comment)
    #expect(await TwinPlan.operations(desired, for: catalog).isEmpty, comment)
    #expect(await catalog.everDeleted.allSatisfy { $0.identifier.hasPrefix("old") }, comment)
  }

  /// How many calls a sync makes that nothing happens to.
  private func callCount() async throws -> Int {
    let catalog = await catalog()
    _ = try await plan(catalog, "count").apply(to: catalog)
    return await catalog.calls.count
  }

  @Test func aCallThatFailsOnceCostsOnlyItsEntities() async throws {
    for number in 1...(try await callCount()) {
      for kind in 0..<3 {
        let catalog = await catalog()
        let plan = try await plan(catalog, "plan")
        let error = CatalogError(.unavailable, "out of reach")
        await catalog.setFault { at, _ in
          guard at == number else { return nil }
          return [.before(error), .after(error), .halfway(error)][kind]
        }
        let report = try? await plan.apply(to: catalog)
        let call = await catalog.calls[number - 1]
        #expect(report?.isDone != true, "call \(number): \(call)")
        if call.isUpsert || call.isDelete {
          #expect(report?.diagnostics.contains { $0.message.contains("out of reach") } == true)
          #expect(report?.result.state == .failed && report?.remaining.operations ?? 0 > 0)
        }
        let wasRunning = await catalog.running != nil
        #expect(!wasRunning || call.isEnd || call == .begin, "call \(number) left a lock: \(call)")
        try await expectConvergence(catalog, "call \(number), kind \(kind)")
      }
    }
  }

  @Test func refusedCredentialsEndTheRunAtOnce() async throws {
    for number in 2..<(try await callCount()) {
      let catalog = await catalog()
      let plan = try await plan(catalog, "plan")
      await catalog.setFault { at, call in
        at >= number && !call.isEnd ? .before(CatalogError(.credentials, "the secret was refused")) : nil
      }
      let report = try? await plan.apply(to: catalog)
      let calls = await catalog.calls
      #expect(calls.last?.isEnd == true)
      if calls[number - 1].isUpsert {
        #expect(report?.result.state == .failed, "call \(number)")
        #expect(report?.diagnostics.first?.message == "the secret was refused")
        #expect(calls.allSatisfy { !$0.isDelete })
        // What was under way beside it, and the end.
        #expect(calls.count <= number + 2)
      }
      try await expectConvergence(catalog, "call \(number)")
    }
  }

  @Test func threeBatchesInARowThatFindNobodyEndTheRun() async throws {
    let catalog = await catalog()
    let plan = try await plan(catalog, "plan")
    await catalog.setFault { _, call in
      call.isUpsert || call.isDelete ? .before(CatalogError(.unavailable, "no route to host")) : nil
    }
    let report = try await plan.apply(to: catalog)
    #expect(report.result.state == .failed && report.remaining.operations == 17)
    #expect(report.diagnostics.contains { $0.message == "no route to host" })
    let calls = await catalog.calls
    #expect(calls.filter(\.isUpsert).count <= 4 && calls.allSatisfy { !$0.isDelete })
    try await expectConvergence(catalog, "unavailable")
  }

  @Test func cancelledAtAnyCallItEndsAfterWhatIsUnderWay() async throws {
    for number in 1...(try await callCount()) {
      let catalog = await catalog()
      let plan = try await plan(catalog, "plan")
      let (started, start) = AsyncStream.makeStream(of: Void.self)
      let running = Running()
      await catalog.setFault { at, _ in at == number ? .doing { running.cancel() } : nil }
      running.set(
        Task {
          for await _ in started { break }
          return try await plan.apply(to: catalog)
        })
      start.yield()
      let report = try await running.value
      let calls = await catalog.calls
      #expect(calls.filter(\.isEnd).count == 1 && calls.last?.isEnd == true, "call \(number)")
      #expect(await catalog.running == nil)
      let isOver = report.remaining.operations == 0
      #expect(report.result.state == (isOver ? .completed : .interrupted), "call \(number)")
      #expect(calls.last == .end(report.result))
      // Two are under way at the same time at most, and the end comes after them.
      #expect(calls.count <= number + 2, "call \(number)")
      try await expectConvergence(catalog, "call \(number)")
    }
  }

  /// A plan that was saved, cut off at any call, and carried out once more.
  @Test func aSavedPlanThatWasCutOffGoesOn() async throws {
    for number in 2...(try await callCount()) {
      for kind in 0..<3 {
        let catalog = await catalog()
        let path = try await plan(catalog, "saved").file.path
        let error = CatalogError(.credentials, "cut off")
        await catalog.setFault { at, _ in
          at < number
            ? nil : at > number ? .before(error) : [.before(error), .after(error), .halfway(error)][kind]
        }
        _ = try? await SyncPlan(contentsOf: path).apply(to: catalog)
        await catalog.setFault { _, _ in nil }
        await catalog.breakLock()
        let report = try await SyncPlan(contentsOf: path).apply(to: catalog)
        #expect(report.isDone, "call \(number), kind \(kind)")
        #expect(await TwinPlan.operations(desired, for: catalog).isEmpty, "call \(number), kind \(kind)")
      }
    }
  }

  @Test func aSavedPlanThatWasCutOffIsStaleWhereSomebodyElseWrote() async throws {
    let catalog = await catalog()
    let path = try await plan(catalog, "saved").file.path
    await catalog.setFault { _, call in call.isDelete ? .before(CatalogError(.credentials, "cut off")) : nil }
    _ = try await SyncPlan(contentsOf: path).apply(to: catalog)
    await catalog.setFault { _, _ in nil }
    let key = EntityKey("d", "old2")
    await catalog.put(key, SyncSupport.json(key, title: "needed again"))
    let error = await #expect(throws: CatalogError.self) {
      try await SyncPlan(contentsOf: path).apply(to: catalog)
    }
    #expect(error?.kind == .stale)
    #expect(await catalog.entities[key] != nil)
  }

  @Test func anErrorOfAnotherTypeIsTakenForOneThatPasses() async throws {
    let catalog = FailingCatalog(inner: await catalog())
    let plan = try await plan(catalog.inner, "plan")
    let report = try await plan.apply(to: catalog)
    #expect(report.result.state == .failed && report.result.failed == 0)
    #expect(report.diagnostics.contains { $0.message.contains("failing") })
  }
}

/// A task that what it runs can cancel.
private final class Running: Sendable {
  private let task = Mutex<Task<SyncReport, any Error>?>(nil)

  func set(_ new: Task<SyncReport, any Error>) { task.withLock { $0 = new } }
  func cancel() { task.withLock { $0?.cancel() } }

  var value: SyncReport {
    get async throws {
      guard let task = task.withLock({ $0 }) else { throw CancellationError() }
      return try await task.value
    }
  }
}

/// A catalog that fails with an error of its own.
private struct FailingCatalog: Catalog {
  private struct Broken: Error {}
  let inner: StrictCatalog
  let name = "failing"

  func ownedEntities(of owner: Datasource) -> AsyncThrowingStream<[CatalogEntity], any Error> {
    inner.ownedEntities(of: owner)
  }
  func entities(_ identifiers: [String], of blueprint: String) async throws -> [CatalogEntity] {
    try await inner.entities(identifiers, of: blueprint)
  }
  func upsert(
    _ writes: [EntityWrite], of blueprint: String, _ options: UpsertOptions, in run: CatalogRun
  ) async throws -> [WriteOutcome] { throw Broken() }
  func delete(
    _ identifiers: [String], of blueprint: String, deletingDependents: Bool, in run: CatalogRun
  ) async throws -> [WriteOutcome] { throw Broken() }
}
