import Foundation
import TestSupport
import Testing

@Suite("One set of findings: levels, baselines, reports and exit statuses of every command")
struct FindingCommandTests {
  private let folder: TemporaryFolder
  private static let sources = ["--config", "config.yml", "--fixtures", "fixtures"]

  init() throws {
    folder = try workingFolder()
    try folder.write("config.yml", Self.config())
    try folder.write("fixtures/thing.json", #"[{"id": "a", "labels": ["x", "y"]}]"#)
  }

  /// A config of which lint says two things: an error and a warning.
  private static func config(_ comment: String = "") -> String {
    workingConfig.replacing(".url | ascii_upcase", with: ".url ?? (1").replacing(
      "size: .size", with: "size: .labels[] \(comment)")
  }

  private func run(_ arguments: [String]) throws -> Command.Result {
    try Command.run(arguments, in: folder.path)
  }

  private func dryRun(_ arguments: String...) throws -> Command.Result {
    try run(["dry-run"] + Self.sources + arguments)
  }

  @Test("what lint says of a config, the others say in the same words")
  func sameWords() throws {
    let lint = try run(["lint", "config.yml"])
    let findings = lint.output.components(separatedBy: "\n\n").dropLast()
    #expect(findings.count == 2)
    #expect(lint.output.hasSuffix("\n1 error, 1 warning in 1 file\n"))
    let others = [
      ["dry-run"] + Self.sources, ["explain", "thing"] + Self.sources,
      ["map", "--config", "config.yml", "--kind", "thing"],
    ]
    for command in others {
      let said = try run(command).errors
      for finding in findings { #expect(said.contains(finding), "\(command): \(said)") }
    }
    let test = try run(["test", "--update"] + Self.sources)
    #expect(test.status == 1)
    #expect(test.errors.contains(findings.first { $0.contains("error:") } ?? "none"))
    #expect(test.errors.hasSuffix("1 warning: `portolan dry-run` shows it\n"), "\(test.errors)")
    #expect(try dryRun().errors.hasSuffix("\n1 error, 1 warning\n"))
  }

  @Test("map says them before it reads")
  func mapAtStart() throws {
    let result = try Command.shell(
      #"(sleep 1; cp late.txt seen.txt; echo '{"id": 1}') | "$PORTOLAN" map --config config.yml --kind thing 2>late.txt"#,
      in: folder.path)
    #expect(result.status == 1)
    let seen = try String(contentsOfFile: "\(folder.path)/seen.txt", encoding: .utf8)
    #expect(seen.contains("[many-outputs]"))
    let all = try String(contentsOfFile: "\(folder.path)/late.txt", encoding: .utf8)
    #expect(all.components(separatedBy: "[many-outputs]").count == 2)
  }

  @Test("explain shows what is about the kind and field, and counts the rest")
  func explained() throws {
    let result = try run(["explain", "thing", "--field", "properties.size"] + Self.sources)
    #expect(result.status == 0)
    #expect(result.errors.contains("[many-outputs]"))
    #expect(result.errors.hasSuffix("1 error elsewhere: `portolan lint` shows all\n"), "\(result.errors)")
  }

  @Test("--rule, a comment and .portolan.yml, in every command")
  func levels() throws {
    #expect(
      try run(["lint", "config.yml", "--rule", "many-outputs=off"]).output.hasSuffix("1 error in 1 file\n"))
    #expect(try dryRun("--rule", "many-outputs=error").errors.hasSuffix("\n2 errors\n"))
    try folder.write(
      ".portolan.yml", "rules: {many-outputs: off, invalid-expression: off, foreign-syntax: off}")
    let none = try dryRun("--strict", "--rule", "absent-key=off")
    #expect(none.errors == "", "\(none.errors)")
    try folder.write("config.yml", Self.config("# portolan-error many-outputs: the first is not enough"))
    #expect(try dryRun().status == 1)
    let unknown = try dryRun("--rule", "many-output=off")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean `many-outputs`?"))
    #expect(try dryRun("--rule", "yaml-syntax=off").status == 2)
    #expect(try dryRun("--rule", "many-outputs=of").errors.contains("--rule many-outputs=off"))
  }

  @Test(
    "--baseline: what is known does not count, also on other lines; what is new does; what is gone is said")
  func baseline() throws {
    let baseline = ["--strict", "--baseline", "known.json", "--rule", "absent-key=off"]
    let update = try run(["dry-run"] + Self.sources + baseline + ["--update-baseline"])
    #expect(
      update.status == 0 && update.errors == "2 findings in the baseline known.json\n", "\(update.errors)")
    let text = try String(contentsOfFile: "\(folder.path)/known.json", encoding: .utf8)
    #expect(text.contains(#"{"file": "config.yml", "rule": "many-outputs", "field": "properties.size""#))
    try folder.write("config.yml", "\n# moved\n" + Self.config())
    for command in [["dry-run"] + Self.sources, ["lint", "config.yml"]] {
      let options = command[0] == "lint" ? Array(baseline.prefix(3)) : baseline
      let known = try run(command + options)
      #expect(known.status == 0, "\(command): \(known.output)\(known.errors)")
      #expect(known.errors.contains("2 findings of the baseline are not shown"))
      if command[0] == "lint" { #expect(known.output == "1 file: nothing new was found\n") }
    }
    try folder.write("config.yml", Self.config().replacing("title: .name", with: "title: .tags[]"))
    let new = try run(["lint", "config.yml"] + baseline)
    #expect(new.status == 1 && new.output.hasSuffix("\n1 warning in 1 file\n"), "\(new.output)")
    try folder.write("config.yml", workingConfig)
    let gone = try run(["lint", "config.yml"] + baseline)
    #expect(gone.status == 0 && gone.errors.contains("2 findings of the baseline are gone"), "\(gone.errors)")
    try folder.write("known.json", "[]")
    #expect(try run(["lint", "config.yml"] + baseline).status == 2)
    #expect(try run(["lint", "--update-baseline"]).status == 2)
  }

  @Test("--format json carries the findings; github and sarif hold nothing else; ndjson leaves them out")
  func formats() throws {
    let lint = try run(["lint", "config.yml", "--format", "json"]).output
    let findings = try #require(lint.range(of: #""findings": "#)).upperBound
    let json = try dryRun("--format", "json", "--rule", "absent-key=off").output
    #expect(json.hasSuffix(String(lint[findings...])), "\(json)")
    #expect(json.contains(#""errors": 1, "warnings": 1"#))
    #expect(try dryRun("--format", "ndjson").output.split(separator: "\n").count == 1)
    let github = try dryRun("--format", "github")
    #expect(github.status == 1)
    #expect(github.output.split(separator: "\n").allSatisfy { $0.hasPrefix("::") })
    #expect(try dryRun("--format", "sarif").output.contains(#""ruleId": "many-outputs""#))
    let test = try run(["test", "--format", "github"] + Self.sources)
    #expect(test.output.contains("there is no snapshot"), "\(test.output)")
    try folder.write("config.yml", "resources: [")
    let broken = try dryRun("--format", "github")
    #expect(broken.status == 2 && broken.output.contains("title=yaml-syntax"))
  }

  @Test("--strict says what it fails for, whatever is printed")
  func strict() throws {
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".labels.x"))
    let result = try dryRun("--strict", "--format", "ndjson")
    #expect(result.status == 1)
    #expect(result.errors.contains("properties.upper"), "\(result.errors)")
  }

  @Test("status 2 where no object was there to be run")
  func nothingRun() throws {
    try folder.write("fixtures/thing.json", "[]")
    #expect(try dryRun().status == 2)
    let empty = try TemporaryFolder()
    try empty.write("config.yml", workingConfig)
    try empty.write("fixtures/other.json", "[]")
    #expect(try Command.run(["dry-run"] + Self.sources, in: empty.path).status == 2)
  }

  @Test("test does not say that all is well where the mapping has errors")
  func testedWithErrors() throws {
    _ = try run(["test", "--update"] + Self.sources)
    let result = try run(["test"] + Self.sources)
    #expect(result.status == 1)
    #expect(
      result.output.contains("1 kind, 1 entity as expected, but the mapping has 1 error"), "\(result.output)")
  }

  @Test("one object from a file, a line or standard input into explain and dry-run")
  func inputs() throws {
    try folder.write("config.yml", workingConfig)
    try folder.write("things.ndjson", "{\"id\": \"x\", \"url\": \"u\"}\n{\"id\": \"y\", \"url\": \"u\"}\n")
    let line = try run(
      ["explain", "thing", "--input", "things.ndjson", "--line", "2"] + Self.sources.prefix(2))
    #expect(line.output.contains("things.ndjson:2:1"), "\(line.output)\(line.errors)")
    let none = try run(
      ["explain", "thing", "--input", "things.ndjson", "--line", "3"] + Self.sources.prefix(2))
    #expect(none.status == 2 && none.errors.contains("from 1 to 2"), "\(none.errors)")
    let dryRun = try Command.shell(
      #""$PORTOLAN" dry-run --config config.yml --input thing=- --format ndjson <things.ndjson"#,
      in: folder.path)
    #expect(dryRun.status == 0 && dryRun.output.contains(#""identifier":"y""#), "\(dryRun)")
  }
}
