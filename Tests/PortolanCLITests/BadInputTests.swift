import Foundation
import TestSupport
import Testing

@Suite("Bad input: a clear message with the place, the right status, the rest of the work done")
struct BadInputTests {
  /// Runs `config.yml`, and requires an end that is neither a trap nor a backtrace.
  private func dryRun(_ folder: TemporaryFolder, config: String = "config.yml") throws -> Command.Result {
    let result = try Command.run(
      ["dry-run", "--config", config, "--fixtures", "fixtures", "--format", "json"], in: folder.path)
    #expect(result.hasExited)
    for word in ["Fatal error", "Backtrace", "Stack dump"] { #expect(!result.errors.contains(word)) }
    return result
  }

  /// A config that cannot be run.
  struct Unusable: CustomTestStringConvertible, Sendable {
    var name: String
    var bytes: [UInt8]
    var says: String
    var testDescription: String { name }

    init(_ name: String, _ text: String, says: String) {
      self.init(name, bytes: Array(text.utf8), says: says)
    }

    init(_ name: String, bytes: [UInt8], says: String) {
      self.name = name
      self.bytes = bytes
      self.says = says
    }
  }

  @Test(
    "a config that cannot be run: status 2, nothing on standard output",
    arguments: [
      Unusable("empty", "", says: "config.yml:1:1: error: the file is empty"),
      Unusable(
        "binary", bytes: [0x7F, 0x45, 0x4C, 0x46, 2, 1, 0, 0],
        says: "config.yml:1:5: error: this looks like a binary"),
      Unusable("a tab", "resources:\n\t- kind: a\n", says: "config.yml:2:1: error: a tab"),
      Unusable(
        "no resources", "enableMergeEntity: true\n",
        says: "config.yml:1:1: error: there is no `resources` key"),
      Unusable(
        "no identifier", workingConfig.replacing("identifier: .id", with: "icon: .id"),
        says: "config.yml:8:11: error: `identifier` is missing"),
      Unusable(
        "invalid UTF-8", bytes: Array("resources: ".utf8) + [0xFF, 0xFE], says: "config.yml:1:12: error:"),
    ])
  func unusable(config: Unusable) throws {
    let folder = try workingFolder()
    try folder.write("config.yml", Data(config.bytes))
    let result = try dryRun(folder)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix(config.says), "\(result.errors)")
    #expect(result.errors.contains("→"))
  }

  @Test(
    "a missing config, a folder: status 2",
    arguments: [
      ("nosuch.yml", "error: cannot read nosuch.yml: there is no such file"),
      ("fixtures", "error: fixtures is a folder, not a file"),
    ])
  func unreadable(config: String, says: String) throws {
    let folder = try workingFolder()
    let result = try dryRun(folder, config: config)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.errors.hasPrefix(says), "\(result.errors)")
    let alone = try Command.run(["dry-run", "--config", config], in: folder.path)
    #expect(alone.status == 2)
    #expect(alone.errors.hasPrefix(says), "\(alone.errors)")
  }

  @Test("broken JSON in a fixture's third object: it fails alone, status 1")
  func brokenObject() throws {
    let folder = try workingFolder()
    try folder.write(
      "fixtures/thing.json", "[{\"id\": \"a\"},\n {\"id\": \"b\"},\n {\"id\": \"c\", },\n {\"id\": \"d\"}]")
    let result = try dryRun(folder)
    #expect(result.status == 1)
    #expect(
      result.errors.contains("fixtures/thing.json:3:12: error: raw object of kind `thing`"),
      "\(result.errors)")
    #expect(
      result.output.contains(
        #""raw": 4, "unparsed": 0, "items": 4, "mapped": 3, "filtered": 0, "skipped": 0, "failed": 1"#))
  }

  @Test("an expression that does not compile: its field is null, status 1")
  func notCompiling() throws {
    let folder = try workingFolder()
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url | split('/')"))
    let result = try dryRun(folder)
    #expect(result.status == 1)
    #expect(
      result.errors.contains("config.yml:13:33: error: jq takes double quotes around a text"),
      "\(result.errors)")
    #expect(result.output.contains(#""mapped": 2"#))
  }

  @Test("a selector that gives a number: the items fail, status 1")
  func selector() throws {
    let folder = try workingFolder()
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: "4"))
    let result = try dryRun(folder)
    #expect(result.status == 1)
    #expect(
      result.errors.contains("config.yml:4:14: error: the selector is always a number"),
      "\(result.errors)")
    #expect(result.errors.split(separator: "\n").filter { $0.contains("→") }.count == 1)
    #expect(result.output.contains(#""mapped": 0, "filtered": 0, "skipped": 0, "failed": 4"#))
  }

  @Test("a broken resource costs only itself, status 1")
  func brokenResource() throws {
    let folder = try workingFolder()
    try folder.write("config.yml", workingConfig + "\n  - kind: other")
    let result = try dryRun(folder)
    #expect(result.status == 1)
    #expect(result.errors.contains("\nconfig.yml:15:5: error: `port` is missing"), "\(result.errors)")
    #expect(result.output.contains(#""mapped": 2"#))
  }

  @Test("a config that cannot be read costs only its integration, status 1")
  func brokenIntegration() throws {
    let folder = try TemporaryFolder()
    try folder.write(".port/good/resources/port-app-config.yml", workingConfig)
    try folder.write(".port/bad/resources/port-app-config.yml", "resources: 5")
    try folder.write("Fixtures/good/thing.json", #"{"id":"a"}"#)
    let result = try Command.run(["dry-run", "--format", "ndjson"], in: folder.path)
    #expect(result.status == 1)
    #expect(result.output.hasPrefix(#"{"identifier":"a""#))
    #expect(result.errors.contains(".port/bad/resources/port-app-config.yml:1:12: error:"))
  }

  @Test("a fixture of 20 MB is mapped whole")
  func large() throws {
    let folder = try workingFolder()
    let filler = String(repeating: "lorem ipsum ", count: 400)
    var text = Data("[".utf8)
    for index in 0..<4000 {
      text.append(Data(#"\#(index > 0 ? ",\n" : ""){"id":"\#(index)","name":"\#(filler)"}"#.utf8))
    }
    text.append(Data("]".utf8))
    try folder.write("fixtures/thing.json", text)
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url"))
    let result = try Command.run(
      ["dry-run", "--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
    #expect(result.status == 0)
    #expect(result.output.contains("thing  4,000  4,000   4,000"), "\(result.output.prefix(400))")
  }
}
