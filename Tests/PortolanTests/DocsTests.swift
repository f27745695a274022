import Foundation
import JQ
import TestSupport
import Testing

@testable import Portolan

@Suite("The documentation")
struct DocsTests {
  private static let pages = ["docs/guide.md", "docs/coming-from-ocean.md"]

  private static let examples: [DocsExample] = pages.flatMap { (try? DocsExample.read($0)) ?? [] }

  @Test("each page has examples, each of them whole", arguments: pages)
  func whole(page: String) throws {
    let examples = try DocsExample.read(page)
    #expect(!examples.isEmpty, "\(page) has no example that can be run")
    for example in examples {
      #expect(!example.raw.isEmpty, "\(example.testDescription) has no raw object")
      #expect(example.entities != nil, "\(example.testDescription) has no entity")
    }
  }

  @Test("an example gives the entities that are below it", arguments: examples)
  func runs(example: DocsExample) async throws {
    let yaml = "resources:\n" + example.mapping
    let config = try PortAppConfig(yaml: Array(yaml.utf8), file: example.page)
    // Which variables are shown is decided where it is run.
    #expect(config.diagnostics.allSatisfy { $0.rule == .hiddenVariable }, "\(config.diagnostics)")
    let folder = try TemporaryFolder()
    let firstKind = try #require(config.resources.first).kind
    for (kind, json) in example.raw {
      try folder.write(FixtureFolder.fileName(kind.isEmpty ? firstKind : kind) + ".json", json)
    }
    let result = await DryRun(
      config, fixtures: FixtureFolder(folder.path),
      environment: JQEnvironment(variables: ["STAGE": "prod"])
    ).run()
    #expect(
      result.resources.flatMap(\.entities).map(\.description) == DocsExample.compact(example.entities ?? ""))
    // An example may show a field that fails, or a secret that is not shown.
    #expect(
      result.diagnostics.allSatisfy {
        $0.rule == .failingField || ($0.rule == .hiddenVariable && $0.message.contains("`API_TOKEN`"))
      }, "\(result.diagnostics)")
  }

  @Test("the list of tasks at the top of the guide names its headings, in order")
  func contents() throws {
    let guide = try String(contentsOf: repository.appending(path: "docs/guide.md"), encoding: .utf8)
    let headings = guide.matches(of: /\n## ([^\n]+)/).map { String($0.1) }
    let links = guide.matches(of: /\n- \[([^\]]+)\]\(#([^)]+)\)/).map { (String($0.1), String($0.2)) }
    #expect(links.map(\.0) == headings)
    for (name, anchor) in links {
      #expect(anchor == name.lowercased().replacing(" ", with: "-").replacing(",", with: ""))
    }
  }
}
