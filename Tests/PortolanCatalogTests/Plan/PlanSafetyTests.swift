import Foundation
import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("What a slip of the hand does not cost")
struct PlanSafetyTests {
  private func config(_ title: String) -> ConfigText {
    ConfigText(resources: [.init("item", makes: "thing", "title: \(title)")])
  }

  @Test("A plan by expressions that do not compile is not carried out: it would empty their fields")
  func obstacle() async throws {
    let catalog = MemoryCatalog([:])
    let objects = ["item": [#"{"name": "a", "title": "A"}"#]]
    try await plan(config(".title"), objects, catalog).applyPlainly(to: catalog)
    let broken = try await plan(config("'.title |'"), objects, catalog)
    #expect(broken.summary.obstacle?.contains("`item`") == true)
    let error = await #expect(throws: CatalogError.self) { try await broken.apply(to: catalog) }
    #expect(error?.kind == .refused)
    #expect(try await plan(config(".title"), objects, catalog).words() == [])
  }

  @Test(
    "A plan of fields that name a file is not carried out: the file is not read here, and they would be empty"
  )
  func files() async throws {
    let catalog = MemoryCatalog([:])
    let objects = ["item": [#"{"name": "a", "title": "A"}"#]]
    try await plan(config(".title"), objects, catalog).applyPlainly(to: catalog)
    func planned(_ lines: String...) async throws -> SyncPlan {
      var text = config(".title")
      text.resources[0].lines = lines
      return try await plan(text, objects, catalog)
    }
    let one = try await planned("title: file://README.md")
    #expect(
      one.summary.obstacle
        == "`title` of `item` names a file, which is not read here, and would be emptied: "
        + NamedFiles.wayOut)
    let error = await #expect(throws: CatalogError.self) { try await one.apply(to: catalog) }
    #expect(error?.kind == .refused)
    #expect(try await plan(config(".title"), objects, catalog).words() == [])
  }

  @Test("A field that names a file is left empty, and said once, where no entity has something there")
  func emptyFiles() async throws {
    let objects = ["item": [#"{"name": "a", "title": "A", "a": "x"}"#]]
    var text = config(".title")
    text.resources[0].lines = ["title: .title", "properties: {a: file://a.md, b: 'search://query=b', c: .a}"]
    let catalog = MemoryCatalog([:])
    for _ in 0..<2 {
      let new = try await plan(text, objects, catalog)
      #expect(new.summary.obstacle == nil)
      let messages = new.summary.diagnostics.map(\.message)
      #expect(messages.count == 2)
      #expect(
        messages.first
          == "`properties.a` of `item` names a file, which is not read here: it is left empty")
      try await new.applyPlainly(to: catalog)
    }
    var filled = text
    filled.resources[0].lines[1] = "properties: {a: .a, b: .a, c: .a}"
    try await plan(filled, objects, catalog).applyPlainly(to: catalog)
    #expect(
      try await plan(text, objects, catalog).summary.obstacle
        == "`properties.a`, `properties.b` of `item` name files, which are not read here, and would be emptied: "
        + NamedFiles.wayOut)
  }

  @Test(
    "A field that an error leaves out stays in the catalog: where writes replace, the plan is not carried out",
    arguments: ["properties: {a: .a, b: [1]}", "relations: {b: [.b]}", "icon: [x]"])
  func leftOut(line: String) async throws {
    let field = line.hasPrefix("icon") ? "icon" : line.prefix { $0 != ":" } + ".b"
    let objects = ["item": [#"{"name": "a", "title": "A", "a": 1, "b": "x"}"#]]
    var right = config(".title")
    right.resources[0].lines += ["icon: .b", "properties: {a: .a, b: .b}", "relations: {b: .b}"]
    var wrong = config(".title")
    wrong.resources[0].lines += [line]
    let merged = MemoryCatalog([:])
    try await plan(right, objects, merged).applyPlainly(to: merged)
    let merging = try await plan(wrong, objects, merged)
    #expect(merging.summary.obstacle == nil)
    #expect(try merging.words() == [])
    right.settings = ["enableMergeEntity: false"]
    wrong.settings = right.settings
    let replaced = MemoryCatalog([:])
    try await plan(right, objects, replaced).applyPlainly(to: replaced)
    let replacing = try await plan(wrong, objects, replaced)
    #expect(
      replacing.summary.obstacle
        == "`\(field)` of `item` is left out for an error, and would be deleted, as `enableMergeEntity` is false"
    )
    let error = await #expect(throws: CatalogError.self) { try await replacing.apply(to: replaced) }
    #expect(error?.kind == .refused)
  }

  @Test("A plan is not put in the place of a file that is no plan")
  func otherFile() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("catalog.db", "precious")
    var options = Planner.Options()
    options.path = path
    let planner = Planner(
      CompiledMapping(try config(".title").config()), owner: planOwner, options: options)
    let error = await #expect(throws: CatalogError.self) {
      try await planner.plan(FixtureStreams(FixtureFolder(folder.path)), for: MemoryCatalog([:]))
    }
    #expect(error?.kind == .refused)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
  }

  @Test("A kind that has no fixture is not complete, and nothing of it is deleted")
  func missingFixture() async throws {
    let folder = try TemporaryFolder()
    let catalog = MemoryCatalog([:])
    try await plan(config(".title"), ["item": [#"{"name": "a"}"#]], catalog).applyPlainly(to: catalog)
    let planner = Planner(CompiledMapping(try config(".title").config()), owner: planOwner)
    let plan = try await planner.plan(FixtureStreams(FixtureFolder(folder.path)), for: catalog)
    #expect(try plan.words() == ["hold thing/a incomplete"])
    #expect(plan.summary.diagnostics.contains { $0.rule == .missingFixture })
  }
}
