import Foundation
import TestSupport
import Testing

@Suite("How every command shows what is wrong")
struct DiagnosticOutputTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try workingFolder()
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url ?? (1"))
  }

  private func run(_ arguments: String...) throws -> Command.Result {
    try Command.run(arguments, in: folder.path)
  }

  private static let excerpt = """
      13 |             upper: .url ?? (1
         |                         ^^
      → write `//`

    """

  @Test("the line and what is meant in it, in the config")
  func config() throws {
    let sources = ["--config", "config.yml", "--fixtures", "fixtures"]
    for command in [["dry-run"], ["test", "--update"], ["explain", "thing"]] {
      let result = try Command.run(command + sources, in: folder.path)
      #expect(
        (result.output + result.errors).contains("config.yml:13:25"), "\(command): \(result.errors)")
    }
    let dryRun = try Command.run(["dry-run"] + sources, in: folder.path)
    #expect(
      dryRun.errors == """
        config.yml:13:25: error: `??` is not an operator of jq [foreign-syntax]

        """ + Self.excerpt + "\n1 error\n")
    let map = try Command.shell(
      #"echo '{"id": 1}' | "$PORTOLAN" map --config config.yml --kind thing"#, in: folder.path)
    #expect(map.errors.contains(Self.excerpt), "\(map.errors)")
  }

  @Test("in a fixture; objects on standard input have no file to be shown")
  func objects() throws {
    try folder.write("config.yml", workingConfig.replacing(".url | ascii_upcase", with: ".url"))
    try folder.write("fixtures/thing.json", "[{\"id\": \"a\"},\n\t{\"é\": 1,}]")
    let result = try run("dry-run", "--config", "config.yml", "--fixtures", "fixtures")
    #expect(
      result.errors == """
        fixtures/thing.json:2:9: error: raw object of kind `thing`: nothing follows this comma \
        [invalid-raw-object]
          2 |   {"é": 1,}]
            |          ^
          → correct the JSON; the other objects are mapped

        1 error

        """)
    let map = try Command.shell(
      #""$PORTOLAN" map --config config.yml --kind thing <fixtures/thing.json"#, in: folder.path)
    #expect(
      map.errors.hasPrefix(
        """
        standard input:2:9: error: raw object of kind `thing`: nothing follows this comma [invalid-raw-object]
          → correct the JSON; the other objects are mapped

        """), "\(map.errors)")
  }

  @Test("of a line of megabytes, what is around the place")
  func longLine() throws {
    try folder.write("config.yml", workingConfig)
    let filler = String(repeating: "0123456789", count: 200_000)
    try folder.write(
      "fixtures/thing.json", "[{\"id\": \"\(filler)\"}, {\"id\": 1,}, {\"id\": \"\(filler)\"}]")
    let result = try run("dry-run", "--config", "config.yml", "--fixtures", "fixtures", "--format", "ndjson")
    let all = result.errors.components(separatedBy: "\n")
    let first = try #require(all.firstIndex { $0.contains("[invalid-raw-object]") })
    let lines = Array(all[first...])
    #expect(lines[1].contains(#"{"id": 1,}"#))
    #expect(lines[1].count < 130)
    let comma = try #require(lines[1].range(of: "1,}"))
    let column = lines[1].distance(from: lines[1].startIndex, to: comma.lowerBound) + 1
    let number = lines[1].prefix { $0 != "|" }.count
    #expect(lines[2].prefix { $0 != "^" }.count == column, "\(lines[1...2])")
    #expect(lines[2].prefix { $0 != "|" }.count == number)
  }

  @Test("what happens to several objects is said once, with how many")
  func inCommon() throws {
    try folder.write("config.yml", workingConfig.replacing(".hidden | not", with: ".size"))
    try folder.write("fixtures/thing.json", #"[{"id": 1, "size": 4}, {"id": 2, "size": 4}]"#)
    let result = try run("dry-run", "--config", "config.yml", "--fixtures", "fixtures")
    #expect(
      result.errors == """
        config.yml:4:14: error: the selector of kind `thing` gives 4, neither true nor false \
        (object at fixtures/thing.json:1:2) [selector-failed]
          4 |       query: .size
            |              ^^^^^
          → compare the number: `.size > 0`
          … and 1 more like this: --all shows it

        1 error

        """)
  }

  @Test("what this program does about it is said with its own options")
  func remedies() throws {
    try folder.write("config.yml", workingConfig.replacing(".size", with: "env.SIZE"))
    #expect(
      try run("lint", "config.yml").output.contains(
        "→ run with `--allow-env SIZE` if the mapping may see it\n"))
    #expect(try run("lint", "config.yml", "--format", "json").output.contains("--allow-env SIZE"))
    try folder.write("fixtures.expected/thing.json", "[{]")
    let test = try run("test", "--config", "config.yml", "--fixtures", "fixtures")
    #expect(
      test.output.contains(
        """
              fixtures.expected/thing.json:1:3: error: this is not JSON: expected a key in double quotes \
        [invalid-snapshot]
                1 | [{]
                  |   ^
                → take the file back from your version control, or write it again with `portolan test --update`

        """), "\(test.output)")
  }

  @Test("--version: this program's and libjq's")
  func version() throws {
    let result = try run("--version")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(
      result.output.wholeMatch(of: /portolan \d+\.\d+\.\d+(-dev)? \(libjq 1\.\d\)\n/) != nil,
      "\(result.output)")
    let changelog = try String(
      contentsOf: URL(filePath: #filePath).appending(path: "../../../CHANGELOG.md").standardized,
      encoding: .utf8)
    let released = changelog.firstMatch(of: /\n## \[(\d+\.\d+\.\d+)\]/).map { String($0.1) }
    let isDevelopment = result.output.contains("-dev")
    #expect(isDevelopment || result.output.contains("portolan \(released ?? "no release") "))
  }
}
