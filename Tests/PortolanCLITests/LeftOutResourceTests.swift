import TestSupport
import Testing

@Suite("Resources that are left out for an error in them")
struct LeftOutResourceTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
    try folder.write("fixtures/user.json", #"{"id":"u"}"#)
    try folder.write("config.yml", workingConfig + Self.user("{query: .id != null}"))
    #expect(try portolan("test", "--update").status == 0)
    try folder.write("config.yml", workingConfig + Self.user(#""true""#))
  }

  private static func user(_ selector: String) -> String {
    """

      - kind: user
        selector: \(selector)
        port: {entity: {mappings: {identifier: .id, blueprint: '"user"'}}}
    """
  }

  private func portolan(_ arguments: String...) throws -> Command.Result {
    try Command.run(arguments + ["--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
  }

  @Test("test lists the kind, with its line")
  func tested() throws {
    let result = try portolan("test")
    #expect(result.status == 1)
    #expect(
      result.output == """
        config.yml

          ✓ thing  2 entities
          ✗ user   left out, see line 15

          1 kind, 2 entities as expected, but the mapping has 1 error

        """)
  }

  @Test(
    "whoever asks for the kind is told that it is there",
    arguments: [["dry-run", "--kind", "user"], ["explain", "user"], ["test", "--kind", "user"]])
  func asked(arguments: [String]) throws {
    let result = try Command.run(
      arguments + ["--config", "config.yml", "--fixtures", "fixtures"], in: folder.path)
    #expect(!result.errors.contains("no resource maps"))
    #expect(
      result.errors.hasSuffix(
        "error: the resource of kind `user`, on line 15, is left out\n  → mend what is wrong with it, as said above\n"
      ))
    #expect(result.errors.contains("config.yml:16:15: error: "), "\(result.errors)")
  }

  @Test("and so does map")
  func mapped() throws {
    let result = try Command.run(
      ["map", "--config", "config.yml", "--input", "user=fixtures/user.json"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("the resource of kind `user`, on line 15, is left out"))
  }
}
