import Foundation
import Testing
import YAMLTree

@testable import Portolan

@Suite("The JSON Schema of a config")
struct ConfigSchemaTests {
  private static let mapping = "identifier: .a, blueprint: .b"

  private func schema(_ integrations: [Integration] = []) throws -> [String: Any] {
    let json = try ConfigSchema(integrations).json
    return try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
  }

  private func accepts(_ yaml: String, _ integrations: [Integration] = []) throws -> Bool {
    let json = try YAMLParser.parse(Array(yaml.utf8)).json()
    let value = try JSONSerialization.jsonObject(with: Data(json.utf8), options: .fragmentsAllowed)
    return SchemaValidator(root: try schema(integrations)).isValid(value)
  }

  private func resource(_ port: String, _ more: String = "") -> String {
    "resources: [{kind: a, \(more)port: {\(port)}}]"
  }

  private func mappings(_ mappings: String) -> String { resource("entity: {mappings: {\(mappings)}}") }

  private var shipped: [Integration] { Integration.find(in: repository.path(percentEncoded: false)) }

  @Test("it is draft 7, and every reference leads to a definition")
  func references() throws {
    let schema = try schema(shipped)
    #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    let text = String(decoding: try ConfigSchema(shipped).json, as: UTF8.self)
    let definitions = try #require(schema["definitions"] as? [String: Any])
    let references = text.matches(of: /"#\/definitions\/([A-Za-z]+)"/).map { String($0.1) }
    #expect(!references.isEmpty)
    #expect(Set(references).subtracting(definitions.keys).isEmpty)
    #expect(Set(definitions.keys).subtracting(references).isEmpty)
  }

  @Test("it accepts the configs of this project, whose kinds, selectors and properties it knows")
  func shippedConfigs() throws {
    #expect(shipped.count == 2)
    for integration in shipped {
      let yaml = try String(contentsOfFile: integration.configPath, encoding: .utf8)
      #expect(try accepts(yaml))
      #expect(try accepts(yaml, [integration]))
      #expect(try accepts(yaml, shipped))
    }
    // Octopus has a list for any kind, so only Jira's kinds are all known.
    #expect(try !accepts(mappings(Self.mapping), shipped.filter { $0.name == "jira" }))
    let text = String(decoding: try ConfigSchema(shipped).json, as: UTF8.self)
    for known in ["issue", "jql", #"\"jiraIssue\""#, "creatorEmail"] {
      #expect(text.contains("\"\(known)\""), "\(known)")
    }
  }

  @Test("it accepts what Ocean and this project accept")
  func accepted() throws {
    let yamls = [
      "resources: []", "resources:", "x-base: {a: 1}\nresources: []",
      "base: &base {a: 1}\nresources: []", "repositoryType: all\nresources: []",
      "enableMergeEntity: yes\nresources: []",
      "entityDeletionThreshold: 1\nresources: []", mappings(Self.mapping),
      mappings("identifier: 1, blueprint: true, title: , icon: '\"x\"', team: .t"),
      mappings(Self.mapping + ", properties: {a: 1, b: null, c: true}, relations: {r: .x}"),
      mappings(Self.mapping + ", properties: , relations: "),
      mappings(
        Self.mapping
          + ", relations: {r: {combinator: .c, rules: [{property: .p, operator: .o, value: .v}, {combinator: .c, rules: []}]}}"
      ),
      resource("entity: {mappings: [{\(Self.mapping)}]}, itemsToParse: .x, itemsToParseName: y"),
      resource("entity: {mappings: {\(Self.mapping)}}", "selector: {query: true, jql: x, list: [1]}, "),
      resource("entity: {mappings: {\(Self.mapping)}}", "selector: , "),
    ]
    for yaml in yamls { #expect(try accepts(yaml), "\(yaml)") }
  }

  @Test("it rejects what can never be right")
  func rejected() throws {
    let yamls = [
      "[]", "text", "a: 1", "unknown: 1\nresources: []", mappings(Self.mapping + ", more: []"),
      mappings(Self.mapping + ", propertes: {}"), mappings("identifier: .a, blueprint: jiraIssue"),
      mappings("identifier: .a, blueprint: my-service"),
      resource("entity: {mappings: {\(Self.mapping)}}, itemToParse: .x"),
      resource("entity: {mappings: {\(Self.mapping)}}", "selector: {querry: true}, "),
      "resources: {}", "resources: [1]", "resources: [{kind: a}]",
      "resources: [{port: {entity: {mappings: {\(Self.mapping)}}}}]", "resources: [{kind: [], port: {}}]",
      "resources: [{kind: '', port: {entity: {mappings: {\(Self.mapping)}}}}]",
      resource(""), resource("entity: []"), resource("entity: {}"), resource("entity: {mappings: 1}"),
      resource("entity: {mappings: [1]}"), mappings("identifier: .a"), mappings("blueprint: .b"),
      mappings("identifier: , blueprint: .b"), mappings("identifier: [.a], blueprint: .b"),
      mappings("identifier: .a, blueprint: {}"), mappings(Self.mapping + ", title: []"),
      mappings(Self.mapping + ", properties: []"), mappings(Self.mapping + ", properties: {a: {b: .c}}"),
      mappings(Self.mapping + ", relations: {a: [.b]}"),
      mappings(Self.mapping + ", relations: {a: {rules: []}}"),
      mappings(Self.mapping + ", relations: {a: {combinator: .c, rules: [{property: .p}]}}"),
      resource("entity: {mappings: {\(Self.mapping)}}, itemsToParse: [.x]"),
      resource("entity: {mappings: {\(Self.mapping)}}, itemsToParseTopLevelTransform: maybe"),
      resource("entity: {mappings: {\(Self.mapping)}}", "selector: [], "),
      resource("entity: {mappings: {\(Self.mapping)}}", "selector: {query: {}}, "),
      "entityDeletionThreshold: 1.5\nresources: []", "entityDeletionThreshold: many\nresources: []",
      "deleteDependentEntities: 1\nresources: []",
    ]
    for yaml in yamls { #expect(try !accepts(yaml), "\(yaml)") }
  }

  @Test("it marks what the blueprint does not have, and a blueprint that is not there")
  func blueprints() throws {
    let jira = shipped.filter { $0.name == "jira" }
    func issue(_ fields: String) -> String {
      "resources: [{kind: issue, port: {entity: {mappings: {identifier: .key, \(fields)}}}}]"
    }
    let known = #"blueprint: '"jiraIssue"'"#
    #expect(try accepts(issue(known + ", properties: {url: .url}"), jira))
    #expect(try accepts(issue(#"blueprint: '"_user"'"#), jira))
    #expect(try accepts(issue("blueprint: .type"), jira))
    #expect(try !accepts(issue(known + ", properties: {isueType: .a}"), jira))
    #expect(try !accepts(issue(known + ", relations: {projct: .a}"), jira))
    #expect(try !accepts(issue(#"blueprint: '"jiraIsue"'"#), jira))
    #expect(try !accepts("repositoryType: all\n" + issue(known), jira))
  }

  @Test("several integrations of which one has no spec.yml leave the kind open")
  func open() throws {
    var without = try #require(shipped.first)
    without.specPath = nil
    #expect(try accepts(mappings(Self.mapping), [without, try #require(shipped.last)]))
  }
}
