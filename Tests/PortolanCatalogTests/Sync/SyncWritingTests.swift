import Portolan
import Synchronization
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct SyncWritingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func writesWhatThePlanSaysAndTellsTheCatalogHowItEnded() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let (changed, kept) = (EntityKey("service", "b"), EntityKey("service", "c"))
    await catalog.put(changed, SyncSupport.json(changed, title: "old", properties: ["stays": "x"]))
    await catalog.put(kept, SyncSupport.json(kept))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("service", "a", title: "A"),
        await SyncSupport.change(changed, to: SyncSupport.json(changed, title: "new"), catalog),
      ], in: folder)

    let report = try await plan.apply(to: catalog)

    #expect(report.result.state == .completed)
    #expect((report.result.created, report.result.changed, report.result.deleted) == (1, 1, 0))
    #expect(report.isDone && report.remaining == PlanCounts() && report.failures.isEmpty)
    let text = String(decoding: await catalog.entities[changed] ?? [], as: UTF8.self)
    #expect(text.contains(#""title":"new""#) && text.contains(#""stays":"x""#))
    #expect(await catalog.entities.count == 3)
    let calls = await catalog.calls
    #expect(calls.first == .begin && calls.last == .end(report.result))
    #expect(await catalog.running == nil)
  }

  @Test func aPlanOfNothingWritesNothing() async throws {
    let catalog = StrictCatalog()
    let report = try await SyncSupport.plan([], in: folder).apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls == [.begin, .end(RunResult(.completed))])
  }

  @Test func writesTargetsBeforeWhatRelatesToThem() async throws {
    // Alphabet, plan and numbers say otherwise.
    let catalog = StrictCatalog(
      SyncSupport.blueprints(["a": ["to": "b"], "b": ["to": "c"], "c": [:]]))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("a", "1", relations: ["to": ["2"]]),
        SyncSupport.create("b", "2", relations: ["to": ["3"]]), SyncSupport.create("c", "3"),
      ], in: folder, blueprints: ["a", "b", "c"])
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written) == [["3"], ["2"], ["1"]])
  }

  @Test func staysInThePlansOrderWhereNothingSaysOtherwise() async throws {
    let plan = try SyncSupport.plan(
      ["z", "m", "a"].map { SyncSupport.create($0, $0) }, in: folder, blueprints: ["m", "z", "a"])
    let catalog = StrictCatalog()
    _ = try await plan.apply(to: catalog)
    #expect(await catalog.calls.compactMap(\.written) == [["m"], ["z"], ["a"]])
  }

  @Test func whatAQueryFindsMayHaveBeenCreatedJustBefore() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let query = #"{"combinator":"and","rules":[]}"#
    await catalog.setQuery(query, finds: "new")
    let json = #"{"identifier":\#(query),"blueprint":"service","properties":{"seen":"yes"}}"#
    let plan = try SyncSupport.plan(
      [
        PlannedOperation(.write, EntityKey("service", query), after: Array(json.utf8)),
        SyncSupport.create("service", "new"),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect((report.result.created, report.result.changed) == (1, 1))
    let calls = await catalog.calls.compactMap(\.written)
    #expect(calls == [["new"], ["?"]])
  }

  @Test(arguments: [(1, 1), (20, 1), (21, 2), (40, 2), (41, 3)])
  func noWriteHasMoreEntitiesThanTheLimit(_ count: Int, _ batches: Int) async throws {
    let plan = try SyncSupport.plan(
      (0..<count).map { SyncSupport.create("service", "e\($0)") }, in: folder)
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let report = try await plan.apply(to: catalog)
    let sizes = await catalog.calls.compactMap(\.written).map(\.count)
    #expect(report.result.created == count && sizes.count == batches)
    #expect(sizes.allSatisfy { $0 <= 20 })
  }

  /// `{"entities":[…,…]}` around two entities of the same size.
  @Test(arguments: [(0, [2, 1]), (-1, [1, 1, 1]), (1, [2, 1])])
  func noWriteHasMoreBytesThanTheLimit(_ slack: Int, _ sizes: [Int]) async throws {
    let one = SyncSupport.create("service", "a").after?.count ?? 0
    var limits = CatalogLimits()
    limits.bytes = 15 + 2 * one + 1 + slack
    limits.concurrency = 1
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]), limits: limits)
    let plan = try SyncSupport.plan(["a", "b", "c"].map { SyncSupport.create("service", $0) }, in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written).map(\.count) == sizes)
  }

  @Test func oneThatIsLargerThanTheLimitGoesAlone() async throws {
    var limits = CatalogLimits()
    limits.bytes = 400
    limits.concurrency = 1
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]), limits: limits)
    let large = String(repeating: "x", count: 500)
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("service", "a"), SyncSupport.create("service", "b", title: large),
        SyncSupport.create("service", "c"),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written) == [["a"], ["b"], ["c"]])
  }

  @Test(arguments: [1, 3])
  func asManyWritesAreUnderWayAsTheCatalogTakes(_ concurrency: Int) async throws {
    var limits = CatalogLimits()
    limits.entities = 1
    limits.concurrency = concurrency
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]), limits: limits)
    let plan = try SyncSupport.plan((0..<50).map { SyncSupport.create("service", "e\($0)") }, in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.created == 50)
    #expect(await catalog.widest <= concurrency)
  }

  @Test func saysAfterEachBatchHowFarItIs() async throws {
    let heard = Mutex<[SyncProgress]>([])
    let plan = try SyncSupport.plan((0..<45).map { SyncSupport.create("service", "e\($0)") }, in: folder)
    _ = try await plan.apply(to: StrictCatalog(SyncSupport.blueprints(["service": [:]]))) { progress in
      heard.withLock { $0.append(progress) }
    }
    let all = heard.withLock { $0 }
    #expect(all.map(\.done).sorted() == all.map(\.done))
    #expect(
      all.count == 3 && all.last?.done == 45 && all.allSatisfy { $0.total == 45 && $0.phase == .writing })
  }

  @Test func rawObjectsGoWithWhatIsWrittenOnlyWhereTheyAreToBeKept() async throws {
    for keeps in [false, true] {
      let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
      let plan = try SyncSupport.plan([SyncSupport.create("service", "a")], in: folder, name: "\(keeps)")
      try plan.file.keep(Array(#"{"id":"a"}"#.utf8), hash: "hash-a")
      var options = Sync<StrictCatalog>.Options()
      options.rawRetention = keeps ? 60 : nil
      _ = try await plan.apply(to: catalog, options: options)
      #expect(await catalog.raws.count == (keeps ? 1 : 0))
    }
  }
}
