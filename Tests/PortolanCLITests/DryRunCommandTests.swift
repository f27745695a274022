import Foundation
import TestSupport
import Testing

@Suite("portolan dry-run")
struct DryRunCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
  }

  private func dryRun(_ arguments: String..., environment: [String: String] = [:]) throws -> Command.Result {
    try Command.run(
      ["dry-run", "--config", "config.yml", "--fixtures", "fixtures"] + arguments, in: folder.path,
      environment: environment)
  }

  @Test("the table for a person")
  func table() throws {
    let result = try dryRun()
    #expect(result.status == 0)
    #expect(result.errors.contains("`.url` is null"))
    #expect(
      result.output == #"""
        config.yml

          kind   raw  items  mapped  filtered  skipped  failed
          thing    4      4       2         1        1       ·

          thing → thing
            identifier  title  url                    upper                  size
            a           First  https://example.com/a  HTTPS://EXAMPLE.COM/A  null
            b           ""     null                   null                   9007199254740993

          The first one, whole
            identifier: a
            title: First
            blueprint: thing
            properties:
              url: "https://example.com/a"
              upper: "HTTPS://EXAMPLE.COM/A"
              size: null

          Fields that were null or failed
            thing  identifier        null 1 of 3    .id
                   properties.url    null 2 of 3    .url
                   properties.upper  failed 2 of 3  .url | ascii_upcase
                     explode input must be a string  line 13
                   properties.size   null 2 of 3    .size

          2 entities · 1 filtered · 1 skipped: no identifier or blueprint  (--format yaml shows all)

        """#)
  }

  @Test("what is alike is listed with --all, which the output says")
  func alike() throws {
    let objects = (0..<3).map { "{\"id\": \"\($0)\", \"hidden\": \"x\"}" }.joined(separator: "\n")
    try folder.write("fixtures/thing.json", objects)
    try folder.write(
      "config.yml",
      """
      resources:
        - kind: thing
          selector: {query: .hidden}
          port: {entity: {mappings: {identifier: .id, blueprint: '"thing"'}}}
      """)
    let first = try dryRun()
    #expect(first.errors.contains("… and 2 more like this: --all shows them\n"), "\(first.errors)")
    let all = try dryRun("--all")
    #expect(!all.errors.contains("more like this"))
    #expect(all.errors.contains("(object at fixtures/thing.json:3:1)"))
    #expect(all.errors.hasSuffix("\n3 errors\n"), "\(all.errors)")
  }

  @Test("YAML on standard input says what it is, and a page that it is one")
  func otherInput() throws {
    let yaml = try Command.shell(
      "printf 'id: a\\nname: b\\n' | \"$PORTOLAN\" dry-run --config config.yml --input thing=-",
      in: folder.path)
    #expect(yaml.status == 1)
    #expect(
      yaml.errors.contains("standard input:1:1: error: raw object of kind `thing`: this looks like YAML"))
    try folder.write("fixtures/thing.json", #"{"total": 1, "values": [{"id": "a"}]}"#)
    let page = try dryRun()
    #expect(page.status == 1)
    #expect(page.errors.contains("`jq '.values'` takes it out"))
  }

  @Test("--format json: one document on standard output, nothing else there")
  func json() throws {
    let result = try dryRun("--format", "json")
    #expect(result.status == 0)
    #expect(!result.errors.contains("error:"))
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let resources = try #require(document?["resources"] as? [[String: Any]])
    #expect(resources.map { $0["kind"] as? String } == ["thing"])
    #expect(result.output.contains(#""size":9007199254740993"#))
  }

  @Test("--format ndjson: one entity a line")
  func ndjson() throws {
    let lines = try dryRun("--format", "ndjson").output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first?.hasPrefix(#"{"identifier":"a","title":"First","blueprint":"thing""#) == true)
  }

  @Test("--format yaml: the document as YAML")
  func yaml() throws {
    let output = try dryRun("--format", "yaml").output
    #expect(output.hasPrefix("resources:\n- kind: thing\n  index: 0\n  raw: 4\n"))
    #expect(output.contains("      url: \"https://example.com/a\"\n"))
  }

  @Test("--output writes a file and nothing to standard output; a folder that is missing is status 2")
  func output() throws {
    let result = try dryRun("--format", "ndjson", "--output", "result.ndjson")
    #expect(result.status == 0)
    #expect(result.output.isEmpty)
    let written = try String(contentsOfFile: folder.path + "/result.ndjson", encoding: .utf8)
    #expect(written == (try dryRun("--format", "ndjson")).output)
    let failed = try dryRun("--output", "nosuch/result")
    #expect(failed.status == 2)
    #expect(failed.errors.hasPrefix("error: cannot write nosuch/result"))
  }

  @Test("--output to a device writes into it")
  func device() throws {
    #expect(try dryRun("--output", "/dev/null").status == 0)
    var information = stat()
    #expect(stat("/dev/null", &information) == 0)
    #expect(information.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("--strict: status 1 on any warning, too")
  func strict() throws {
    #expect(try dryRun("--strict").status == 1)
    try folder.write("fixtures/thing.json", #"{"id":"a","url":"u"}"#)
    #expect(try dryRun("--strict").status == 0)
    try folder.write("config.yml", "unknown: 1\n" + workingConfig)
    #expect(try dryRun().status == 0)
    let result = try dryRun("--strict")
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("config.yml:1:1: warning: a port-app-config has no key `unknown`"))
  }

  @Test("--allow-env NAME, repeatable: expressions see these variables and no others")
  func allowEnv() throws {
    try folder.write(
      "config.yml", workingConfig.replacing("size: .size", with: "seen: '[env.ONE, env.TWO, env.SIX]'"))
    let variables = ["ONE": "1", "TWO": "2", "SIX": "6"]
    let result = try dryRun(
      "--format", "ndjson", "--allow-env", "ONE", "--allow-env", "SIX", environment: variables)
    #expect(result.output.contains(#""seen":["1",null,"6"]"#))
    #expect(
      try dryRun("--format", "ndjson", environment: variables).output.contains(#""seen":[null,null,null]"#))
    let unset = try dryRun("--allow-env", "PORTOLAN_UNSET")
    #expect(unset.status == 0)
    #expect(
      unset.errors.hasSuffix(
        "\nwarning: the environment variable `PORTOLAN_UNSET` of --allow-env is not set\n"))
    #expect(unset.errors.contains("`ONE` is not shown"))
  }

  @Test("--kind maps only these; an unknown one is status 2 and names the known ones")
  func kinds() throws {
    #expect(try dryRun("--kind", "thing").status == 0)
    let result = try dryRun("--kind", "thin")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(
      result.errors
        == "error: no resource maps the kind `thin`\n  → did you mean `thing`? the kinds are: thing\n")
  }

  @Test("a kind without a fixture is a warning, status 0")
  func missingFixture() throws {
    let config =
      workingConfig + "\n  - {kind: rare, port: {entity: {mappings: {identifier: .id, blueprint: .b}}}}"
    try folder.write("config.yml", config)
    let result = try dryRun()
    #expect(result.status == 0)
    #expect(result.errors.contains("\nconfig.yml:15:5: warning: kind `rare` has no fixture in fixtures"))
  }

  @Test("no colour where no terminal is")
  func colour() throws {
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: "nosuch"))
    let result = try dryRun()
    #expect(!result.output.contains("\u{1B}"))
    #expect(!result.errors.contains("\u{1B}"))
  }

  @Test("text from outside cannot reach the terminal as control characters")
  func controlCharacters() throws {
    try folder.write(
      "fixtures/thing.json", #"{"id":"\u001b[31mred","name":"a\nb\u0007","hidden":"\u001b[2J"}"#)
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: ".hidden | error"))
    let failed = try dryRun()
    #expect(failed.status == 1)
    #expect(!failed.errors.contains("\u{1B}"))
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: "true"))
    let shown = try dryRun()
    #expect(shown.output.contains("[31mred"))
    #expect(!shown.output.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
  }

  @Test("a reader that goes away ends it quietly")
  func brokenPipe() throws {
    let script = #""$PORTOLAN" dry-run --config config.yml --fixtures fixtures --format ndjson | head -c 1"#
    let objects = (0..<20_000).map { #"{"id":"\#($0)","url":"u"}"# }.joined(separator: "\n")
    try folder.write("fixtures/thing.json", objects)
    let result = try Command.shell(script, in: folder.path)
    #expect(result.output == "{")
    #expect(result.errors.isEmpty)
  }
}
