import TestSupport
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

  private static let findings = #"""
    config.yml:12:18: warning: `thing` requires `url`; this gives null: `b` (1 of 2 entities) [missing-required]
      12 |             url: .url
         |                  ^^^^
      → give it a value for every object, as `… // "none"`, or filter such objects

    config.yml:13:13: error: the blueprint `thing` has no property `upper` [unknown-property]
      13 |             upper: .url | ascii_upcase
         |             ^^^^^
      → add it to blueprints.json, or remove it here

    config.yml:13:27: warning: `properties.upper` of kind `thing` fails on 2 of 3 items, first in the object at fixtures/thing.json:2:2: `.url` is null (jq: explode input must be a string) [failing-field]
      13 |             upper: .url | ascii_upcase
         |                           ^^^^^^^^^^^^
      → write `(.url // "") | ascii_upcase`

    config.yml:14:19: error: `size` takes a string; this gives a number: 9007199254740993 in `b` (1 of 2 entities) [wrong-value]
      14 |             size: .size
         |                   ^^^^^
      → turn it into one with `| tostring`

    2 errors, 2 warnings

    """#

  @Test("--blueprints FILE: errors and warnings on standard error, status 1, the output as it was")
  func blueprints() throws {
    for format in ["table", "json", "ndjson", "yaml"] {
      let result = try dryRun("--format", format, "--blueprints", "blueprints.json")
      #expect(result.status == 1)
      #expect(result.errors == Self.findings)
      guard format == "table" || format == "ndjson" else {
        #expect(result.output.contains("unknown-property"))
        continue
      }
      #expect(result.output == (try dryRun("--format", format)).output)
    }
  }

  @Test("a warning is status 1 with --strict only")
  func strict() throws {
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url"))
    try folder.write(
      "blueprints.json",
      #"""
      [{"identifier": "thing", "schema": {"required": ["url"],
        "properties": {"url": {"type": "string"}, "upper": {}, "size": {}}}}]
      """#)
    #expect(try dryRun("--strict").status == 0)
    #expect(try dryRun("--blueprints", "blueprints.json").status == 0)
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
    #expect(result.errors.contains("takes a string of the format `url`"))
    #expect(result.status == 1)
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
