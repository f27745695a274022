import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("What a plan says of what a mapping lost")
struct PlanLossTests {
  private let objects = ["item": ["a", "b"].map { #"{"name": "\#($0)", "title": "T", "state": "Done"}"# }]
  private let right = ConfigText(resources: [.init("item", makes: "thing")])

  private func findings(
    _ resource: ConfigText.Resource, _ catalog: some Catalog = MemoryCatalog([:])
  ) async throws -> (plan: SyncPlan, findings: [String]) {
    let plan = try await plan(ConfigText(resources: [resource]), objects, catalog)
    return (
      plan,
      plan.summary.diagnostics.map {
        "\($0.severity.rawValue) \($0.rule) \($0.location?.line ?? 0): \($0.message)"
      }
    )
  }

  @Test("An identifier that no object has is an error with the key that is meant")
  func identifier() async throws {
    let catalog = MemoryCatalog([:])
    try await plan(right, objects, catalog).applyPlainly(to: catalog)
    var wrong = right.resources[0]
    wrong.identifier = ".nam"
    let (plan, findings) = try await findings(wrong, catalog)
    #expect(
      findings == [
        "error no-entities 8: kind `item` makes no entity of 2 objects: the identifier `.nam` is null on 2 of 2; "
          + "they have `.name`"
      ])
    #expect(plan.summary.diagnostics.first?.help == "write `.name`")
    #expect(plan.summary.diagnostics.first?.end?.column == 27)
  }

  @Test("An identifier that some objects do not have is a warning, as before, on the whole expression")
  func partial() async throws {
    var resource = right.resources[0]
    resource.identifier = "if .name == \"a\" then .name else null end"
    let (plan, findings) = try await findings(resource)
    #expect(findings.count == 1 && findings[0].hasPrefix("warning skipped-items 8: 1 item of kind `item`"))
    #expect(plan.summary.diagnostics.first?.end != nil)
  }

  @Test(
    "A field that fails on all objects, and a selector that keeps none, are named with what the objects have")
  func others() async throws {
    let failing = try await findings(.init("item", makes: "thing", "title: .title.name")).findings
    #expect(
      failing.count == 1
        && failing[0].hasPrefix("error failing-field 10: `title` of kind `item` fails on 2 of 2"))
    var resource = right.resources[0]
    resource.query = ".state == \"Donee\""
    let filtered = try await findings(resource).findings
    #expect(
      filtered.count == 1 && filtered[0].hasPrefix("warning no-entities 4: kind `item` makes no entity"))
    #expect(filtered.first?.contains("\"Done\"") == true, "\(filtered)")
  }

  @Test("What is deleted since its list of items is empty has the line of its own resource's list")
  func line() async throws {
    let catalog = MemoryCatalog([:])
    func text(_ list: String) -> [UInt8] {
      Array(
        """
        resources:
          - kind: item
            selector: {query: '.state == "Done"'}
            port: {entity: {mappings: {identifier: .name, blueprint: '"thing"'}}}
          - kind: item
            selector: {query: 'true'}
            port:
              itemsToParse: \(list)
              entity: {mappings: {identifier: .item.id, blueprint: '"part"'}}
        """.utf8)
    }
    let objects = ["item": [#"{"name": "a", "state": "Done", "parts": [{"id": "p"}]}"#]]
    func planned(_ list: String) async throws -> SyncPlan {
      let config = try PortAppConfig(yaml: text(list), file: "config.yml")
      return try await Planner(CompiledMapping(config), owner: planOwner)
        .plan(ListFetcher(objects: objects), for: catalog)
    }
    try await planned(".parts").applyPlainly(to: catalog)
    let plan = try await planned(".part // []")
    let cause = try #require(try plan.operation("part/p")?.cause)
    #expect(cause.kind == .mapping && cause.location?.line == 8)
    #expect(plan.summary.diagnostics.contains { $0.rule == .noEntities })
  }
}
