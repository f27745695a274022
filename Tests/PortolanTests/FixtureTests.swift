import TestSupport
import Testing

@testable import Portolan

@Suite("docs/SEMANTICS.md: fixtures")
struct FixtureTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  private func dryRun(kind: String = "thing") async throws -> DryRunResult {
    let yaml = resource("identifier: .id\nblueprint: '\"b\"'").replacing("thing", with: kind)
    return await DryRun(try config(yaml), fixtures: FixtureFolder(folder.path)).run()
  }

  @Test(
    "a file is one object, an array of objects, or one object a line",
    arguments: [
      (#"{"id":"a"}"#, ["a"]),
      (#" [{"id":"a"} , {"id":"b"}] "#, ["a", "b"]),
      ("{\"id\":\"a\"}\n{\"id\":\"b\"}\n\n{\"id\":\"c\"}", ["a", "b", "c"]),
      ("{\"id\":\"a\"}\r\n{\"id\":\"b\"}\r\n", ["a", "b"]),
      ("\u{FEFF}{\n  \"id\": \"a\"\n}\n", ["a"]),
    ])
  func forms(text: String, identifiers: [String]) async throws {
    try folder.write("thing.json", text)
    #expect(try await dryRun().resources.first?.entities.map(\.identifier.known) == identifiers)
  }

  @Test("<kind>/*.json: every file, by name; other files and folders are passed over")
  func folders() async throws {
    try folder.write("thing/b.json", #"{"id":"b"}"#)
    try folder.write("thing/a.json", #"[{"id":"a1"},{"id":"a2"}]"#)
    try folder.write("thing/notes.txt", "{")
    try folder.write("thing/folder.json/x", "{")
    #expect(try await dryRun().resources.first?.entities.map(\.identifier.known) == ["a1", "a2", "b"])
  }

  @Test(
    "every character of the kind outside A-Z a-z 0-9 _ . - becomes _",
    arguments: [
      ("AWS::RDS::DBInstance", "AWS__RDS__DBInstance"), ("a b/c", "a_b_c"), ("v1.Pod-x_y", "v1.Pod-x_y"),
      ("é", "_"),
      ("👍", "_"),
    ])
  func names(kind: String, name: String) async throws {
    #expect(FixtureFolder.fileName(kind) == name)
    try folder.write(name + ".json", #"{"id":"a"}"#)
    #expect(try await dryRun(kind: kind).resources.first?.report.mapped == 1)
  }

  @Test("a kind with no fixture is reported, not an error")
  func missing() async throws {
    let result = try await dryRun()
    #expect(!result.hasErrors)
    #expect(result.hasWarnings)
    #expect(result.diagnostics.map(\.rule) == [.missingFixture])
    #expect(result.diagnostics.first?.help?.contains("thing.json") == true)
  }

  @Test("a fixture without an object is reported", arguments: ["", "[]", " \n"])
  func empty(text: String) async throws {
    let path = try folder.write("thing.json", text)
    let result = try await dryRun()
    #expect(result.diagnostics.map(\.message) == ["no raw object of kind `thing` is in \(path)"])
    #expect(!result.hasErrors)
  }

  @Test("broken JSON in the third object costs only that, with its file and position")
  func thirdBroken() async throws {
    let path = try folder.write(
      "thing.json", "[{\"id\":\"a\"},\n {\"id\":\"b\"},\n {\"id\":\"c\" 1},\n {\"id\":\"d\"}]")
    let result = try await dryRun()
    #expect(result.resources.first?.entities.map(\.identifier.known) == ["a", "b", "d"])
    #expect(result.resources.first?.report.failed == 1)
    #expect(result.diagnostics.map { $0.location?.description } == ["\(path):3:12"])
    #expect(result.hasErrors)
  }
}
