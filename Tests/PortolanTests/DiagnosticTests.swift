import Foundation
import JQ
import Portolan
import RawJSON
import TestSupport
import Testing

@testable import Portolan

@Suite("Diagnostics as data")
struct DiagnosticTests {
  @Test("a rule is its identifier, in JSON too, and anyone can declare one")
  func rules() throws {
    let own = Diagnostic.Rule("stale-token")
    #expect(own.rawValue == "stale-token")
    #expect(Diagnostic.Rule(rawValue: "unknown-key") == .unknownKey)
    #expect(String(decoding: try JSONEncoder().encode([own]), as: UTF8.self) == #"["stale-token"]"#)
    #expect(try JSONDecoder().decode([Diagnostic.Rule].self, from: Data(#"["stale-token"]"#.utf8)) == [own])
  }

  @Test("what no edit of a file does is a remedy, and the message names no option of a command")
  func remedies() throws {
    let hidden = try #require(try LintRuleTests.lint(linted("env.HOST")).first)
    #expect(hidden.remedy == .allowVariable("HOST"))
    #expect(hidden.help == "allow expressions to see `HOST`, if the mapping may")
    let folder = try TemporaryFolder()
    try folder.write("f.expected/thing.json", "[{]")
    let error = try #require(throws: Diagnostic.self) {
      try SnapshotFolder(of: FixtureFolder(folder.path + "/f")).entities("thing")
    }
    #expect(error.rule == .invalidSnapshot)
    #expect(error.remedy == .updateSnapshots)
    #expect(error.location?.column == 3)
    #expect(error.help?.contains("--") == false)
  }
}
