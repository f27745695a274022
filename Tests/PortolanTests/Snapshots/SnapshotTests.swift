import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("Snapshots beside the fixtures")
struct SnapshotTests {
  private let folder: TemporaryFolder
  private let fixtures: FixtureFolder
  private let test: SnapshotTest

  init() throws {
    folder = try TemporaryFolder()
    fixtures = FixtureFolder(folder.path + "/raw")
    test = SnapshotTest(SnapshotFolder(of: fixtures))
    try folder.write("raw/thing.json", #"[{"id": "a", "n": 9007199254740993}, {"id": "b"}]"#)
  }

  private func outcomes(_ yaml: String, isWhole: Bool = true) async throws -> [SnapshotTest.Outcome] {
    test.outcomes(of: await DryRun(try config(yaml), fixtures: fixtures).run(), isWhole: isWhole)
  }

  @Test("missing, then written, then the same, then different")
  func states() async throws {
    let yaml = things("properties:\n  n: .n")
    let missing = try await outcomes(yaml)
    #expect(missing.map(\.state) == [.missing])
    #expect(missing.first?.file == folder.path + "/raw.expected/thing.json")
    try test.update(missing)
    #expect(try await outcomes(yaml).map(\.state) == [.same])
    let different = try await outcomes(yaml.replacing(".n", with: ".n // 0"))
    let change = ValueDifference(path: "properties.n", old: "null", new: "0")
    #expect(
      different.map(\.state) == [
        .different([EntityDifference(blueprint: "thing", identifier: "b", change: .changed([change]))])
      ])
    try test.update(different)
    #expect(try await outcomes(yaml.replacing(".n", with: ".n // 0")).map(\.state) == [.same])
  }

  @Test("numbers keep their digits in the file, and a file that means the same is left as it is")
  func bytes() async throws {
    try test.update(try await outcomes(things("properties:\n  n: .n")))
    let path = folder.path + "/raw.expected/thing.json"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains("\"n\": 9007199254740993\n"))
    try folder.write("raw.expected/thing.json", text.replacing("9007199254740993", with: "9007199254740992"))
    try test.update(try await outcomes(things("properties:\n  n: .n")))
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("9007199254740992"))
  }

  @Test("a kind in several resources has one snapshot; a kind without fixtures none")
  func kinds() async throws {
    let rare = things("").replacing("thing", with: "rare").replacing("resources:\n", with: "")
    let second = things("title: .n").replacing("resources:\n", with: "")
    let yaml = things("") + "\n" + second + "\n" + rare
    let found = try await outcomes(yaml)
    #expect(found.map(\.kind) == ["thing"])
    #expect(found.first?.entities.count == 4)
  }

  @Test("a snapshot of a kind that the config does not map is stale, and removed")
  func stale() async throws {
    try folder.write("raw.expected/gone.json", "[]")
    #expect(try await outcomes(things(""), isWhole: false).map(\.state) == [.missing])
    let found = try await outcomes(things(""))
    #expect(found.map(\.state) == [.missing, .stale])
    try test.update(found)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/raw.expected/gone.json"))
  }

  @Test(
    "a file that is no snapshot says where, and is written anew",
    arguments: [("[1,", 1, 4), ("{}", 1, 1), ("[\n 1]", 2, 2), ("", 1, 1)])
  func invalid(text: String, line: Int, column: Int) async throws {
    try folder.write("raw.expected/thing.json", text)
    let found = try await outcomes(things(""))
    guard case .invalid(let diagnostic) = found.first?.state else {
      Issue.record("\(found)")
      return
    }
    #expect(diagnostic.rule == .invalidSnapshot)
    #expect(diagnostic.location?.line == line && diagnostic.location?.column == column)
    try test.update(found)
    #expect(try await outcomes(things("")).map(\.state) == [.same])
  }

  @Test("snapshots are never read as raw objects")
  func apart() throws {
    #expect(SnapshotFolder(of: FixtureFolder("Fixtures/jira")).path == "Fixtures/jira.expected")
    #expect(SnapshotFolder(of: FixtureFolder(".port/examples/")).path == ".port/examples.expected")
    try folder.write("raw.expected/expected.json", "[]")
    #expect(fixtures.files(ofKind: "expected").isEmpty)
  }
}
