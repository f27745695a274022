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
