import TestSupport
import Testing

@Suite("portolan map: what it says of a mapping, and how often")
struct MapFindingTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try mapFolder()
  }

  private func map(_ config: String, _ input: String) throws -> Command.Result {
    try folder.write("config.yml", config)
    try folder.write("input.json", input)
    return try Command.shell(
      "\"$PORTOLAN\" map --config config.yml --kind thing --input input.json", in: folder.path)
  }

  private static func resource(items: String = "", title: String = ".name") -> String {
    """
      - kind: thing
        port:
          \(items)
          entity:
            mappings:
              identifier: .key
              title: \(title)
              blueprint: '"thing"'

    """
  }

  @Test("of a field that does not compile, the counts name the place of what was said at the start")
  func uncompiled() throws {
    let config = "resources:\n" + Self.resource(title: #".name + " #" + .key"#)
    let result = try map(config, #"[{"key":"A","name":"a"},{"key":"B","name":"b"}]"#)
    #expect(result.errors.contains("config.yml:8:28: error: YAML takes a `#`"), "\(result.errors)")
    #expect(
      result.errors.contains(
        "2 mapped, 0 filtered, 0 skipped, 0 failed\n  title does not compile, see 8:28\n"))
    #expect(!result.errors.contains("syntax error"))
  }

  @Test("of pages, nothing is said but that they are, whatever other resources made of them")
  func pages() throws {
    let config =
      "resources:\n" + Self.resource(title: #".url | split("/") | .[0]"#)
      + Self.resource(items: "itemsToParse: .logs // []")
      + Self.resource(items: "itemsToParse: .logs")
    let result = try map(config, #"{"startAt":0,"values":[{"key":"A","url":"u","logs":[]}]}"#)
    #expect(result.status == 1)
    #expect(result.errors.contains("[page-not-cut]"))
    for noise in ["no-entities", "unparsed-items", "split input", "itemsToParse `"] {
      #expect(!result.errors.contains(noise), "\(result.errors)")
    }
    #expect(result.errors.hasSuffix("\n\n1 error\n"))
  }

  @Test(
    "items that are none of any object are said once, with one cure",
    arguments: [
      (".key", "`.key` is a text: name a list"), (".labels[]", "drop the `[]`: `.labels`"),
    ])
  func unparsed(items: String, cure: String) throws {
    let config = "resources:\n" + Self.resource(items: "itemsToParse: \(items)")
    let result = try map(config, #"[{"key":"A","labels":["x","y"]},{"key":"B","labels":[]}]"#)
    #expect(!result.errors.contains("[unparsed-items]"), "\(result.errors)")
    #expect(result.errors.components(separatedBy: "[no-entities]").count == 2)
    #expect(result.errors.contains("→ \(cure)\n"))
    #expect(!result.errors.contains("in brackets"))
  }

  @Test("items that are no list of some objects are still said")
  func partlyUnparsed() throws {
    let config = "resources:\n" + Self.resource(items: "itemsToParse: .logs")
    let result = try map(config, #"[{"key":"A","logs":[1]},{"key":"B"}]"#)
    #expect(result.errors.contains("[unparsed-items]"))
  }
}
