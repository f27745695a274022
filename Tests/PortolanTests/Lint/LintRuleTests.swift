import Testing

@testable import Portolan

@Suite("Lint: a broken config for every rule")
struct LintRuleTests {
  /// A config, and the one finding expected in it.
  struct Case: CustomTestStringConvertible, Sendable {
    var rule: Diagnostic.Rule
    var severity = Diagnostic.Severity.error
    var yaml: String
    /// Where it begins and ends: line, column, end column.
    var place: String
    var says: String
    var help: String
    var testDescription: String { "\(rule.rawValue): \(says)" }
  }

  static func lint(_ yaml: String, spec: [String] = [], blueprints: String? = nil) throws -> [Diagnostic] {
    let known = try blueprints.map { try Blueprints.load(json: Array($0.utf8), file: "blueprints.json") }
    return Linter().lint(
      Array(yaml.utf8), file: "config.yml", spec: spec.isEmpty ? nil : IntegrationSpec(kinds: spec),
      blueprints: known)
  }

  static let blueprints = #"""
    [{"identifier": "b",
      "schema": {
        "properties": {
          "p": {"type": "string", "enum": ["high", "low"]}, "count": {"type": "number"},
          "tags": {"type": "array"}, "on": {"type": "boolean"}, "free": {}
        },
        "required": ["count"]
      },
      "mirrorProperties": {"mirrored": {"path": "owner.$title"}},
      "aggregationProperties": {"sum": {}},
      "relations": {"owner": {"target": "user"}, "lost": {"target": "usr"}, "own": {"target": "_user"}}},
     {"identifier": "user", "schema": {"properties": {}}}]
    """#

  static let entity = "port: {entity: {mappings: {identifier: .id, blueprint: '\"b\"'}}}"

  static let fileCases = [
    Case(
      rule: .yamlSyntax, yaml: "resources: [", place: "1:13", says: "a value is expected",
      help: "write a value"),
    Case(
      rule: .yamlSyntax, yaml: linted(".a | test(\"x: y\")"), place: "9:28",
      says: "a `:` is where no key can end",
      help: "put the whole value in quotes: `'.a | test(\"x: y\")'`"),
    Case(
      rule: .missingKey, yaml: "resources:\n  - kind: issue", place: "2:5-9", says: "`port` is missing",
      help: "add `port:`"),
    Case(
      rule: .unknownKey, severity: .warning, yaml: "resources: []\nresorces: []", place: "2:1-9",
      says: "`resorces`", help: "`resources`?"),
    Case(
      rule: .wrongType, yaml: "resources: []\nenableMergeEntity: 3", place: "2:20-21", says: "the number 3",
      help: "`enableMergeEntity: true`"),
    Case(
      rule: .unknownKind, severity: .warning, yaml: "resources:\n  - kind: isue\n    \(entity)",
      place: "2:11-15", says: "`isue`", help: "`issue`?"),
    Case(
      rule: .duplicateResource, severity: .warning,
      yaml: "resources:\n  - kind: issue\n    \(entity)\n  - kind: issue\n    \(entity)", place: "4:5-9",
      says: "line 2", help: "remove one"),
  ]

  @Test("files and grammar", arguments: fileCases)
  func files(broken: Case) throws {
    try check(try Self.lint(broken.yaml, spec: ["issue", "project"]), broken)
  }

  /// A mapping whose property `p` is on line 9 from column 16.
  static func broken(
    _ rule: Diagnostic.Rule, _ value: String, _ columns: String, says: String = "", help: String,
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    Case(
      rule: rule, severity: severity, yaml: linted(value), place: "9:\(columns)", says: says,
      help: help)
  }

  static let expressionCases = [
    broken(.invalidExpression, ".a | map(.b", "24-25", says: "this `(` is never closed", help: "add `)`"),
    broken(.invalidExpression, ".a)", "18-19", says: "closes nothing", help: "remove it"),
    broken(.invalidExpression, "if .a then .b else .c", "16-18", says: "no `end`", help: "`end`"),
    broken(.invalidExpression, ".a +", "20-20", says: "after `+`", help: "at the end"),
    broken(.invalidExpression, "import \"x\" as x; .", "16-32", says: "`x`", help: "def name"),
    broken(.invalidExpression, "file:README.md", "16-30", says: "`file://`", help: "`file://README.md`"),
    broken(.missingQuotes, "text", "16-20", help: "`.text` for the object's own text, or `'\"text\"'`"),
    broken(.missingQuotes, "some text", "16-25", help: "`'\"some text\"'`"),
    broken(.missingQuotes, "\"my-text\"", "17-24", help: "`'.\"my-text\"'`"),
    broken(.missingQuotes, "https://example.com/a", "16-37", help: "`'\"https://example.com/a\"'`"),
    broken(.singleQuotes, ".a | split(',')", "27-30", help: "`\",\"`"),
    broken(.singleQuotes, "\"'a' + (.b | split(' '))\"", "35-38", help: #"`\" \"`"#),
    broken(.foreignSyntax, ".a && .b", "19-21", help: "`and`"),
    broken(.foreignSyntax, ".a || .b", "19-21", help: "`or`"),
    broken(.foreignSyntax, ".a === .b", "19-22", help: "`==`"),
    broken(.foreignSyntax, ".a ?? \"b\"", "19-21", help: "`//`"),
    broken(.foreignSyntax, "'.a ? .b : .c'", "20-21", help: "write `if .a then .b else .c end`"),
    broken(.foreignSyntax, "(!.a)", "17-18", help: "| not"),
    broken(.foreignSyntax, ".a and not .b", "23-26", says: "after", help: "| not"),
    broken(.foreignSyntax, "True", "16-20", help: "`true`"),
    broken(.foreignSyntax, ".a == None", "22-26", help: "`null`"),
    broken(.hyphenatedKey, ".fields.due-day-x", "23-33", help: "`.\"due-day-x\"`"),
    broken(.hyphenatedKey, ".a-2fa | length", "16-22", help: "`.\"a-2fa\"`"),
    broken(.hyphenatedKey, ".content-type", "16-29", help: "`.\"content-type\"`", .warning),
    broken(.hyphenatedKey, #"".a-x""#, "17-21", help: #"`.\"a-x\"`"#),
    broken(.cutByComment, ".a | test(\"x #y\")", "29-30", help: "`'.a | test(\"x #y\")'`"),
    broken(.unknownFunction, ".a | ascii_upcse", "21-32", help: "`ascii_upcase`?"),
    broken(.unknownFunction, ".a | split", "21-26", says: "here it has none", help: "`split(…)`"),
    broken(.unknownFunction, ".a | sub(\"a\", \"b\")", "21-24", says: "here it has 1", help: "by `;`"),
    broken(.unknownFunction, "'def twice(f): f; .a | twice'", "39-44", says: "takes 1", help: "`twice(…)`"),
    broken(.unknownFunction, "not(.a)", "16-19", says: "no arguments", help: "| not"),
    broken(.unknownFunction, ".a | toLowerCase", "21-32", help: "`ascii_downcase`"),
    broken(.unknownFunction, "item.name | length", "16-20", help: "`.item.name`"),
    broken(.unknownFunction, ".a | leaf_paths", "21-31", help: "`paths(scalars)`"),
    broken(.unknownFunction, ".a == status", "22-28", help: "`.status` for a key"),
    broken(.unknownVariable, ".a as $first | $frist", "31-37", help: "`$first`?"),
    broken(.unknownVariable, "'{a: 1, $x}'", "24-26", says: "`$x`", help: "as $x |"),
    broken(.unknownVariable, ".a | break $out", "21-31", says: "label", help: "`label $out |`"),
    broken(.hiddenVariable, "env.HOST", "16-24", says: "`HOST`", help: "`HOST`", .warning),
    broken(.hiddenVariable, "$ENV[\"HOST\"]", "16-28", says: "`HOST`", help: "`HOST`", .warning),
    broken(.manyOutputs, ".a[].b", "18-20", help: "`first(…)`", .warning),
    broken(.manyOutputs, ".a, .b", "16-22", help: "in brackets", .warning),
  ]

  @Test("expressions, at their exact characters", arguments: expressionCases)
  func expressions(broken: Case) throws {
    try check(try Self.lint(broken.yaml), broken)
  }

  static let mappingCases = [
    Case(
      rule: .missingQuotes, yaml: resource("identifier: .id\nblueprint: service"), place: "7:22-29",
      says: "`blueprint`", help: "`'\"service\"'`"),
    Case(
      rule: .missingQuotes,
      yaml: resource(
        "identifier: .id\nblueprint: .b\nteam: {combinator: and, rules: [{property: .p, operator: .o, value: .v}]}"
      ),
      place: "8:30-33", says: "`team.combinator`", help: "`'\"and\"'`"),
    Case(
      rule: .selectorNotBoolean,
      yaml: resource("identifier: .id\nblueprint: .b", selector: "query: '\"true\"'"),
      place: "4:15-21", says: "a string", help: "`true`"),
    Case(
      rule: .manyOutputs, severity: .warning,
      yaml: resource("identifier: .id\nblueprint: .b", selector: "query: .labels[] == \"x\""),
      place: "4:21-23",
      says: "only the first decides", help: "any("),
    Case(
      rule: .manyOutputs, severity: .warning,
      yaml: resource("identifier: .id\nblueprint: .b", port: "itemsToParse: .items[]"), place: "4:27-29",
      says: "itemsToParse takes a list", help: "drop the `[]`: `.items`"),
    Case(
      rule: .constantIdentifier, severity: .warning, yaml: resource("identifier: '\"id\"'\nblueprint: .b"),
      place: "6:24-28", says: "\"id\"", help: "`.id`"),
  ]

  @Test("selectors, items, identifiers and search queries", arguments: mappingCases)
  func mappings(broken: Case) throws {
    try check(try Self.lint(broken.yaml), broken)
  }

  /// A mapping to the blueprint `b` with these lines more, in which marks enclose what is found.
  static func blueprint(
    _ rule: Diagnostic.Rule, _ lines: String, says: String, help: String,
    _ severity: Diagnostic.Severity = .error
  ) -> Case {
    let marked = MarkedText(
      resource("identifier: .id\nblueprint: '\"b\"'\nproperties:\n  count: .n\n\(lines)"))
    return Case(
      rule: rule, severity: severity, yaml: marked.text, place: marked.place, says: says, help: help)
  }

  static let agreementCases = [
    blueprint(.unknownProperty, "  «tgas»: .t", says: "`tgas`", help: "`tags`"),
    blueprint(.unknownRelation, "relations:\n  «ownr»: .o", says: "`ownr`", help: "`owner`"),
    blueprint(.unknownTarget, "relations:\n  «lost»: .o", says: "`usr`", help: "`user`", .warning),
    blueprint(.misplacedField, "  «owner»: .o", says: "a relation", help: "`relations:`"),
    blueprint(.misplacedField, "relations:\n  «p»: .o", says: "a property", help: "`properties:`"),
    blueprint(.computedProperty, "  «mirrored»: .o", says: "`mirrored`", help: "remove"),
    blueprint(.computedProperty, "  «sum»: .o", says: "`sum`", help: "remove"),
    blueprint(.wrongValue, "  p: '«\"hgih\"»'", says: "\"hgih\"", help: "`\"high\"`"),
    blueprint(
      .wrongValue, "  p: if .a then \"high\" else «\"none\"» end", says: "\"none\"", help: "\"high\", \"low\""
    ),
    blueprint(.wrongValue, "  p: .a // «3»", says: "a string", help: "tostring"),
    blueprint(.wrongValue, "  on: '«\"true\"»'", says: "a boolean", help: "`true`"),
    blueprint(.wrongValue, "  tags: «.a == 1»", says: "a boolean", help: "brackets"),
    blueprint(.wrongValue, "relations:\n  owner: '«[.o]»'", says: "an array", help: "`many`"),
  ]

  @Test("what a mapping must agree with in blueprints.json", arguments: agreementCases)
  func agreements(broken: Case) throws {
    try check(try Self.lint(broken.yaml, blueprints: Self.blueprints), broken)
  }

  @Test("a blueprint that does not exist, and a required property that no mapping sets")
  func blueprintItself() throws {
    let unknown = MarkedText(resource("identifier: .id\nblueprint: '«\"usr\"»'"))
    try check(
      try Self.lint(unknown.text, blueprints: Self.blueprints),
      Case(
        rule: .unknownBlueprint, yaml: unknown.text, place: unknown.place, says: "`usr`",
        help: "`'\"user\"'`"))
    let missing = MarkedText(resource("identifier: .id\nblueprint: '«\"b\"»'"))
    try check(
      try Self.lint(missing.text, blueprints: Self.blueprints),
      Case(
        rule: .missingRequired, severity: .warning, yaml: missing.text, place: missing.place,
        says: "`count`", help: "`properties:`"))
  }

  private func check(_ found: [Diagnostic], _ expected: Case) throws {
    #expect(found.count == 1, "\(found)")
    let first = try #require(found.first { $0.rule == expected.rule }, "\(found)")
    #expect(first.severity == expected.severity)
    #expect(first.place == expected.place)
    #expect(expected.says.isEmpty || first.message.contains(expected.says), "\(first)")
    #expect(first.help?.contains(expected.help) ?? false, "\(first)")
  }
}

/// A config with the one property `p`; its value is on line 9 from column 16.
func linted(_ value: String) -> String {
  resource("identifier: .id\nblueprint: '\"b\"'\nproperties:\n  p: \(value)")
}
