import Foundation
import Portolan
import Testing

@testable import Codeowners

@Suite("The fetcher") struct CodeownersFetcherTests {
  @Test("the fixtures are what it makes of the checkouts", arguments: ["repository", "rule"])
  func fixtures(kind: String) async throws {
    let fetched = try await objects(CodeownersFetcher(folder: package.appending(path: "Checkouts")), kind)
    let fixtures = try Data(contentsOf: package.appending(path: "Fixtures/codeowners/\(kind).json"))
    let expected = try #require(try JSONView(validating: Array(fixtures)).elements)
    #expect(!expected.isEmpty)
    #expect(fetched.map(\.json) == expected.map(\.json))
  }

  @Test("a broken line and a broken file cost only themselves, and the kind is not complete")
  func brokenFiles() async throws {
    try await withFolder { folder in
      try write(folder, "api/CODEOWNERS", Data("* @acme/api\n!x @acme/api\n/y acme\n/z @acme/z\n".utf8))
      try write(folder, "old/CODEOWNERS", Data([0x2A, 0x20, 0xFF, 0x0A]))
      try write(folder, "web/CODEOWNERS", Data("* @acme/web\r\n".utf8))
      let config = try PortAppConfig(contentsOf: package.appending(path: configPath).path())
      var sink = CollectingSink()
      let reports = try await MappingPipeline(CompiledMapping(config)).run(
        CodeownersFetcher(folder: folder), into: &sink)
      #expect(sink.entities.compactMap(\.title) == ["api", "web", "api *", "api /z", "web *"])
      #expect(reports.map(\.isComplete) == [false, false])
      #expect(reports[0].diagnostics.map(\.rule) == [.unreadableFile])
      #expect(reports[1].diagnostics.map(\.rule) == [.invalidLine, .invalidLine, .unreadableFile])
      #expect(reports[1].diagnostics.compactMap(\.location).map(\.line) == [2, 3, 1])
      #expect(reports[1].diagnostics.compactMap(\.location).map(\.column) == [1, 4, 1])
    }
  }

  @Test("what it cannot give is an error", arguments: [("issue", "Checkouts"), ("rule", "no such folder")])
  func errors(kind: String, folder: String) async {
    await #expect(throws: (any Error).self) {
      _ = try await objects(CodeownersFetcher(folder: package.appending(path: folder)), kind)
    }
  }
}
