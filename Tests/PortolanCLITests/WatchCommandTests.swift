import Foundation
import TestSupport
import Testing

@Suite("portolan dry-run --watch")
struct WatchCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
  }

  @Test("a save of the config shows what changed, and an interruption ends it quietly")
  func config() throws {
    let result = try Watching.during(
      #"""
      sed 's/ascii_upcase/ascii_downcase + "!"/' config.yml > new.yml && mv new.yml config.yml
      wait_for "1 changed"
      """#, in: folder)
    #expect(!result.output.contains("never saw"), "\(result.output)")
    #expect(result.output.contains("status 0\n"))
    #expect(
      result.output.contains(
        """
          ~ thing a  properties.upper: "HTTPS://EXAMPLE.COM/A" → "https://example.com/a!"
        """), "\(result.output)")
    #expect(!result.output.contains("\u{1B}"))
  }

  @Test("fixtures that change, appear and go")
  func fixtures() throws {
    let result = try Watching.during(
      #"""
      echo '{"id": "new"}{"id": "a", "name": "Second", "url": "https://example.com/a"}' > fixtures/thing.json
      wait_for "+ thing new"
      """#, in: folder)
    #expect(!result.output.contains("never saw"), "\(result.output)")
    for line in [
      "title: \"First\" → \"Second\"", "+ thing new", "- thing b", "1 changed, 1 added, 1 gone",
    ] {
      #expect(result.output.contains(line), "\(result.output)")
    }
  }

  @Test("a broken save is told, and what is saved after it is compared with what was before it")
  func broken() throws {
    let result = try Watching.during(
      #"""
      cp config.yml good.yml
      echo "resources: [" > config.yml
      wait_for "yaml-syntax"
      sed 's/title: .name/title: .id/' good.yml > config.yml
      wait_for "2 changed"
      sed 's/title: .name/title: .id/; s/size: .size/size: .id | error/' good.yml > config.yml
      wait_for "! properties.size of thing failed"
      """#, in: folder)
    #expect(!result.output.contains("never saw"), "\(result.output)")
    #expect(result.output.contains("waiting for a config that can be run whole"))
    #expect(result.output.contains("title: \"First\" → \"a\""))
  }

  @Test("--watch prints for a person only", arguments: [["--format", "json"], ["--output", "x"]])
  func formats(arguments: [String]) throws {
    let result = try Command.run(
      ["dry-run", "--config", "config.yml", "--fixtures", "fixtures", "--watch"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains("--watch"))
  }
}
