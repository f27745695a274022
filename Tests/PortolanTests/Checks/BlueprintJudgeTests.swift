import Testing

@testable import Portolan

/// What lint tells from the text and a dry run from what came out is one rule, one severity, one place.
@Suite("One judge of blueprints")
struct BlueprintJudgeTests {
  /// Lines of a mapping, with marks around what is wrong with them.
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Diagnostic.Rule
    var severity = Diagnostic.Severity.error
    var mapping: String
    var testDescription: String { "\(rule.rawValue): \(mapping)" }
  }

  static let blueprints = #"""
    [{"identifier": "thing",
      "schema": {
        "properties": {
          "n": {"type": "number"}, "on": {"type": "boolean"}, "tags": {"type": "array"},
          "level": {"type": "string", "enum": ["high", "low"]}, "site": {"type": "string", "format": "url"},
          "must": {}
        },
        "required": ["must"]
      },
      "mirrorProperties": {"mirrored": {"path": "owner.$title"}},
      "relations": {"owner": {"target": "person"}, "all": {"target": "person", "many": true}}},
     {"identifier": "person", "schema": {"properties": {}}}]
    """#

  private static let object = #"{"id": "a", "s": "x", "n": 1, "l": ["x"], "kind": "thing"}"#

  private func lint(_ config: MarkedText) throws -> [Diagnostic] {
    try LintRuleTests.lint(config.text, blueprints: Self.blueprints)
  }

  private func dryRun(_ config: MarkedText) async throws -> [Diagnostic] {
    try await checks(config.text, ["thing": Self.object], blueprints: Self.blueprints)
  }

  private func config(_ lines: String, blueprint: String = #"'"thing"'"#) -> MarkedText {
    MarkedText(resource("identifier: .id\nblueprint: \(blueprint)\n\(lines)"))
  }

  static let writtenCases = [
    Case(rule: .unknownProperty, mapping: "properties: {must: .s, «tgas»: .l}"),
    Case(rule: .unknownRelation, mapping: "properties: {must: .s}\nrelations: {«ownr»: .s}"),
    Case(rule: .misplacedField, mapping: "properties: {must: .s, «owner»: .s}"),
    Case(rule: .misplacedField, mapping: "properties: {must: .s}\nrelations: {«n»: .n}"),
    Case(rule: .computedProperty, mapping: "properties: {must: .s, «mirrored»: .s}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, n: '«\"x\"»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, n: '«.l | join(\",\")»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, n: 'if .none then 1 else «\"x\"» end'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, on: '«\"true\"»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, tags: '«.s == 1»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, level: '.none // «\"hihg\"»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, site: '«\"example.com\"»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s}\nrelations: {owner: «7»}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s}\nrelations: {owner: '«[.s]»'}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s}\nrelations: {all: '«\"x\"»'}"),
  ]

  @Test(
    "what the text tells, lint and a dry run say alike, at the same place", arguments: writtenCases
  )
  func written(wrong: Case) async throws {
    let config = config(wrong.mapping)
    let found = try lint(config)
    #expect(found.map(\.rule) == [wrong.rule])
    #expect(found.first?.severity == wrong.severity)
    #expect(found.first?.place == config.place)
    #expect(try await dryRun(config) == found)
  }

  @Test("a blueprint that is not there, and a required property that no mapping sets, likewise")
  func blueprint() async throws {
    let unknown = config("", blueprint: #"'«"thign"»'"#)
    let missing = config("", blueprint: #"'«"thing"»'"#)
    let expected = [(unknown, Diagnostic.Rule.unknownBlueprint), (missing, .missingRequired)]
    for (config, rule) in expected {
      let found = try lint(config)
      #expect(found.map(\.rule) == [rule])
      #expect(found.first?.place == config.place)
      #expect(try await dryRun(config) == found)
    }
  }

  static let observedCases = [
    Case(rule: .wrongValue, mapping: "properties: {must: .s, n: «.s»}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, level: «.s»}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s, site: «.s»}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s}\nrelations: {owner: «.n»}"),
    Case(rule: .wrongValue, mapping: "properties: {must: .s}\nrelations: {all: «.s»}"),
    Case(rule: .missingRequired, severity: .warning, mapping: "properties: {must: «.none»}"),
  ]

  @Test(
    "what only a run tells has the same severity, and the expression is its place", arguments: observedCases)
  func observed(wrong: Case) async throws {
    let config = config(wrong.mapping)
    #expect(try lint(config).isEmpty)
    let found = try await dryRun(config)
    #expect(found.map(\.rule) == [wrong.rule])
    #expect(found.first?.severity == wrong.severity)
    #expect(found.first?.place == config.place)
    #expect(found.first?.message.contains("`a`") == true)
  }

  @Test("where the blueprint depends on the object, only a run tells, at the same place")
  func computedBlueprint() async throws {
    let property = config("properties: {must: .s, «tgas»: .l}", blueprint: ".kind")
    #expect(try lint(property).isEmpty)
    let found = try await dryRun(property)
    #expect(found.map(\.rule) == [.unknownProperty])
    #expect(found.first?.place == property.place)
    let blueprint = config("", blueprint: "«.s»")
    #expect(try await dryRun(blueprint).map(\.place) == [blueprint.place])
    // It may be any blueprint's mapping that sets the field.
    let elsewhere = config("", blueprint: ".kind").text + "\n" + config("properties: {must: .s}").text
    let both = elsewhere.replacing("resources:\n", with: "", maxReplacements: 2)
    #expect(try LintRuleTests.lint("resources:\n" + both, blueprints: Self.blueprints).isEmpty)
  }

  @Test("a value that is written and one that came out of the same field are two findings")
  func both() async throws {
    let config = config(#"properties: {must: .s, level: 'if .n == 1 then «"hihg"» else .s end'}"#)
    let found = try await checks(
      config.text, ["thing": Self.object + "\n" + Self.object.replacing(#""n": 1"#, with: #""n": 2"#)],
      blueprints: Self.blueprints
    ).filter { $0.rule == .wrongValue }
    #expect(found.count == 2)
    #expect(found.contains { $0.place == config.place })
    #expect(found.contains { $0.message.contains(#""x""#) })
  }
}
