import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite struct SyncRefusalTests {
  private let folder: TemporaryFolder
  private let refusal = WriteOutcome.Refusal(
    status: 422, code: "invalid_request", message: "title is too long")

  init() throws {
    folder = try TemporaryFolder()
  }

  @Test func oneThatIsRefusedCostsItselfAndIsNamedWithItsPlace() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:], "team": [:]]))
    await catalog.setRefusal { [refusal] _, key in key.identifier == "bad" ? refusal : nil }
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("service", "a"), SyncSupport.create("team", "bad", resource: 1),
        SyncSupport.create("team", "b", resource: 1),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.state == .failed && report.result.failed == 1 && report.result.created == 2)
    let failure = try #require(report.failures.first)
    #expect(failure.key == EntityKey("team", "bad") && failure.action == .create)
    #expect(failure.refusal == refusal && failure.origin?.rawHash == "hash-bad")
    #expect(failure.location == SourceLocation(file: "config.yml", line: 10, column: 5))
    #expect(!report.isDone)
  }

  @Test func whereTheCatalogCreatesNothingAllAreTriedOnceMore() async throws {
    for (createsMissing, tries) in [(false, 2), (true, 1)] {
      let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
      await catalog.setRefusal { [refusal] _, key in key.identifier == "bad" ? refusal : nil }
      let plan = try SyncSupport.plan(
        [SyncSupport.create("service", "bad"), SyncSupport.create("service", "good")], in: folder,
        SyncSupport.settings(createsMissing: createsMissing), name: "\(createsMissing)")
      let report = try await plan.apply(to: catalog)
      #expect(report.result.failed == 1 && report.result.created == 1)
      let calls = await catalog.calls.compactMap(\.written)
      #expect(calls.filter { $0.contains("bad") }.count == tries)
      #expect(calls.filter { $0.contains("good") }.count == 1)
    }
  }

  @Test func whatIsTakenTheSecondTimeIsNoFailure() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    await catalog.setRefusal { [refusal] attempt, key in
      key.identifier == "late" && attempt == 1 ? refusal : nil
    }
    let plan = try SyncSupport.plan([SyncSupport.create("service", "late")], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone && report.result.created == 1 && report.result.failed == 0)
  }

  @Test func aCauseThatPassesIsTriedOnceMoreInAnyCase() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    await catalog.setRefusal { attempt, _ in
      attempt == 1 ? .init(status: 503, code: "unavailable", message: "busy") : nil
    }
    let plan = try SyncSupport.plan(
      [SyncSupport.create("service", "a")], in: folder, SyncSupport.settings(createsMissing: true))
    let report = try await plan.apply(to: catalog)
    #expect(report.isDone)
  }

  /// Definitions that are not known say nothing of the order.
  @Test func aRelationToWhatIsWrittenLaterIsTriedOnceMore() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": ["to": "team"], "team": [:]]))
    await catalog.setRefusal { attempt, key in
      attempt == 1 && key.blueprint == "service" ? .init(status: 404, code: "not_found", message: "no") : nil
    }
    let plan = try SyncSupport.plan(
      [SyncSupport.create("service", "a", relations: ["to": ["t"]]), SyncSupport.create("team", "t")],
      in: folder)
    #expect(try await plan.apply(to: catalog).isDone)
  }

  @Test func aQueryThatFindsNothingIsAFailure() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    let query = #"{"combinator":"and","rules":[]}"#
    let json = #"{"identifier":\#(query),"blueprint":"service"}"#
    let plan = try SyncSupport.plan(
      [PlannedOperation(.write, EntityKey("service", query), after: Array(json.utf8))], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.failed == 1 && report.failures.first?.refusal.isUnresolvedQuery == true)
  }

  @Test func aHundredAreListedAndAllAreCounted() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    await catalog.setRefusal { [refusal] _, _ in refusal }
    let plan = try SyncSupport.plan((0..<150).map { SyncSupport.create("service", "e\($0)") }, in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.failures.count == 100 && report.result.failed == 150)
    #expect(report.failures.first?.key.identifier == "e0")
  }

  @Test func aWholeRequestThatIsRefusedIsARefusalOfEach() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:], "team": [:]]))
    await catalog.setFault { _, call in
      if case .upsert("service", _) = call { return .before(CatalogError(.notFound, "no blueprint service")) }
      return nil
    }
    let plan = try SyncSupport.plan(
      [
        SyncSupport.create("service", "a"), SyncSupport.create("service", "b"),
        SyncSupport.create("team", "t"),
      ], in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.failed == 2 && report.result.created == 1)
    #expect(report.failures.first?.refusal.message.contains("no blueprint service") == true)
    #expect(report.failures.first?.refusal.status == 404)
  }

  @Test func oneThatMakesTheCatalogRefuseARequestCostsOnlyItself() async throws {
    let catalog = StrictCatalog(SyncSupport.blueprints(["service": [:]]))
    await catalog.setFault { _, call in
      (call.written ?? []).contains("bad") ? .before(CatalogError(.refused, "cannot be read")) : nil
    }
    let plan = try SyncSupport.plan(
      (0..<20).map { SyncSupport.create("service", $0 == 11 ? "bad" : "e\($0)") }, in: folder)
    let report = try await plan.apply(to: catalog)
    #expect(report.result.created == 19 && report.failures.map(\.key.identifier) == ["bad"])
  }
}
