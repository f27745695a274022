import Testing

@Suite("What dry-run says of what came out")
struct CheckCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
    try folder.write(
      "blueprints.json",
      #"""
      [{"identifier": "thing", "relations": {}, "schema": {"required": ["url"], "properties": {
        "url": {"type": "string", "format": "url"}, "size": {"type": "string"}}}}]
      """#)
  }

  private func dryRun(_ arguments: String...) throws -> Command.Result {
    try Command.run(
      ["dry-run", "--config", "config.yml", "--fixtures", "fixtures"] + arguments, in: folder.path)
  }

  private static let warnings = #"""
    config.yml:12:18: warning: `properties.url` of kind `thing` is null where the blueprint `thing` requires a value: `b` (1 of 2 entities) [missing-required]
      12 |             url: .url
         |                  ^
      → give it a value for every object, as `… // "none"`, or filter such objects

    config.yml:13:20: warning: `properties.upper` of kind `thing` is no property of the blueprint `thing` [unknown-property]
      13 |             upper: .url | ascii_upcase
         |                    ^
      → add it to the blueprints, or leave it out

    config.yml:14:19: warning: `properties.size` of kind `thing` gives a number where the blueprint `thing` takes a text: 9007199254740993 in `b` (1 of 2 entities) [wrong-value]
      14 |             size: .size
         |                   ^
      → make text of it: `… | tostring`; or change the blueprint

    """#

  @Test("--blueprints FILE: warnings on standard error, status 0, the output as it was")
  func blueprints() throws {
    for format in ["table", "json", "ndjson", "yaml"] {
      let result = try dryRun("--format", format, "--blueprints", "blueprints.json")
      #expect(result.status == 0)
      #expect(result.errors == Self.warnings)
      #expect(result.output == (try dryRun("--format", format)).output)
    }
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url"))
    #expect(try dryRun("--strict").status == 0)
    #expect(try dryRun("--strict", "--blueprints", "blueprints.json").status == 1)
  }

  @Test("an integration's own blueprints.json is found; a broken one is an error, and all else is done")
  func found() throws {
    try folder.write(".port/one/resources/port-app-config.yml", workingConfig)
    try folder.write("Fixtures/one/thing.json", #"{"id":"a","url":"x"}"#)
    try folder.write(
      ".port/one/resources/blueprints.json",
      #"[{"identifier": "thing", "schema": {"properties": {"url": {"format": "url"}}}}]"#)
    let result = try Command.run(["dry-run", "one"], in: folder.path)
    #expect(result.errors.contains("gives a text that is no `url`"))
    #expect(result.status == 0)
    try folder.write(".port/one/resources/blueprints.json", "[{]")
    let broken = try Command.run(["dry-run", "one"], in: folder.path)
    #expect(broken.status == 1)
    #expect(broken.errors.contains(".port/one/resources/blueprints.json:1:3: error:"))
    #expect(broken.output.contains("1 entity"))
  }

  @Test("--blueprints with a file that is not there: status 2")
  func missing() throws {
    let result = try dryRun("--blueprints", "nosuch.json")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("cannot read nosuch.json"))
  }
}
