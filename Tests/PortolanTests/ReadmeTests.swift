import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("The README")
struct ReadmeTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOf: repository.appending(path: path), encoding: .utf8)
  }

  @Test("the Swift in the README is the file that these tests compile")
  func sameText() throws {
    let blocks = try text("README.md").components(separatedBy: "```swift\n").dropFirst()
      .compactMap { $0.components(separatedBy: "```").first }
    #expect(blocks == [try text("Tests/PortolanTests/ReadmeExample.swift")])
  }

  @Test("it runs")
  func runs() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "port-app-config.yml",
      resource("identifier: .name\nblueprint: '\"service\"'\nrelations: {owner: .team.id}"))
    var sink = CollectingSink()
    let reports = try await mapServices(path, into: &sink)
    #expect(
      sink.entities.map(\.description) == [
        #"{"identifier":"checkout","blueprint":"service","relations":{"owner":"ada"}}"#
      ])
    #expect(reports.map(\.mapped) == [1])
  }

  @Test("what the README says can be run exists")
  func commands() throws {
    let readme = try text("README.md")
    for match in readme.matches(of: /scripts\/[a-z-]+/) {
      let script = repository.appending(path: String(match.output))
      #expect(FileManager.default.isExecutableFile(atPath: script.path), "\(match.output)")
    }
  }
}
