import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("What made a plan's changes")
struct PlanCauseTests {
  private static let things =
    #"{"identifier": "thing", "schema": {"properties": {"size": {"type": "number"}}}}"#

  private func catalog(_ folder: TemporaryFolder) async throws -> LocalCatalog {
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    try await catalog.createBlueprint(Array(Self.things.utf8))
    return catalog
  }

  private static let before = ConfigText(
    resources: [.init("item", makes: "thing", "title: .title", "properties:", "  size: .size")])

  @Test("Source, drift and mapping are told apart, field by field")
  func fields() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder)
    let objects = [#"{"name": "a", "title": "A", "size": 1}"#, #"{"name": "b", "title": "B", "size": 2}"#]
    try await plan(Self.before, ["item": objects], catalog).applyPlainly(to: catalog)
    // Somebody changes a's title in the catalog, and the source changes a's size.
    _ = try await catalog.upsert(
      [Array(#"{"identifier": "a", "title": "Z"}"#.utf8)], of: "thing", UpsertOptions(),
      datasource: planOwner.description)
    let now = [#"{"name": "a", "title": "A", "size": 3}"#, objects[1]]
    let drifted = try await plan(Self.before, ["item": now], catalog)
    #expect(try drifted.words() == ["change thing/a properties.size by source title by catalog"])

    // The mapping is edited besides.
    var edited = Self.before
    edited.resources[0].lines = ["title: .title | ascii_downcase", "properties:", "  size: .size"]
    let plan = try await plan(edited, ["item": objects], catalog)
    let change = try #require(try plan.operation("thing/b"))
    #expect(change.words == "change thing/b title by mapping")
    #expect(change.changes.first?.cause.location?.line == 10)
    #expect(plan.summary.editedLines == 1)
  }

  @Test("An entity is created by the mapping where the config before made none of its object")
  func creations() async throws {
    let catalog = MemoryCatalog()
    let objects = ["a", "b"].map { #"{"name": "\#($0)", "title": "T", "open": \#($0 == "a")}"# }
    var config = Self.before
    config.resources[0].query = ".open"
    let first = try await plan(config, ["item": objects], catalog)
    #expect(try first.operations().map(\.cause) == [nil])
    try await first.applyPlainly(to: catalog)
    let more = objects + [#"{"name": "c", "open": true}"#]
    #expect(try await plan(config, ["item": more], catalog).operation("thing/c")?.cause == PlanCause(.source))

    let all = try await plan(Self.before, ["item": more], catalog)
    #expect(try all.operation("thing/c")?.cause == PlanCause(.source))
    let opened = try #require(try all.operation("thing/b")?.cause)
    #expect(opened.kind == .mapping)
    #expect(opened.location?.line == 4)
  }

  @Test("An entity is deleted by the mapping where the config before still makes it, or its resource is gone")
  func deletions() async throws {
    let catalog = MemoryCatalog()
    let items = ["a", "b", "c"].map { #"{"name": "\#($0)", "open": \#($0 != "b")}"# }
    var config = Self.before
    config.resources.append(.init("user", makes: "person"))
    try await plan(config, ["item": items, "user": [#"{"name": "u"}"#]], catalog).applyPlainly(to: catalog)
    #expect(
      try await plan(config, ["item": [items[0], items[1]], "user": [#"{"name": "u"}"#]], catalog)
        .operation("thing/c")?.cause == PlanCause(.source))

    var edited = Self.before
    edited.resources[0].query = ".open"
    let plan = try await plan(edited, ["item": items], catalog)
    #expect(try plan.words() == ["delete person/u", "delete thing/b"])
    #expect(try plan.operation("person/u")?.cause == PlanCause(.mapping))
    #expect(try plan.operation("thing/b")?.cause?.kind == .mapping)
    #expect(try plan.operation("thing/b")?.cause?.location?.line == 4)
  }

  @Test("A config that was applied and cannot be read is named, and no cause is told")
  func unreadable() async throws {
    let catalog = MemoryCatalog()
    try await plan(Self.before, ["item": [#"{"name": "a", "size": 1}"#]], catalog).applyPlainly(to: catalog)
    catalog.state.withLock { $0.config = Array("resources: [".utf8) }
    let plan = try await plan(Self.before, ["item": [#"{"name": "a", "size": 2}"#]], catalog)
    #expect(try plan.words() == ["change thing/a properties.size by unknown"])
    #expect(plan.summary.diagnostics.contains { $0.rule == .catalog })
  }

  @Test("Port's JSON of a config is read as one; its lines are not compared")
  func json() async throws {
    let catalog = MemoryCatalog()
    try await plan(Self.before, ["item": [#"{"name": "a", "size": 1}"#]], catalog).applyPlainly(to: catalog)
    let json = #"""
      {"resources": [{"kind": "item", "selector": {"query": "true"}, "port": {"entity": {"mappings": {
      "identifier": ".name", "blueprint": "\"thing\"", "title": ".title", "properties": {"size": ".size + 1"}}}}}]}
      """#
    catalog.state.withLock { $0.config = Array(json.utf8) }
    let plan = try await plan(Self.before, ["item": [#"{"name": "a", "size": 2}"#]], catalog)
    #expect(plan.summary.editedLines == nil)
    #expect(try plan.words() == ["change thing/a properties.size by mapping"])
  }
}

@Suite("Renames in plans")
struct PlanRenameTests {
  private static let config = ConfigText(resources: [.init("item", makes: "thing")])

  @Test("An edited identifier renames, in both operations, and the mapping is the cause")
  func mapping() async throws {
    let catalog = MemoryCatalog()
    let objects = ["a", "b"].map { #"{"name": "\#($0)", "key": "k-\#($0)"}"# }
    try await plan(Self.config, ["item": objects], catalog).applyPlainly(to: catalog)
    var edited = Self.config
    edited.settings = ["entityDeletionThreshold: 1"]
    edited.resources[0].identifier = ".key"
    let plan = try await plan(edited, ["item": objects], catalog)
    #expect(
      plan.summary.renames == [
        Rename(
          from: EntityKey("thing", "a"), to: EntityKey("thing", "k-a"), rawIdentity: nil,
          cause: PlanCause(.mapping, at: SourceLocation(file: "config.yml", line: 9, column: 23))),
        Rename(
          from: EntityKey("thing", "b"), to: EntityKey("thing", "k-b"), rawIdentity: nil,
          cause: PlanCause(.mapping, at: SourceLocation(file: "config.yml", line: 9, column: 23))),
      ])
    #expect(try plan.operation("thing/a")?.counterpart == EntityKey("thing", "k-a"))
    #expect(try plan.operation("thing/k-a")?.counterpart == EntityKey("thing", "a"))
  }

  @Test("Of one object that made several, none is a rename where several may be meant")
  func ambiguous() async throws {
    let catalog = MemoryCatalog()
    try await plan(Self.config, ["item": [#"{"name": "a"}"#, #"{"name": "b"}"#]], catalog).applyPlainly(
      to: catalog)
    var edited = Self.config
    edited.settings = ["entityDeletionThreshold: 1"]
    edited.resources[0].identifier = ".name + \"-1\""
    edited.resources.append(edited.resources[0])
    edited.resources[1].identifier = ".name + \"-2\""
    let plan = try await plan(edited, ["item": [#"{"name": "a"}"#, #"{"name": "b"}"#]], catalog)
    #expect(plan.summary.renameCount == 0)
    #expect(plan.summary.total.create == 4)
  }

  @Test("A raw object with the same id renames by the source, one to one")
  func source() async throws {
    let folder = try TemporaryFolder()
    let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
    try await catalog.createBlueprint(Array(#"{"identifier": "thing", "schema": {"properties": {}}}"#.utf8))
    func objects(_ names: [String]) -> [String: [String]] {
      ["item": names.enumerated().map { #"{"id": \#($0 + 1), "name": "\#($1)"}"# }]
    }
    try await plan(Self.config, objects(["a", "b", "c"]), catalog).applyPlainly(to: catalog)
    let plan = try await plan(Self.config, objects(["a", "x", "c"]), catalog)
    #expect(
      plan.summary.renames == [
        Rename(
          from: EntityKey("thing", "b"), to: EntityKey("thing", "x"), rawIdentity: "2",
          cause: PlanCause(.source))
      ])
    #expect(try plan.operation("thing/b")?.counterpart == EntityKey("thing", "x"))
  }
}
