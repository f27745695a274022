import Foundation
import TestSupport
import Testing

@Suite("portolan explain")
struct ExplainCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
  }

  private func explain(_ arguments: String...) throws -> Command.Result {
    try Command.run(
      ["explain"] + arguments + ["--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
  }

  @Test("without one raw object nothing is run: status 2")
  func empty() throws {
    try folder.write("fixtures/thing.json", "[]")
    let result = try explain("thing")
    #expect(result.status == 2)
    #expect(result.errors.contains("no raw object of kind `thing` is in the fixtures"))
  }

  @Test("one object for a person: where it comes from, the selector, each field, the entity")
  func text() throws {
    let result = try explain("thing", "--item", "2")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(
      result.output == #"""
        thing  item 2 of 4
          object   fixtures/thing.json:2:2
          mapping  config.yml:2:5

          selector  line 4, native
            .hidden | not
            reads  .hidden  not there
            = true  (the item is kept)

          identifier  .id = "b"  line 8, path
          title  .name = ""  line 9, path
          blueprint  = "thing"  line 10, constant

          properties.url  line 12, path
            .url
            reads  .url  not there
            = null

          properties.upper  line 13, native
            .url | ascii_upcase
            reads  .url  not there
            = null  jq: explode input must be a string
              config.yml:13:27

          properties.size  .size = 9007199254740993  line 14, path

          The entity
            identifier: b
            title: ""
            blueprint: thing
            properties:
              url: null
              upper: null
              size: 9007199254740993

        """#)
  }

  @Test("one field, part by part")
  func field() throws {
    let result = try explain("thing", "--identifier", "a", "--field", "properties.upper")
    #expect(result.status == 0)
    #expect(
      result.output == #"""
        thing  item 1 of 4
          object   fixtures/thing.json:1:2
          mapping  config.yml:2:5

          properties.upper  line 13, native
            .url | ascii_upcase
            reads  .url  "https://example.com/a"
            step by step
              .url            "https://example.com/a"
              | ascii_upcase  "HTTPS://EXAMPLE.COM/A"
            = "HTTPS://EXAMPLE.COM/A"

        """#)
  }

  @Test("an item that the selector turns away is found, with the selector's answer")
  func filtered() throws {
    let result = try explain("thing", "--identifier", "c")
    #expect(result.status == 0)
    #expect(result.output.contains("= false  (the item is filtered: it becomes no entity)"))
    #expect(!result.output.contains("The entity"))
  }

  @Test(
    "what is not there: status 1, with the nearest that is",
    arguments: [
      (["thin"], "did you mean `thing`? the kinds are: thing"),
      (["thing", "--item", "9"], "give --item a number from 1 to 4"),
      (["thing", "--identifier", "x"], "they are: a, b, c"),
      (["thing", "--field", "properties.uper"], "did you mean `properties.upper`?"),
    ])
  func notThere(arguments: [String], help: String) throws {
    let result = try Command.run(
      ["explain"] + arguments + ["--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
    #expect(result.status == 1)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains(help), "\(result.errors)")
  }

  @Test(
    "bad arguments: status 2",
    arguments: [["thing", "--item", "0"], ["thing", "--item", "1", "--identifier", "a"], []])
  func bad(arguments: [String]) throws {
    let result = try Command.run(
      ["explain"] + arguments + ["--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
  }

  @Test("as one JSON document")
  func json() throws {
    let result = try explain("thing", "--field", "properties.upper", "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let explanations = (document as? [String: Any])?["explanations"] as? [[String: Any]]
    let first = try #require(explanations?.first)
    #expect(first["verdict"] as? String == "kept")
    #expect(first["object"] as? String == "fixtures/thing.json:1:2")
    let field = (first["fields"] as? [[String: Any]])?.first
    #expect(field?["value"] as? String == "HTTPS://EXAMPLE.COM/A")
    #expect((field?["steps"] as? [[String: Any]])?.count == 2)
  }

  @Test("text from outside cannot reach the terminal as control characters")
  func controlCharacters() throws {
    try folder.write("fixtures/thing.json", #"{"id":"\u001b[31mred\u0007","\u001b[2Jurl":1}"#)
    let result = try explain("thing")
    #expect(result.status == 0)
    #expect(!result.output.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
  }
}
