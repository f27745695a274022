import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("What a plan says of what the catalog will not take, and of what is somebody else's")
struct PlannedRefusalTests {
  private static let blueprint = """
    {"identifier": "thing", "title": "Thing", "schema": {"properties": {"n": {"type": "number"},
    "apiToken": {"type": "number"}, "url": {"type": "string"}}, "required": []}, "relations": {}}
    """

  private func names(_ count: Int) -> [String] { (0..<count).map { #"{"name": "t\#($0)", "x": "v\#($0)"}"# } }

  private func catalog(_ folder: TemporaryFolder) async throws -> LocalCatalog {
    let catalog = try LocalCatalog(path: "\(folder.path)/catalog.db")
    try await catalog.createBlueprint(Array(Self.blueprint.utf8))
    return catalog
  }

  @Test("Refusals are counted by the mistake, with the line that makes it; as many are refused then")
  func refusals() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder)
    let good = ConfigText(resources: [.init("item", makes: "thing", "properties:", "  url: .x")])
    _ = try await plan(good, ["item": names(12)], catalog).apply(to: catalog)
    let cases = [
      ("  n: .x", "`properties.n` is a string"), ("  nope: .x", "has no property `nope`"),
      ("  apiToken: .x", "`properties.apiToken` is not what the blueprint wants"),
    ]
    for (line, words) in cases {
      let config = ConfigText(resources: [.init("item", makes: "thing", "properties:", line)])
      let plan = try await plan(config, ["item": names(14)], catalog)
      let errors = plan.summary.diagnostics.filter { $0.severity == .error }
      #expect(errors.count == 1)
      #expect(errors.first?.message.hasPrefix("14 thing would be refused (t") == true, "\(errors)")
      #expect(errors.first?.message.contains(words) == true, "\(errors)")
      #expect(errors.first?.location?.line == 11)
      let report = try await plan.apply(to: catalog)
      #expect(report.result.failed == 14)
      #expect(FailureGroup.groups(of: report.failures).count == 1)
    }
  }

  @Test(
    "An identifier that is no text is refused with what is to be taken, and is refused by the sync, not left for another",
    arguments: [
      (#"{"id": "a"}"#, ".id.id"), (#"["a"]"#, ".id | first"), (#""a b""#, #".id | gsub(" "; "-")"#),
    ])
  func identifiers(id: String, advice: String) async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder)
    let config = ConfigText(resources: [
      .init(kind: "item", blueprint: "\"thing\"", identifier: ".id", lines: ["title: .title"])
    ])
    let plan = try await plan(config, ["item": [#"{"id": \#(id)}"#]], catalog)
    let error = try #require(plan.summary.diagnostics.first { $0.severity == .error })
    #expect(error.message.hasPrefix("1 thing would be refused"))
    #expect(error.message.contains("`identifier`") && error.location?.line == 8 && error.end?.column == 26)
    #expect(error.help?.contains("`\(advice)`") == true, "\(error)")
    let report = try await plan.apply(to: catalog)
    #expect(report.result.failed == 1 && report.remaining.operations == 0)
  }

  @Test("A number as an identifier is written as its text, with a warning")
  func number() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder)
    let config = ConfigText(resources: [
      .init(kind: "item", blueprint: "\"thing\"", identifier: ".id", lines: ["title: .title"])
    ])
    let plan = try await plan(config, ["item": [#"{"id": 7}"#]], catalog)
    #expect(plan.summary.diagnostics.map(\.severity) == [.warning])
    #expect(plan.summary.diagnostics.first?.help == "make it a string: `.id | tostring`")
    #expect(try await plan.apply(to: catalog).isDone)
  }

  @Test("What the catalog takes is no error, nor what a changed blueprint has no longer")
  func taken() async throws {
    let folder = try TemporaryFolder()
    let catalog = try await catalog(folder)
    let config = ConfigText(resources: [.init("item", makes: "thing", "properties:", "  url: .x")])
    let first = try await plan(config, ["item": names(3)], catalog)
    #expect(first.summary.diagnostics.isEmpty)
    _ = try await first.apply(to: catalog)
    let new = ConfigText(resources: [.init("item", makes: "thing", "properties:", "  other: .x")])
    let files = try TemporaryFolder()
    try files.write(
      "blueprints.json",
      #"[{"identifier": "thing", "title": "Thing", "schema": {"properties": {"other": {"type": "string"}}}}]"#
    )
    let resources = try DefaultResources(folder: files.path)
    let plan = try await plan(new, ["item": names(3)], catalog) {
      $0.setup = resources
      $0.updatesBlueprints = true
    }
    #expect(!plan.summary.diagnostics.contains { $0.severity == .error })
    #expect(try await plan.apply(to: catalog).isDone)
  }

  @Test("Entities that are the same but somebody else's are counted by whose they are")
  func foreignKeeps() async throws {
    let config = ConfigText(resources: [.init("item", makes: "thing")])
    let folder = try TemporaryFolder()
    let local = try await catalog(folder)
    let memory = MemoryCatalog()
    func check(_ catalog: some Catalog) async throws {
      let first = try await plan(config, ["item": names(3)], catalog)
      #expect(first.summary.foreignKeeps.isEmpty)
      _ = try await first.apply(to: catalog)
      let other = Datasource(type: "test", identifier: "other", version: "1")
      // The first one comes twice, and the later one differs.
      let again = try await Planner(CompiledMapping(config.config()), owner: other)
        .plan(ListFetcher(objects: ["item": names(3) + [#"{"name": "t0", "title": "x"}"#]]), for: catalog)
      #expect(again.summary.foreignKeeps == [ForeignKeep(planOwner.description, count: 2)])
      #expect(
        again.summary.wording.foreignKeeps == [
          "2 entities are as the mapping says, and last written by \(planOwner): they stay theirs"
        ])
    }
    try await check(local)
    try await check(memory)
  }
}
