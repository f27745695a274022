import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("Plans")
struct PlannerTests {
  private static let config = ConfigText(resources: [.init("item", makes: "thing")])

  @Test("What is new is created, what differs changes, what is the same stays, what is gone is deleted")
  func actions() async throws {
    let catalog = MemoryCatalog()
    let before = ["a", "b", "c"].map { #"{"name": "\#($0)", "title": "T"}"# }
    let first = try await plan(Self.config, ["item": before], catalog)
    #expect(try first.words() == ["create thing/a", "create thing/b", "create thing/c"])
    try await first.applyPlainly(to: catalog)

    let second = try await plan(Self.config, ["item": before], catalog)
    #expect(try second.words().isEmpty)
    #expect(second.summary.total.keep == 3)
    #expect(!second.summary.hasChanges)

    let now = [#"{"name": "a", "title": "T"}"#, #"{"name": "b", "title": "U"}"#, #"{"name": "d"}"#]
    let third = try await plan(Self.config, ["item": now], catalog)
    #expect(
      try third.words() == [
        "change thing/b title by unknown", "create thing/d", "delete thing/c",
      ])
    #expect(third.summary.total.keep == 1)
    #expect(third.summary.blueprints.map(\.blueprint) == ["thing"])
    try await third.applyPlainly(to: catalog)
    #expect(try await plan(Self.config, ["item": now], catalog).words().isEmpty)
  }

  @Test("A local catalog says who changed something")
  func local() async throws {
    let folder = try TemporaryFolder()
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    try await catalog.createBlueprint(
      Array(
        #"{"identifier": "thing", "title": "Thing", "schema": {"properties": {}, "required": []}}"#.utf8))
    let before = ["a", "b", "c"].map { #"{"name": "\#($0)", "title": "T"}"# }
    try await plan(Self.config, ["item": before], catalog).applyPlainly(to: catalog)
    let second = try await plan(Self.config, ["item": before], catalog)
    #expect(try second.words().isEmpty)
    #expect(second.summary.total.keep == 3)
    let now = [#"{"name": "a", "title": "T"}"#, #"{"name": "b", "title": "U"}"#, #"{"name": "d"}"#]
    let third = try await plan(Self.config, ["item": now], catalog)
    #expect(
      try third.words() == ["change thing/b title by source", "create thing/d", "delete thing/c"])
  }
}
