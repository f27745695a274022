import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct SyncCycleTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func relations(_ key: EntityKey, _ catalog: StrictCatalog) async -> [String] {
    await EntityDocument.relations(of: catalog.entities[key] ?? []).flatMap(\.identifiers)
  }

  @Test(arguments: [false, true])
  func blueprintsThatRelateToEachOther(_ createsMissing: Bool) async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": ["to": "a"]]))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("a", "1", relations: ["to": ["2"]]),
        SyncSupport.create("b", "2", relations: ["to": ["1"]]),
      ], in: folder, SyncSupport.settings(createsMissing: createsMissing))
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.created == 2)
    #expect(await relations(EntityKey("a", "1"), catalog) == ["2"])
    #expect(await relations(EntityKey("b", "2"), catalog) == ["1"])
    // One of the two is written twice.
    #expect(await catalog.calls.compactMap(\.written) == [["1"], ["2"], ["1"]])
  }

  @Test func aTreeOfEntitiesIsWrittenFromItsRoot() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["issue": ["parent": "issue"]]))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("issue", "leaf", relations: ["parent": ["branch"]]),
        SyncSupport.create("issue", "branch", relations: ["parent": ["root"]]),
        SyncSupport.create("issue", "root"),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written) == [["root"], ["branch"], ["leaf"]])
  }

  @Test func anEntityThatRelatesToItself() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["issue": ["same": "issue"]]))
    let plan = try SyncSupport.plan(
      [SyncSupport.create("issue", "me", relations: ["same": ["me"]])], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.created == 1)
    #expect(await relations(EntityKey("issue", "me"), catalog) == ["me"])
  }

  @Test func aRequiredRelationIsNeverLeftOut() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "!b"], "b": ["to": "a"]]))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("a", "1", relations: ["to": ["2"]]),
        SyncSupport.create("b", "2", relations: ["to": ["1"]]),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written) == [["2"], ["1"], ["2"]])
  }

  @Test func requiredRelationsInACircleAreRefusedByNameAndEverythingElseIsWritten() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "!a", "by": "a"]]))
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("a", "1", relations: ["to": ["2"]]),
        SyncSupport.create("a", "2", relations: ["to": ["1"]]),
        SyncSupport.create("a", "3", relations: ["to": ["4"]]),
      ], in: folder)
    let four = EntityKey("a", "4")
    await catalog.put(four, SyncSupport.json(four))
    let report = try await plan.apply(to: catalog)
    #expect(report.result.state == .failed && report.result.failed == 2 && report.result.created == 1)
    #expect(report.failures.map(\.key.identifier) == ["1", "2"])
  }

  @Test func anExistingEntityInACircleChangesAfterWhatItRelatesTo() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "a"]]))
    let old = EntityKey("a", "old")
    await catalog.put(old, SyncSupport.json(old))
    let plan = try SyncSupport.plan(
      [
        await SyncSupport.change(old, to: SyncSupport.json(old, relations: ["to": ["new"]]), catalog),
        SyncSupport.create("a", "new", relations: ["to": ["old"]]),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
    #expect(await catalog.calls.compactMap(\.written) == [["new"], ["old"]])
  }

  @Test func aLongChainDoesNotBecomeAsManyWrites() async throws {
    let count = 3_000
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "a"]]))
    let plan = try SyncSupport.plan(
      (0..<count).map { number in
        SyncSupport.create("a", "\(number)", relations: number + 1 < count ? ["to": ["\(number + 1)"]] : [:])
      }, in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.created == count)
    #expect(await catalog.calls.filter(\.isUpsert).count < 4 * count / 20 + 50)
  }

  /// What only leads to a circle is written once.
  @Test func aCircleIsBrokenWhereItIs() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "a"]]))
    var operations = (0..<15).map { SyncSupport.create("a", "leaf\($0)", relations: ["to": ["one"]]) }
    operations.append(SyncSupport.create("a", "one", relations: ["to": ["two"]]))
    operations.append(SyncSupport.create("a", "two", relations: ["to": ["one"]]))
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog)
    #expect(report.isDone)
    let written = await catalog.calls.compactMap(\.written).flatMap { $0 }
    #expect(written.count == 18 && written.first == "one" && written.last == "one")
  }

  @Test func whatRelatesToARefusedOneIsTriedAllTheSame() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "a"]]))
    await catalog.setRefusal { _, key in
      key.identifier == "bad" ? .init(status: 422, code: "invalid_request", message: "no") : nil
    }
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("a", "1", relations: ["to": ["bad"]]), SyncSupport.create("a", "bad"),
        SyncSupport.create("a", "2", relations: ["to": ["3"]]), SyncSupport.create("a", "3"),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.created == 2 && report.failures.map(\.key.identifier) == ["1", "bad"])
  }
}
