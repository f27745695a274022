import Testing

@testable import Portolan

@Suite("Lint: what is right is left alone")
struct LintCleanTests {
  @Test(
    "expressions that jq knows and that give one value",
    arguments: [
      ".a-1", ".a - .b", ".a|length", "[.a[]]", "[.a[].b] | first", "first(.a[])", ".a | any",
      "any(.a[]; . == 1)",
      ".tags[] | select(.k == \"x\") | .v", "reduce .a[] as $x (0; . + $x)", "def f(g; $x): g + $x; f(.a; 1)",
      "def fac: if . <= 1 then 1 else . * (. - 1 | fac) end; .n | fac", ". as {a: $x, b: [$y]} | $x + $y",
      ". as [$a] ?// $a | $a", "label $out | foreach .a as $x (0; $x; ., break $out)", "$__loc__",
      "env | keys",
      ".a | _plus(1; .b)", "'svc-' + .name", "\"\\(.a)-\\(.b)\"", "@base64 \"x\\(.a)\"",
      ".a | ltrimstr(\"x\") | trim | abs", "try error(\"x\") catch .", ".a?.b // \"none\"", ".[\"a-b\"]",
      ".a | map(select(.b)) | .[0].c", ".a | limit(1; .b) | tostring", "if .a then .b end", "{a, $__loc__}",
      ".a | to_entries | map({(.key): .value}) | add", "\"x\" # a comment",
    ])
  func expressions(text: String) throws {
    let quoted = "'" + text.replacing("'", with: "''") + "'"
    let found = try LintRuleTests.lint(linted(quoted))
    #expect(found.isEmpty, "\(found)")
  }

  @Test("values that the blueprint allows, or that only running can tell")
  func values() throws {
    let mapping = #"""
      identifier: .id
      blueprint: '"b"'
      properties:
        p: if .a then "high" elif .b then null else "low" end
        count: .a | length
        tags: .a // []
        on: .a == 1
        free: 3
      relations:
        owner: {combinator: '"and"', rules: [{property: '"p"', operator: '"="', value: .a}]}
        own: .x
      """#
    #expect(try LintRuleTests.lint(resource(mapping), blueprints: LintRuleTests.blueprints).isEmpty)
  }

  @Test("a blueprint that is computed, or one of Port's own, is not looked up")
  func otherBlueprints() throws {
    for blueprint in [".type", "'\"_user\"'", "'\"b\" + .x'"] {
      let yaml = resource("identifier: .id\nblueprint: \(blueprint)\nproperties:\n  anything: .a")
      #expect(try LintRuleTests.lint(yaml, blueprints: LintRuleTests.blueprints).isEmpty)
    }
  }

  @Test("a required property may be set by another resource of the same blueprint")
  func requiredElsewhere() throws {
    let first = resource("identifier: .id\nblueprint: '\"b\"'\nproperties:\n  p: .x")
    let second = resource("identifier: .id\nblueprint: '\"b\"'\nproperties:\n  count: .n")
    let yaml = first + "\n" + second.split(separator: "\n").dropFirst().joined(separator: "\n")
    #expect(try LintRuleTests.lint(yaml, blueprints: LintRuleTests.blueprints).isEmpty)
  }

  @Test("an allowed environment variable is not reported")
  func environment() {
    let yaml = Array(linted("env.HOST").utf8)
    #expect(Linter(allowedVariables: ["HOST"]).lint(yaml, file: "c.yml").isEmpty)
  }
}
