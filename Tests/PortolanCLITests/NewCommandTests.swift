import Foundation
import TestSupport
import Testing

@Suite("portolan new")
struct NewCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("projects.json", #"{"values": [{"id": 1, "name": "One"}], "total": 1}"#)
  }

  private func new(_ arguments: String...) throws -> Command.Result {
    try Command.run(["new"] + arguments, in: folder.path)
  }

  @Test("the next commands that it names find nothing wrong")
  func next() throws {
    let result = try new("acme", "--from", "projects.json")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.output.hasPrefix("Wrote:\n  .port/acme/resources/port-app-config.yml\n"))
    #expect(result.output.hasSuffix("Next:\n  portolan dry-run acme\n  portolan lint acme\n"))
    let run = try Command.run(["dry-run", "acme", "--strict"], in: folder.path)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.output.contains("acmeProject"))
    let lint = try Command.run(["lint", "acme", "--strict"], in: folder.path)
    #expect(lint.status == 0 && lint.output.contains("nothing wrong"), "\(lint.output)")
  }

  @Test("without samples there is a starter; --output is another folder")
  func starter() throws {
    let result = try new("acme", "--output", "there/it's deep")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("  cd 'there/it'\\''s deep' && portolan dry-run acme\n"))
    let run = try Command.run(["dry-run", "--strict"], in: folder.path + "/there/it's deep")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
  }

  @Test("every command of the README that it writes works")
  func readme() throws {
    #expect(try new("acme", "--from", "projects.json").status == 0)
    let text = try String(contentsOfFile: folder.path + "/README.md", encoding: .utf8)
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("portolan ") }
    #expect(commands.count == 3)
    for command in commands {
      let script = "\"$PORTOLAN\" " + command.dropFirst("portolan ".count)
      let result = try Command.shell(script, in: folder.path)
      #expect(result.status == 0 && result.errors.isEmpty, "\(command): \(result.errors)")
    }
  }

  @Test("a second time it writes nothing and names what is there")
  func again() throws {
    #expect(try new("acme").status == 0)
    let second = try new("acme")
    #expect(second.status == 2 && second.output.isEmpty)
    #expect(second.errors.contains("5 files are there already; nothing was written"))
  }

  @Test(
    "what cannot be meant is status 2, with what to do",
    arguments: [
      (["a/b"], "`a/b` is no name"), (["acme", "--from", "none.json"], "cannot read none.json"),
      (["acme", "--from", "projects.json", "--openapi", "x.json"], "two ways to begin"),
      (["acme", "--kind", "issue"], "--kind chooses among the kinds of --openapi"),
      (["acme", "--swift", "--portolan", "."], "holds no Package.swift"),
      (["acme", "--portolan", "."], "--portolan is for --swift"),
    ])
  func errors(arguments: [String], part: String) throws {
    let result = try Command.run(["new"] + arguments, in: folder.path)
    #expect(result.status == 2)
    #expect(result.errors.contains(part), "\(result.errors)")
  }

  @Test("--swift writes a package in a folder of its name, which depends on the library by path or URL")
  func swift() throws {
    try folder.write("library/Package.swift", "// a checkout")
    let path = try new("acme-two", "--from", "projects.json", "--swift", "--portolan", "library")
    #expect(path.status == 0, "\(path.errors)")
    #expect(path.output.contains("  cd acme-two && swift test\n"))
    let manifest = try String(contentsOfFile: folder.path + "/acme-two/Package.swift", encoding: .utf8)
    #expect(manifest.contains("?? \"../library\""))
    let run = try Command.run(["dry-run", "--strict"], in: folder.path + "/acme-two")
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let url = try new("other", "--swift", "--portolan", "https://example.com/portolan")
    #expect(url.status == 0, "\(url.errors)")
    let other = try String(contentsOfFile: folder.path + "/other/Package.swift", encoding: .utf8)
    #expect(other.contains(#".package(url: "https://example.com/portolan", branch: "main")"#))
  }
}
