import Foundation
import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("A plan's file")
struct PlanFileTests {
  private static let config = ConfigText(resources: [.init("item", makes: "thing")])

  @Test("A plan is kept where it is asked for, and read again")
  func saved() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/my.plan"
    let plan = try await plan(Self.config, ["item": [#"{"name": "a"}"#]], MemoryCatalog()) { $0.path = path }
    let again = try SyncPlan(contentsOf: path)
    #expect(again.summary.id == plan.summary.id)
    #expect(try again.words() == ["create thing/a"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my.plan"])
  }

  @Test("A plan that fails leaves nothing, and what was there before stays")
  func failed() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/my.plan"
    _ = try await plan(Self.config, ["item": [#"{"name": "a"}"#]], MemoryCatalog()) { $0.path = path }
    let catalog = MemoryCatalog(["thing": ["owner": "person"]])
    _ = try await plan(Self.config, ["item": [#"{"name": "a"}"#]], catalog).applyPlainly(to: catalog)
    catalog.state.withLock { $0.relationError = CatalogError(.credentials, "refused") }
    await #expect(throws: CatalogError.self) {
      try await plan(Self.config, ["item": [#"{"name": "b"}"#]], catalog) { $0.path = path }
    }
    #expect(try SyncPlan(contentsOf: path).words() == ["create thing/a"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["my.plan"])
  }

  @Test("A temporary plan goes with its last reference")
  func temporary() async throws {
    var plan: SyncPlan? = try await plan(Self.config, ["item": [#"{"name": "a"}"#]], MemoryCatalog())
    let path = try #require(plan?.file.path)
    #expect(FileManager.default.fileExists(atPath: path))
    plan = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("Raw objects of what is written are kept where they are asked for")
  func raw() async throws {
    let object = #"{"name": "a", "id": 7}"#
    let plan = try await plan(Self.config, ["item": [object]], MemoryCatalog()) { $0.keepsRaw = true }
    let origin = try #require(try plan.operations().first?.origin)
    #expect(origin.rawIdentity == "7")
    #expect(origin.location?.description == "item.json:1:2")
    #expect(try plan.file.raw(origin.rawHash) == Array(object.utf8))
  }

  @Test("Somebody else's entity is taken over where it differs, and left alone where it does not")
  func foreign() async throws {
    let catalog = MemoryCatalog()
    for name in ["a", "b"] {
      catalog.put(
        EntityKey("thing", name), #"{"identifier": "\#(name)", "blueprint": "thing", "title": "T"}"#,
        by: "port-ocean/other/1/two/exporter")
    }
    let objects = [#"{"name": "a", "title": "T"}"#, #"{"name": "b", "title": "U"}"#]
    let plan = try await plan(Self.config, ["item": objects], catalog)
    #expect(try plan.words() == ["change thing/b title by unknown"])
    #expect(try plan.operation("thing/b")?.foreignDatasource == "port-ocean/other/1/two/exporter")
    #expect(plan.summary.total.keep == 1)
  }

  @Test("Fields to ignore are not compared")
  func ignored() async throws {
    let catalog = MemoryCatalog()
    try await plan(Self.config, ["item": [#"{"name": "a", "title": "T"}"#]], catalog).applyPlainly(
      to: catalog)
    let plan = try await plan(Self.config, ["item": [#"{"name": "a", "title": "U"}"#]], catalog) {
      $0.ignored = [JSONPath([.key("title")])]
    }
    #expect(try plan.words().isEmpty)
  }

  @Test("Changes are grouped by field and cause, with what changes to what")
  func groups() async throws {
    let catalog = MemoryCatalog()
    func objects(_ title: (Int) -> String) -> [String: [String]] {
      ["item": (0..<20).map { #"{"name": "\#($0)", "title": "\#(title($0))"}"# }]
    }
    try await plan(Self.config, objects { _ in "T" }, catalog).applyPlainly(to: catalog)
    let plan = try await plan(Self.config, objects { $0 < 12 ? "U" : "V\($0)" }, catalog)
    let group = try #require(plan.summary.changes.first)
    #expect(plan.summary.changes.count == 1)
    #expect(group.count == 20 && group.field == "title" && group.owned == 20)
    #expect(group.transitions.first == ChangeGroup.Transition(before: #""T""#, after: #""U""#, count: 12))
    #expect(group.transitions.count == 5 && group.otherTransitions == 4)
    #expect(group.examples == ["0", "1", "2", "3", "4"])
  }
}
