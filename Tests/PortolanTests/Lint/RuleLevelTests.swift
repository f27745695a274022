import TestSupport
import Testing

@testable import Portolan

@Suite("How bad a rule is: by a call, a line, a file, a project")
struct RuleLevelTests {
  /// A config whose property has several outputs, with comments at three places.
  private func config(head: String = "", above: String = "", behind: String = "") -> String {
    """
    \(head)
    resources:
      - kind: issue
        port:
          entity:
            mappings:
              identifier: .id
              blueprint: '"issue"'
              properties:
                \(above)
                label: .labels[] \(behind)
    """
  }

  /// The rules and severities that lint finds, in a folder with this project file.
  private func findings(
    _ config: String, project: String? = nil, call: RuleLevels = RuleLevels()
  ) throws -> [String] {
    let folder = try TemporaryFolder()
    let path = try folder.write("resources/config.yml", config)
    if let project { try folder.write(".portolan.yml", project) }
    return Linter(levels: call).lint(.config(at: path)).findings.map { "\($0.severity) \($0.rule)" }
  }

  private func call(_ level: RuleLevels.Level) -> RuleLevels {
    var levels = RuleLevels()
    levels[.manyOutputs] = level
    return levels
  }

  @Test("each of them, and the narrower one counts, a call most")
  func precedence() throws {
    #expect(try findings(config()) == ["warning many-outputs"])
    #expect(try findings(config(), project: "rules: {many-outputs: error}") == ["error many-outputs"])
    #expect(try findings(config(), project: "rules: {many-outputs: off}").isEmpty)
    let file = config(head: "# portolan-ignore-file many-outputs: all first ones count")
    #expect(try findings(file).isEmpty)
    #expect(try findings(file, project: "rules: {many-outputs: error}").isEmpty)
    let line = config(
      head: "# portolan-ignore-file many-outputs", behind: "# portolan-error many-outputs: it does not")
    #expect(try findings(line) == ["error many-outputs"])
    #expect(try findings(line, call: call(.warning)) == ["warning many-outputs"])
    #expect(try findings(line, call: call(.off)).isEmpty)
  }

  @Test("a comment at the end of the line, or alone before it, with several rules")
  func lines() throws {
    #expect(try findings(config(behind: "# portolan-ignore many-outputs")).isEmpty)
    #expect(try findings(config(above: "# portolan-ignore many-outputs: the first counts")).isEmpty)
    #expect(
      try findings(config(above: "# portolan-ignore many-outputs, unknown-property")).isEmpty)
    #expect(try findings(config(above: "# see portolan-ignore many-outputs")) == ["warning many-outputs"])
  }

  @Test("a comment is about all lines of a text that begins on its line, and what is in the text is none")
  func longTexts() throws {
    let block = config(above: "# portolan-ignore many-outputs").replacing(
      "label: .labels[] ", with: "label: |\n              .labels\n              | .[]")
    #expect(try findings(block).isEmpty)
    let inText = config().replacing(
      "label: .labels[] ",
      with: "label: |\n              .labels[]\n              # portolan-ignore many-outputs")
    #expect(try findings(inText) == ["warning many-outputs", "warning unused-ignore"])
  }

  @Test("a comment that silences nothing, names no rule, or one that stays")
  func wrongComments() throws {
    let unused = config(head: "# portolan-ignore-file unknown-key", behind: "# portolan-ignore many-outputs")
    #expect(try findings(unused) == ["warning unused-ignore"])
    #expect(
      try findings(config(behind: "# portolan-ignore many-output"))
        == ["warning many-outputs", "warning unknown-rule"])
    #expect(
      try findings(config(head: "# portolan-ignore-file missing-key").replacing("identifier: .id", with: ""))
        == ["warning fixed-rule", "error missing-key", "warning many-outputs"])
  }

  @Test("a comment on what only objects show is no comment that silences nothing")
  func dataAlone() throws {
    for rule in ["constant-condition", "foreign-syntax", "invalid-identifier"] {
      let alone = config(head: "# portolan-ignore-file \(rule)")
      #expect(try findings(alone) == ["warning many-outputs"], "\(rule)")
    }
  }

  @Test("a project file that is wrong is said, and what is right in it counts")
  func wrongProject() throws {
    #expect(
      try findings(
        config(),
        project: "rules: {many-outputs: off, yaml-syntax: off, no-rule: off, unknown-key: of}\nother: 1")
        == ["warning fixed-rule", "warning unknown-rule", "error wrong-type", "warning unknown-key"])
    #expect(try findings(config(), project: "rules: [") == ["warning many-outputs", "error yaml-syntax"])
  }

  @Test("what only data tells is as bad as the config's comments say, also for who embeds the library")
  func data() async throws {
    let folder = try TemporaryFolder()
    try folder.write("fixtures/other.json", "[]")
    let text = config(behind: "# portolan-ignore many-outputs")
    for (comment, expected) in [
      ("", ["missing-fixture", "unread-fixture"]), ("# portolan-ignore missing-fixture", ["unread-fixture"]),
    ] {
      let yaml = text.replacing("resources:\n", with: "resources:\n\(comment)\n")
      let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml")
      let result = await DryRun(config, fixtures: FixtureFolder("\(folder.path)/fixtures")).run()
      #expect(result.diagnostics.map(\.rule.rawValue) == expected)
    }
  }

  @Test("a variable that expressions may see is not said to be hidden, and blueprints are asked once")
  func embedded() async throws {
    let folder = try TemporaryFolder()
    try folder.write("fixtures/issue.json", #"[{"id": "a"}]"#)
    let yaml = config().replacing("label: .labels[] ", with: "label: env.LABEL")
    let config = try PortAppConfig(yaml: Array(yaml.utf8), file: "config.yml")
    let fixtures = FixtureFolder("\(folder.path)/fixtures")
    let hidden = await DryRun(config, fixtures: fixtures).run()
    #expect(hidden.diagnostics.contains { $0.rule == .hiddenVariable })
    let environment = JQEnvironment(variables: ["LABEL": "x"])
    let blueprints = try Blueprints.load(
      json: Array(#"[{"identifier": "issue", "schema": {"properties": {}}}]"#.utf8), file: "blueprints.json")
    let seen = await DryRun(config, fixtures: fixtures, blueprints: blueprints, environment: environment)
      .run()
    #expect(seen.diagnostics.map { "\($0.severity) \($0.rule)" } == ["error unknown-property"])
  }
}
