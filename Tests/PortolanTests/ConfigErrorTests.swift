import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: port-app-config.yml, what is wrong with one, and where")
struct ConfigErrorTests {
  /// A config and the first thing wrong with it.
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var yaml: String
    var place: String
    var rule: Diagnostic.Rule
    var says: String
    var testDescription: String { name }
  }

  private static let entity = "port: {entity: {mappings: {identifier: .id, blueprint: .b}}}"

  static let cases = [
    Case(name: "a list", yaml: "- a", place: "1:1", rule: .wrongType, says: "a list"),
    Case(
      name: "no resources", yaml: "enableMergeEntity: true", place: "1:1", rule: .missingKey,
      says: "`resources`"),
    Case(name: "resources a text", yaml: "resources: x", place: "1:12", rule: .wrongType, says: "not a list"),
    Case(
      name: "no kind", yaml: "resources:\n  - \(entity)", place: "2:5", rule: .missingKey,
      says: "`kind` is missing"),
    Case(
      name: "kind a list", yaml: "resources:\n  - kind: [a]\n    \(entity)", place: "2:11", rule: .wrongType,
      says: "`kind`"),
    Case(
      name: "no port", yaml: "resources:\n  - kind: a", place: "2:5", rule: .missingKey,
      says: "`port` is missing"),
    Case(
      name: "no entity", yaml: "resources:\n  - kind: a\n    port: {itemsToParse: .x}", place: "3:11",
      rule: .missingKey,
      says: "`entity` is missing"),
    Case(
      name: "no mappings", yaml: "resources:\n  - kind: a\n    port: {entity: {}}", place: "3:20",
      rule: .missingKey,
      says: "`mappings` is missing"),
    Case(
      name: "no identifier", yaml: "resources:\n  - kind: a\n    port: {entity: {mappings: {blueprint: .b}}}",
      place: "3:31", rule: .missingKey, says: "`identifier` is missing"),
    Case(
      name: "empty blueprint",
      yaml:
        "resources:\n  - kind: a\n    port:\n      entity:\n        mappings:\n          identifier: .id\n          blueprint:",
      place: "7:21", rule: .missingKey, says: "`blueprint` is empty"),
    Case(
      name: "a property that is a mapping",
      yaml: resource("identifier: .id\nblueprint: .b\nproperties:\n  url: {a: b}"), place: "9:18",
      rule: .wrongType, says: "this must be a jq expression"),
    Case(
      name: "rules a text",
      yaml: resource("identifier: .id\nblueprint: .b\nrelations:\n  r: {combinator: .c, rules: x}"),
      place: "9:40", rule: .wrongType, says: "`rules`"),
    Case(
      name: "a flag that is a number", yaml: "enableMergeEntity: 3\nresources: []", place: "1:20",
      rule: .wrongType,
      says: "not true or false"),
    Case(
      name: "a share above 1", yaml: "entityDeletionThreshold: 90\nresources: []", place: "1:26",
      rule: .wrongType,
      says: "from 0 to 1"),
    Case(
      name: "a key twice", yaml: "resources: []\nresources: []", place: "2:1", rule: .yamlSyntax,
      says: "resources"),
    Case(
      name: "a second document", yaml: "resources: []\n---\nx: 1", place: "2:1", rule: .yamlSyntax,
      says: "document"),
    Case(name: "a tab", yaml: "resources:\n\t- kind: a", place: "2:1", rule: .yamlSyntax, says: "tab"),
    Case(name: "a cycle", yaml: "resources: &a\n  - *a", place: "2:5", rule: .yamlSyntax, says: "a"),
    Case(name: "empty", yaml: "", place: "1:1", rule: .yamlSyntax, says: "empty"),
  ]

  @Test("an error has its position, what was found and what to do", arguments: cases)
  func errors(broken: Case) throws {
    let found = diagnostics(broken.yaml)
    let first = try #require(found.first { $0.severity == .error })
    #expect(first.location?.description == "config.yml:\(broken.place)")
    #expect(first.rule == broken.rule)
    #expect(first.message.contains(broken.says), "\(first.message)")
    #expect(first.help?.isEmpty == false)
  }

  @Test("an explosion of aliases is an error with its position")
  func explosion() throws {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      yaml +=
        "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        + "]\n"
    }
    let first = try #require(diagnostics(yaml + "resources: []").first)
    #expect(first.rule == .yamlSyntax)
    #expect((first.location?.line ?? 0) > 1)
  }

  @Test(
    "an unknown key is a warning with the nearest known one",
    arguments: [
      ("resorces: []\nresources: []", "1:1", "`resources`"),
      (resource("identifier: .id\nblueprint: .b\nproprties: {}"), "8:11", "`properties`"),
      (resource("identifier: .id\nblueprint: .b", port: "itemToParse: .x"), "4:7", "`itemsToParse`"),
      (
        resource("identifier: .id\nblueprint: .b\nrelations: {r: {combinator: .c, rule: [], rules: []}}"),
        "8:43", "`rules`"
      ),
    ])
  func unknownKeys(yaml: String, place: String, nearest: String) throws {
    let found = diagnostics(yaml)
    #expect(found.map(\.rule) == [.unknownKey])
    #expect(found.first?.severity == .warning)
    #expect(found.first?.location?.description == "config.yml:\(place)")
    #expect(found.first?.help == "did you mean \(nearest)?")
  }

  @Test("everything is said in the order of the file")
  func order() {
    let found = diagnostics(
      """
      resources:
        - port: {itemsToParse: [.x], entity: {mappings: {title: [.t], blueprint: {}}}, other: 1}
          kind: []
      more: 1
      enableMergeEntity: 3
      """)
    #expect(
      found.map { "\($0.location?.line ?? 0) \($0.rule.rawValue)" } == [
        "2 wrong-type", "2 missing-key", "2 wrong-type", "2 wrong-type", "2 unknown-key", "3 wrong-type",
        "4 unknown-key", "5 wrong-type",
      ])
  }

  @Test("a key like no other is a warning that lists the known ones")
  func strangeKey() {
    #expect(diagnostics("x: 1\nresources: []").first?.help?.contains("`enableMergeEntity`") == true)
  }

  @Test("a resource that is not well-formed costs only itself, and all that is wrong in it is said")
  func onlyItself() throws {
    let yaml = """
      resources:
        - kind: broken
          port: {entity: {mappings: [{title: .t}, {identifier: .id}]}}
        - kind: fine
          port: {entity: {mappings: {identifier: .id, blueprint: '"b"'}}}
      """
    let config = try config(yaml)
    #expect(config.resources.map(\.kind) == ["fine"])
    #expect(config.resources.map(\.index) == [1])
    #expect(config.diagnostics.map(\.message).filter { $0.contains("missing") }.count == 3)
  }
}
