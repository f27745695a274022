import TestSupport
import Testing

@testable import Portolan

@Suite("Lint: findings as a whole")
struct LintReportTests {
  @Test("several findings in one run, in the order of the file, also in a resource that is not well-formed")
  func several() throws {
    let yaml = """
      resources:
        - kind: a
          selector: {query: .a && .b}
          port: {entity: {mappings: {identifier: .id | foo, titel: .x}}}
        - kind: b
          port: {entity: {mappings: {identifier: .id, blueprint: service}}}
      """
    let found = try LintRuleTests.lint(yaml)
    #expect(
      found.map { "\($0.location?.line ?? 0) \($0.rule.rawValue)" } == [
        "3 foreign-syntax", "4 missing-key", "4 unknown-function", "4 unknown-key", "6 missing-quotes",
      ])
  }

  @Test("a place in folded text is the file's own")
  func folded() throws {
    let yaml = resource(
      "identifier: .id\nblueprint: .b\nproperties:\n  p: >-\n    if .a\n    then .b | foo\n    else .c end")
    let finding = try #require(try LintRuleTests.lint(yaml).first)
    #expect(finding.location == SourceLocation(file: "config.yml", line: 11, column: 25))
    #expect(finding.end == SourceLocation(file: "config.yml", line: 11, column: 28))
  }

  @Test("an anchored expression is reported once, where it is")
  func alias() throws {
    let yaml = resource("identifier: &x .id | foo\nblueprint: .b\nproperties:\n  p: *x")
    #expect(try LintRuleTests.lint(yaml).count == 1)
  }

  @Test("the files beside a config are found, and what is wrong in them is told")
  func companions() throws {
    let folder = try TemporaryFolder()
    let config = try folder.write(
      ".port/resources/port-app-config.yml", resource("identifier: .id\nblueprint: '\"b\"'"))
    let blueprints = try folder.write(".port/resources/blueprints.json", "[{\"identifier\": 1}, 2]")
    let spec = try folder.write(".port/spec.yml", "features: [{resources: [{kind: thng}]}]")
    let target = LintTarget.config(at: config)
    let name = PathText.baseName(folder.path)
    #expect(
      target
        == LintTarget(
          configPath: config, specPath: spec, blueprintsPath: blueprints, integrationType: name,
          fixturesPath: folder.path + "/.port/examples"))
    let report = Linter().lint(target)
    #expect(report.findings.map(\.rule) == [.unknownKind, .invalidBlueprints, .invalidBlueprints])
    #expect(report.findings.last?.location == SourceLocation(file: blueprints, line: 1, column: 21))
  }

  @Test("bytes that are no text, and hostile expressions, end in findings")
  func hostile() throws {
    #expect(Linter().lint([0xFF, 0xFE, 0x00], file: "c.yml").map(\.rule) == [.yamlSyntax])
    let deep = String(repeating: "(", count: 100_000)
    let wide = "[" + Array(repeating: "(foo, $x, env.A)", count: 400).joined(separator: ", ") + "]"
    #expect(try LintRuleTests.lint(linted("'\(wide)'")).count <= 2 * ExpressionRules.limit)
    let long = Array(repeating: "foo", count: 400).joined(separator: " - ")
    for text in [deep, long, "'\"\\\\u0000'", "\"\\u0001 \\uFEFF\""] {
      let found = try LintRuleTests.lint(linted(text))
      #expect(found.contains { $0.severity == .error })
    }
  }
}
