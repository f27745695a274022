import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("portolan test")
struct TestCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
  }

  private func test(_ arguments: String...) throws -> Command.Result {
    try Command.run(
      ["test", "--config", "config.yml", "--fixtures", "fixtures"] + arguments, in: folder.path)
  }

  @Test("no snapshot: status 1 and what to do; --update writes it; then all is as expected")
  func first() throws {
    let missing = try test()
    #expect(missing.status == 1)
    #expect(missing.output.contains("  ✗ thing  2 entities, no snapshot yet\n"))
    #expect(missing.output.contains("run it again with --update"))
    let update = try test("--update")
    #expect(update.status == 0)
    #expect(update.output.contains("  ↻ thing  2 entities, written to fixtures.expected/thing.json\n"))
    let same = try test()
    #expect(same.status == 0)
    #expect(
      same.output == """
        config.yml

          ✓ thing  2 entities

          1 kind, 2 entities: all as expected

        """)
  }

  @Test("a field that is null as it failed says so, with jq's error")
  func failure() throws {
    try folder.write(
      "fixtures/thing.json", #"[{"id": "a", "name": "A", "url": "x"}, {"id": "b", "name": 1, "url": "y"}]"#)
    #expect(try test("--update").status == 0)
    let config = try String(contentsOfFile: "\(folder.path)/config.yml", encoding: .utf8)
    try folder.write("config.yml", config.replacing(".name", with: ".name | length + {}"))
    let note = #"title: "A" → null  (failed on 2 of 2: number (1) and object ({}) cannot be added)"#
    let result = try test("--junit", "out.xml")
    #expect(result.output.contains("~ thing a  \(note)"), "\(result.output)")
    #expect(
      try String(contentsOfFile: "\(folder.path)/out.xml", encoding: .utf8).contains("(failed on 2 of 2: "))
    #expect(try test("--format", "github").output.contains("(failed on 2 of 2: "))
  }

  @Test("a difference, entity by entity and field by field")
  func difference() throws {
    #expect(try test("--update").status == 0)
    try folder.write(
      "fixtures/thing.json",
      #"""
      [{"id": "a", "name": "Other", "url": "https://example.com/b"}, {"id": "c", "name": "new"}]
      """#)
    let result = try test()
    #expect(result.status == 1)
    #expect(
      result.output == """
        config.yml

          ✗ thing  2 entities: 1 changed, 1 added, 1 gone
              ~ thing a
                  title: "First" → "Other"
                  properties.url: "https://example.com/a" → "https://example.com/b"
                  properties.upper: "HTTPS://EXAMPLE.COM/A" → "HTTPS://EXAMPLE.COM/B"
              - thing b
              + thing c

          1 of 1 kind not as expected
          If the entities are right as they are now, run it again with --update.

        """)
    let update = try test("--update")
    #expect(update.status == 0)
    #expect(update.output.contains("  ↻ thing  2 entities: 1 changed, 1 added, 1 gone\n"))
    #expect(update.output.contains("1 of 1 kind updated"))
    #expect(try test().status == 0)
  }

  @Test("an error in the mapping fails the test, even with --update")
  func error() throws {
    #expect(try test("--update").status == 0)
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: ".hidden"))
    let result = try test("--update")
    #expect(result.status == 1)
    #expect(result.errors.contains("[selector-failed]"))
  }

  @Test("entities that are all gone have their reason", arguments: [[], ["--update"]])
  func gone(arguments: [String]) throws {
    #expect(try test("--update").status == 0)
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: #".id == "x""#))
    let result = try Command.run(
      ["test", "--config", "config.yml", "--fixtures", "fixtures"] + arguments, in: folder.path)
    #expect(result.output.contains("0 entities: 2 gone\n"))
    #expect(result.errors.contains("config.yml:4:21: warning: kind `thing` makes no entity of 4 objects"))
    #expect(result.errors.contains("[no-entities]"))
    #expect(!result.errors.contains("`portolan dry-run` shows it"))
  }

  @Test("a resource that is broken and left out keeps its snapshot")
  func brokenResource() throws {
    #expect(try test("--update").status == 0)
    let other = "\n  - {kind: more, port: {entity: {mappings: {identifier: .id, blueprint: .id}}}}"
    try folder.write("fixtures/more.json", #"{"id":"m"}"#)
    try folder.write("config.yml", workingConfig.replacing("identifier: .id", with: "") + other)
    #expect(try test("--update").status == 1)
    #expect(FileManager.default.fileExists(atPath: folder.path + "/fixtures.expected/thing.json"))
  }

  @Test("--junit FILE: well-formed XML, whatever the entities hold")
  func junit() throws {
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url"))
    try folder.write("fixtures/thing.json", #"{"id": "a", "name": "<a> & \"b\"\u0001\ud83d\ude00]]>"}"#)
    #expect(try test("--update", "--junit", "update.xml").status == 0)
    try folder.write("fixtures/thing.json", #"{"id": "a", "name": "<c> & \"d\"\u0001]]>"}"#)
    #expect(try test("--junit", "result.xml").status == 1)
    let xml = try Data(contentsOf: URL(filePath: folder.path + "/result.xml"))
    let reader = JUnitReader()
    let parser = XMLParser(data: xml)
    parser.delegate = reader
    #expect(parser.parse())
    #expect(reader.elements == ["testsuites", "testsuite", "testcase", "failure"])
    #expect(reader.attributes["testsuites"]?["failures"] == "1")
    #expect(reader.attributes["testcase"]?["name"] == "thing")
    #expect(reader.attributes["failure"]?["message"] == "entities differ: 1 changed")
    #expect(reader.text.contains("<c> & "))
  }

  @Test("nothing to test: status 2")
  func nothing() throws {
    try folder.write("empty/readme", "")
    let result = try Command.run(
      ["test", "--config", "config.yml", "--fixtures", "empty"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("no kind has a fixture or a snapshot"))
    #expect(try test("--kind", "nosuch").status == 2)
    #expect(try test("--junit", "nosuch/result.xml").status == 2)
  }

  @Test("the integrations of this project make what is expected of them, with every libjq")
  func shipped() throws {
    let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    let result = try Command.run(["test"], in: repository)
    #expect(result.status == 0)
    #expect(result.output.contains("all as expected"), "\(result.output)")
    #expect(result.errors.isEmpty)
  }
}

/// Remembers what an XML parser finds.
private final class JUnitReader: NSObject, XMLParserDelegate {
  var elements: [String] = []
  var attributes: [String: [String: String]] = [:]
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements.append(name)
    self.attributes[name] = attributes
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}
