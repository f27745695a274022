import TestSupport
import Testing

@testable import Portolan

@Suite("Lint: what a config tells its fetcher, and a fetcher.yml its spec.yml")
struct SelectorRuleTests {
  static let definition = """
    baseUrl: "{{ config.host }}"
    kinds:
      issue:
        selector:
          jql: {type: string, default: "updated >= -1w", description: Which issues.}
          state: {type: string, values: [open, closed]}
          states: {type: list, values: [open, closed]}
          deep: {type: boolean, default: false}
          limit: integer
          share: number
          more: object
          free: any
        get: /issues
        query: {all: "{{ selector | tojson }}"}
      sprint:
        selector: {board: {type: integer, required: true}}
        get: /board/{{ selector.board }}/sprint
    """

  private func lint(_ marked: String, _ definition: String = definition, spec: [String]? = nil) throws -> (
    found: [Diagnostic], place: String
  ) {
    let text = MarkedText("resources:\n\(marked)")
    let found = Linter().lint(
      Array(text.text.utf8), file: "config.yml", spec: spec.map { IntegrationSpec(kinds: $0) },
      fetcher: try fetcher(definition))
    return (found, text.place)
  }

  private func resource(_ kind: String, _ selector: String) -> String {
    "  - kind: \(kind)\n    selector: \(selector)\n    port: {entity: {mappings: {identifier: .id, blueprint: .b}}}"
  }

  @Test(
    "what is wrong is found at its place",
    arguments: [
      ("«isue»", "{query: .a}", "unknown-kind", "did you mean `issue`?"),
      ("«thing»", "{}", "unknown-kind", "it knows `issue`, `sprint`"),
      ("issue", "{query: .a, «jqll»: x}", "unknown-setting", "did you mean `jql`?"),
      ("sprint", "{board: 1, «zzz»: x}", "unknown-setting", "it reads `board`"),
      (
        "issue", "{jql: «[a]»}".replacing("«[a]»", with: "[a]"), "wrong-type",
        "write text, as `\"updated >= -1w\"`"
      ),
      ("issue", "{jql: «5»}", "wrong-type", "write text"),
      ("issue", "{deep: «maybe»}", "wrong-type", "write true or false, as `false`"),
      ("issue", "{limit: «1.5»}", "wrong-type", "write a whole number"),
      ("issue", "{share: «much»}", "wrong-type", "write a number"),
      ("issue", "{more: «x»}", "wrong-type", "write a mapping"),
      ("issue", "{state: «opne»}", "wrong-type", "one of `open`, `closed`"),
      ("issue", "{states: «open»}", "wrong-type", "one of `open`, `closed`"),
      ("issue", "{states: [open, all]}", "wrong-type", "one of `open`, `closed`"),
      ("sprint", "{query: .a}", "missing-key", "add `board:` with a whole number"),
      ("sprint", "{board: ~}", "missing-key", "add `board:`"),
    ])
  func findings(kind: String, selector: String, rule: String, help: String) throws {
    let (found, place) = try lint(resource(kind, selector))
    #expect(found.map(\.rule.rawValue) == [rule], "\(found)")
    let first = try #require(found.first)
    if !place.isEmpty { #expect(first.place == place) }
    #expect(first.help?.contains(help) == true, "\(first)")
  }

  @Test(
    "what the fetcher reads is left alone",
    arguments: [
      "{query: .a, jql: 'project = X', state: open, states: [open, closed], deep: yes, limit: 3, share: 0.5}",
      "{jql: , more: {a: [1]}, free: [x], share: 3, states: []}", "{query: .a}", "",
    ])
  func clean(selector: String) throws {
    #expect(try lint(resource("issue", selector)).found.isEmpty)
  }

  @Test("a resource without a selector lacks what is required, too")
  func noSelector() throws {
    let (found, _) = try lint(
      "  - kind: sprint\n    port: {entity: {mappings: {identifier: .id, blueprint: .b}}}")
    #expect(found.map(\.rule) == [.missingKey])
    #expect(found.first?.location?.line == 2)
  }

  @Test("a kind is unknown once, and not where there are other kinds or it has an error of its own")
  func kinds() throws {
    #expect(try lint(resource("isue", "{}"), spec: ["issue"]).found.count == 1)
    #expect(try lint(resource("isue", "{}"), spec: ["isue"]).found.map(\.rule) == [.unknownKind])
    let others = "baseUrl: https://e.com\notherKinds: {get: \"/{{ kind }}\"}"
    #expect(try lint(resource("anything", "{}"), others).found.isEmpty)
    #expect(try lint(resource("anything", "{a: 1}"), others).found.map(\.rule) == [.unknownSetting])
    let broken = "baseUrl: https://e.com\nkinds: {a: {items: .x}, b: {get: /b}}"
    #expect(try lint(resource("a", "{x: 1}"), broken).found.isEmpty)
  }

  @Test("an integration's files are found; without a fetcher.yml nothing is said of selectors")
  func integration() throws {
    let folder = try TemporaryFolder()
    let config = try folder.write(
      ".port/acme/resources/port-app-config.yml", "resources:\n" + resource("issue", "{jqll: x}"))
    #expect(Linter().lint(.config(at: config)).findings.isEmpty)
    let known = try fetcher(Self.definition)
    #expect(Linter().lint(.config(at: config), fetcher: known).findings.map(\.rule) == [.unknownSetting])
    let path = try folder.write(".port/acme/fetcher.yml", Self.definition)
    #expect(Integration.find(in: folder.path).map(\.fetcherPath) == [path])
    #expect(Linter().lint(.config(at: config)).findings.map(\.rule) == [.unknownSetting])
    // The file beside it is the one that counts.
    try folder.write(".port/acme/fetcher.yml", "baseUrl: https://e.com\notherKinds: {get: /a}")
    #expect(
      Linter().lint(.config(at: config), fetcher: known).findings.first?.message
        == "the fetcher reads no `jqll` for the kind `issue`")
    try folder.write(".port/acme/fetcher.yml", "baseUrl: [")
    #expect(Linter().lint(.config(at: config)).findings.isEmpty)
    #expect(Linter().lintFetcher(at: path).findings.map(\.rule) == [.yamlSyntax])
  }

  @Test(
    "a fetcher.yml agrees with its spec.yml",
    arguments: [
      (
        "baseUrl: \"{{ «config.hots» }}\"\nkinds: {a: {get: /a}, b: {get: /b}}", "unknown-configuration",
        "`host`?"
      ),
      (
        "baseUrl: \"{{ config.host }}\"\nkinds: {a: {get: /a, add: {__x: '«config[\"y z\"]»'}}, b: {get: /b}}",
        "unknown-configuration", "- name: y z"
      ),
      ("baseUrl: x\n«kinds»: {a: {get: /a}}", "unfetched-kind", "`b: {get: …}`"),
      (
        "baseUrl: x\nkinds: {a: {get: /a}, b: {get: /b}, «c»: {get: /c}}", "unknown-kind", "did you mean `a`?"
      ),
    ])
  func spec(marked: String, rule: String, help: String) throws {
    let text = MarkedText(marked)
    let spec = IntegrationSpec(kinds: ["a", "b"], configurations: [.init(name: "host")])
    let found = Linter().lintFetcher(Array(text.text.utf8), file: "fetcher.yml", spec: spec)
    #expect(found.map(\.rule.rawValue) == [rule], "\(found)")
    #expect(found.first?.place == text.place)
    #expect(found.first?.help?.contains(help) == true, "\(found)")
  }

  @Test("kinds that are there for others, or are any, need not be in spec.yml or fetcher.yml")
  func specClean() {
    let spec = IntegrationSpec(kinds: ["a", "b"], configurations: [.init(name: "host")])
    for yaml in [
      "baseUrl: x\nkinds: {a: {get: /a, parent: c}, b: {get: /b}, c: {get: /c}}",
      "baseUrl: x\nkinds: {a: {get: /a}}\notherKinds: {get: \"/{{ kind }}\"}",
      "baseUrl: x\nkinds: {a: {get: \"/{{ config | keys }}\"}, b: {get: \"/{{ def config: {x: 1}; config.x }}\"}}",
    ] {
      let found = Linter().lintFetcher(Array(yaml.utf8), file: "fetcher.yml", spec: spec)
      #expect(found.isEmpty, "\(found)")
    }
  }

  @Test("a secret in the file is not shown with what is found")
  func secret() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "fetcher.yml", "baseUrl: x\nauth: {bearer: hunter2hunter2, beerer: 1}\nkinds: {a: {get: /a}}")
    let report = Linter().lintFetcher(at: path)
    #expect(Set(report.findings.map(\.rule)) == [.writtenSecret, .unknownKey])
    let text = DiagnosticText(style: Style(hasColour: false, width: 100)).text(report.findings, SourceFiles())
    #expect(text.contains("bearer: ••••••••••••••, beerer: 1"))
    #expect(!text.contains("hunter2"))
  }
}
