import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct SyncDeletingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func deletions(
    of keys: [(EntityKey, [String: [String]])], in catalog: StrictCatalog
  ) async -> [PlannedOperation] {
    var operations: [PlannedOperation] = []
    for (key, relations) in keys {
      await catalog.put(key, SyncSupport.json(key, relations: relations))
      operations.append(await SyncSupport.delete(key, catalog))
    }
    return operations
  }

  @Test func deletionsComeLastAndHoldsStay() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:], "team": ["of": "service"]]))
    let (gone, held) = (EntityKey("service", "gone"), EntityKey("service", "held"))
    var operations = await deletions(of: [(gone, [:]), (held, [:])], in: catalog)
    operations[1].action = .hold
    operations += [SyncSupport.create("service", "new"), SyncSupport.create("team", "t")]
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog)
    #expect(report.result.deleted == 1 && report.result.state == .completed)
    // What is held keeps it from being done.
    #expect(!report.isDone)
    #expect(await catalog.entities[held] != nil)
    #expect(await catalog.entities[gone] == nil)
    let calls = await catalog.calls
    let last = calls.lastIndex(where: \.isUpsert) ?? 0
    #expect(calls[...last].allSatisfy { !$0.isDelete })
  }

  @Test func noDeletionHasMoreThanTheLimit() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let operations = await deletions(
      of: (0..<201).map { (EntityKey("service", "e\($0)"), [:]) }, in: catalog)
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog)
    #expect(report.isDone && report.result.deleted == 201)
    #expect(await catalog.calls.compactMap(\.deleted).map(\.count).sorted() == [1, 100, 100])
  }

  @Test func theUserMayWantNoDeletions() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let operations = await deletions(of: [(EntityKey("service", "a"), [:])], in: catalog)
    var options = Sync<StrictCatalog>.Options()
    options.deletes = false
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog, options: options)
    #expect(report.result.state == .completed && report.remaining.delete == 1 && !report.isDone)
    #expect(await catalog.entities.count == 1)
  }

  @Test func dependentsFirstWhereTheyAreNotDeletedByThemselves() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": ["to": "b"]]))
    let operations = await deletions(
      of: [
        (EntityKey("b", "root"), [:]), (EntityKey("b", "branch"), ["to": ["root"]]),
        (EntityKey("b", "leaf"), ["to": ["branch"]]), (EntityKey("a", "x"), ["to": ["leaf", "root"]]),
      ], in: catalog)
    let plan = try SyncSupport.plan(
      operations, in: folder, SyncSupport.settings(deletesDependents: false))
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.deleted == 4)
    #expect(await catalog.calls.compactMap(\.deleted) == [["x"], ["leaf"], ["branch"], ["root"]])
  }

  @Test(arguments: [false, true])
  func whatDependsOnOneAnotherIsLoosenedFirst(_ isRequired: Bool) async throws {
    let catalog = StrictCatalog(
      SyncSupport.blueprints(["a": ["to": isRequired ? "!b" : "b"], "b": ["to": "a"]]))
    let operations = await deletions(
      of: [(EntityKey("a", "1"), ["to": ["2"]]), (EntityKey("b", "2"), ["to": ["1"]])], in: catalog)
    let plan = try SyncSupport.plan(
      operations, in: folder, SyncSupport.settings(deletesDependents: false))
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.deleted == 2)
    #expect(await catalog.entities.isEmpty)
  }

  @Test func oneThatSomethingElseDependsOnIsAFailure() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": [:]]))
    let operations = await deletions(
      of: [(EntityKey("b", "1"), [:]), (EntityKey("b", "2"), [:])], in: catalog)
    let other = EntityKey("a", "foreign")
    await catalog.put(other, SyncSupport.json(other, relations: ["to": ["1"]]), by: "somebody")
    let plan = try SyncSupport.plan(
      operations, in: folder, SyncSupport.settings(deletesDependents: false))
    let report = try await plan.apply(to: catalog)
    #expect(report.result.failed == 1 && report.result.deleted == 1)
    #expect(report.failures.first?.action == .delete && report.failures.first?.refusal.status == 409)
    #expect(await catalog.entities[other] != nil)
  }

  @Test func oneThatIsRefusedDoesNotCostTheOthersOfItsRequest() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": [:]]), deletesAllOrNone: true)
    let operations = await deletions(of: (0..<150).map { (EntityKey("b", "\($0)"), [:]) }, in: catalog)
    for number in [7, 123] {
      let other = EntityKey("a", "foreign\(number)")
      await catalog.put(other, SyncSupport.json(other, relations: ["to": ["\(number)"]]), by: "somebody")
    }
    let plan = try SyncSupport.plan(
      operations, in: folder, SyncSupport.settings(deletesDependents: false))
    let report = try await plan.apply(to: catalog)
    #expect(report.result.deleted == 148 && report.failures.map(\.key.identifier) == ["7", "123"])
    #expect(await catalog.calls.filter(\.isDelete).count < 40)
  }

  @Test func whatWentWithAnotherCountsAsDeleted() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": ["to": "a"]]))
    let operations = await deletions(
      of: [(EntityKey("b", "1"), ["to": ["2"]]), (EntityKey("a", "2"), ["to": ["1"]])], in: catalog)
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog)
    #expect(report.isDone && report.result.deleted == 2)
  }

  /// A rename whose new entity is refused leaves the old one, or the catalog would have neither.
  @Test(arguments: [true, false])
  func theOldNameStaysWhereTheNewOneWasRefused(_ deletesDependents: Bool) async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let (old, other) = (EntityKey("service", "old"), EntityKey("service", "other"))
    var operations = await deletions(of: [(old, [:]), (other, [:])], in: catalog)
    operations[0].counterpart = EntityKey("service", "new")
    operations.append(SyncSupport.create("service", "new"))
    await catalog.setRefusal { _, key in
      key.identifier == "new" ? .init(status: 422, code: "invalid_request", message: "no") : nil
    }
    let plan = try SyncSupport.plan(
      operations, in: folder, SyncSupport.settings(deletesDependents: deletesDependents))
    let report = try await plan.apply(to: catalog)
    #expect(await catalog.entities[old] != nil)
    #expect(await catalog.entities[other] == nil)
    #expect(report.remaining.delete == 1 && report.result.state == .failed)
    #expect(report.diagnostics.contains { $0.message.contains("held back") })
  }

  /// `moving` should leave `gone`, through `between`, before that is deleted with all that depends on it.
  @Test func whatCouldNotBeWrittenIsNotDeletedWithWhatItStillRelatesTo() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["a": ["to": "b"], "b": ["to": "b"]]))
    let moving = EntityKey("a", "moving")
    await catalog.put(EntityKey("b", "stays"), SyncSupport.json(EntityKey("b", "stays")))
    var operations = await deletions(
      of: [
        (EntityKey("b", "gone"), [:]), (EntityKey("b", "between"), ["to": ["gone"]]),
        (EntityKey("b", "free"), [:]),
      ], in: catalog)
    await catalog.put(moving, SyncSupport.json(moving, relations: ["to": ["between"]]))
    operations.append(
      await SyncSupport.change(moving, to: SyncSupport.json(moving, relations: ["to": ["stays"]]), catalog))
    await catalog.setRefusal { _, key in
      key == moving ? .init(status: 422, code: "invalid_request", message: "no") : nil
    }
    let report = try await SyncSupport.plan(operations, in: folder).apply(to: catalog)
    #expect(await catalog.entities[moving] != nil)
    #expect(await catalog.entities[EntityKey("b", "gone")] != nil)
    #expect(await catalog.entities[EntityKey("b", "free")] == nil)
    #expect(report.result.deleted == 1 && report.remaining.delete == 2)
  }
}
