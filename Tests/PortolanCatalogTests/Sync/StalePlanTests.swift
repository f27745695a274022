import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct StalePlanTests {
  private let folder: TemporaryFolder
  private let changed = EntityKey("service", "changed")
  private let deleted = EntityKey("service", "deleted")

  init() throws {
    folder = try TemporaryFolder()
  }

  private func catalog() async -> StrictCatalog {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    await catalog.put(changed, SyncSupport.json(changed, title: "old"))
    await catalog.put(deleted, SyncSupport.json(deleted))
    return catalog
  }

  private func plan(_ catalog: StrictCatalog) async throws -> SyncPlan {
    try SyncSupport.plan(
      [
        SyncSupport.create("service", "created"),
        await SyncSupport.change(changed, to: SyncSupport.json(changed, title: "new"), catalog),
        await SyncSupport.delete(deleted, catalog),
      ], in: folder)
  }

  /// Expects that a plan is not carried out, with these words.
  private func expectStale(
    _ words: [String], _ meddle: (StrictCatalog) async -> Void
  ) async throws {
    let catalog = await catalog()
    let plan = try await plan(catalog)
    await meddle(catalog)
    let before = await catalog.entities
    let error = await #expect(throws: CatalogError.self) { try await plan.apply(to: catalog) }
    #expect(error?.kind == .stale)
    for word in words { #expect(error?.message.contains(word) == true, "\(error?.message ?? "")") }
    #expect(await catalog.entities == before)
    #expect(await !catalog.calls.contains { $0.isUpsert || $0.isDelete })
    #expect(await catalog.running == nil)
    #expect(await catalog.calls.last == .end(RunResult(.failed)))
  }

  @Test func createdMeanwhile() async throws {
    let key = EntityKey("service", "created")
    for datasource in ["port-ocean/test/1/one/exporter", "somebody"] {
      try await expectStale(["service/created is there already"]) { catalog in
        await catalog.put(key, SyncSupport.json(key), by: datasource)
      }
    }
  }

  @Test func changedMeanwhile() async throws {
    try await expectStale(["service/changed is not what it was"]) { [changed] catalog in
      await catalog.put(changed, SyncSupport.json(changed, title: "other"))
    }
  }

  @Test func goneMeanwhile() async throws {
    try await expectStale(["service/changed is gone", "7f3a91c0"]) { [changed] in await $0.remove(changed) }
    try await expectStale(["service/deleted is gone"]) { [deleted] in await $0.remove(deleted) }
  }

  @Test func whatIsToBeDeletedWasChangedOrTakenOver() async throws {
    try await expectStale(["service/deleted is not what it was"]) { [deleted] catalog in
      await catalog.put(deleted, SyncSupport.json(deleted, title: "still in use"))
    }
    try await expectStale(["service/deleted was written by somebody else"]) { [deleted] catalog in
      await catalog.put(deleted, SyncSupport.json(deleted), by: "port-ocean/test/1/another/exporter")
    }
  }

  @Test("What relates by now to what is deleted, and would go with it, makes a plan stale")
  func newDependents() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": ["on": "service"]]))
    let other = EntityKey("service", "other")
    let named = EntityKey("service", "named")
    await catalog.put(deleted, SyncSupport.json(deleted))
    await catalog.put(named, SyncSupport.json(named, relations: ["on": ["deleted"]]), by: "somebody")
    await catalog.put(other, SyncSupport.json(other), by: "somebody")
    let plan = try SyncSupport.plan([await SyncSupport.delete(deleted, catalog)], in: folder)
    try plan.file.execute("INSERT INTO dependent VALUES ('service', 'named')")
    for target in ["deleted", "named"] {
      await catalog.put(other, SyncSupport.json(other, relations: ["on": [target]]), by: "somebody")
      let error = await #expect(throws: CatalogError.self) { try await plan.apply(to: catalog) }
      #expect(error?.kind == .stale)
      #expect(error?.message.contains("service/other relates to service/\(target) (on) by now") == true)
      #expect(await catalog.entities.count == 3)
    }
    await catalog.put(other, SyncSupport.json(other), by: "somebody")
    #expect(try await plan.apply(to: catalog).isDone)
    #expect(await catalog.entities.keys.map(\.identifier) == ["other"])
  }

  @Test func manyAreCountedAndAFewAreNamed() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let plan = try SyncSupport.plan((0..<250).map { SyncSupport.create("service", "e\($0)") }, in: folder)
    for number in 0..<250 {
      let key = EntityKey("service", "e\(number)")
      await catalog.put(key, SyncSupport.json(key))
    }
    let error = await #expect(throws: CatalogError.self) { try await plan.apply(to: catalog) }
    #expect(error?.message.contains("and 245 more") == true)
  }

  @Test func aVersionOfTheSameOwnerIsTheSameOwner() async throws {
    let catalog = await catalog()
    await catalog.put(deleted, SyncSupport.json(deleted), by: "port-ocean/test/0.9/one/exporter")
    let report = try await plan(catalog).apply(to: catalog)
    #expect(report.isDone && report.result.deleted == 1)
  }

  @Test func theOrderOfMembersIsNoChange() async throws {
    let catalog = await catalog()
    let key = EntityKey("service", "changed")
    let plan = try SyncSupport.plan(
      [
        PlannedOperation(
          .change, key, after: Array(SyncSupport.json(key, title: "new").utf8),
          before: Array(
            #"{"title":"old","relations":{},"properties":{"x":null},"identifier":"changed","blueprint":"service"}"#
              .utf8))
      ], in: folder)
    #expect(try await plan.apply(to: catalog).isDone)
  }

  @Test func aPlanThatWasCarriedOutHasNothingLeftToDo() async throws {
    let catalog = await catalog()
    let plan = try await plan(catalog)
    _ = try await plan.apply(to: catalog)
    await catalog.forgetCalls()
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.created == 0)
    #expect(await !catalog.calls.contains { $0.isUpsert || $0.isDelete })
  }

  @Test func anotherRunAtWorkIsNotDisturbed() async throws {
    let catalog = await catalog()
    let plan = try await plan(catalog)
    try await catalog.begin(
      CatalogRun(id: "other", owner: SyncSupport.owner, config: "", configPath: "", startedAt: 0))
    await catalog.forgetCalls()
    let error = await #expect(throws: CatalogError.self) { try await plan.apply(to: catalog) }
    #expect(error?.kind == .busy)
    #expect(await catalog.calls == [.begin])
    #expect(await catalog.running?.id == "other")
  }
}
