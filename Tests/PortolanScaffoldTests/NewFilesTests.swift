import Foundation
import Portolan
import TestSupport
import Testing

@testable import PortolanScaffold

@Suite("writing a new integration")
struct NewFilesTests {
  private let folder: TemporaryFolder
  private let scaffold: Scaffold

  init() throws {
    folder = try TemporaryFolder()
    scaffold = Scaffold(starter: try IntegrationName("acme"))
  }

  private var files: [String] {
    (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []).sorted()
  }

  @Test("a file that is there is never overwritten, and then nothing is written")
  func conflict() throws {
    try folder.write("Fixtures/acme/item.json", "mine")
    let before = files
    let error = #expect(throws: DiagnosticsError.self) { try scaffold.write(into: folder.path) }
    #expect(
      error?.description.contains("Fixtures/acme/item.json is there already; nothing was written") == true)
    #expect(files == before)
  }

  @Test("README.md and CHANGELOG.md stay as they are")
  func optional() throws {
    try folder.write("README.md", "mine")
    let written = try scaffold.write(into: folder.path)
    #expect(!written.contains("README.md") && written.contains("CHANGELOG.md"))
    #expect(try String(contentsOfFile: folder.path + "/README.md", encoding: .utf8) == "mine")
  }

  @Test("where a file cannot be written, those before it are taken back, and their folders")
  func rollback() throws {
    // A file is where a folder has to be.
    try folder.write("Fixtures", "mine")
    #expect(throws: DiagnosticsError.self) { try scaffold.write(into: folder.path) }
    #expect(files == ["Fixtures"])
  }

  @Test("a folder that is one Ocean integration takes no other")
  func ocean() throws {
    try folder.write(".port/resources/port-app-config.yml", "resources: []")
    let error = #expect(throws: DiagnosticsError.self) { try scaffold.write(into: folder.path) }
    #expect(error?.description.contains("laid out as Ocean's") == true)
  }

  @Test("two integrations live side by side")
  func two() async throws {
    _ = try scaffold.write(into: folder.path)
    let second = try await Written(Scaffold(starter: IntegrationName("other")), in: folder)
    #expect(second.findings == [])
    #expect(Integration.find(in: folder.path).map(\.name) == ["acme", "other"])
  }
}
