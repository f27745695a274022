import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("fixtures for a pipeline, large files as streams")
struct FixtureStreamTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// More objects than are held at once; each has another one inside, which looks like an element of its own.
  private func objects(_ name: String, _ count: Int) -> [String] {
    (0..<count).map {
      #"{"id":"\#(name)\#($0)","inner":{"id":"no"},"text":"\#(String(repeating: "x", count: 90))"}"#
    }
  }

  @Test("files of every form give what they give as a whole", arguments: [1, 2])
  func forms(threads: Int) async throws {
    let count = 60_000
    try folder.write("thing/a.json", "[" + objects("a", count).joined(separator: ",\n") + "]")
    try folder.write("thing/b.json", objects("b", 3).joined(separator: "\n"))
    try folder.write("thing/c.json", objects("c", count).joined(separator: "\n"))
    // It breaks off: its last object costs itself, and is no part of the next file.
    try folder.write("thing/d.json", String(objects("d", count).joined(separator: "\n").dropLast(20)))
    try folder.write("thing/e.json", objects("e", count).joined(separator: "\n") + "\n")
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let files = FixtureFolder(folder.path)
    let whole = try await run(mapping, FixtureFetcher(files), threads: threads)
    let streamed = try await run(mapping, FixtureStreams(files), threads: threads)
    #expect(streamed.entities.count == 4 * count + 2)
    #expect(streamed.lines == whole.lines)
    #expect(streamed.entities.map(\.origin) == whole.entities.map(\.origin))
    #expect(try streamed.report.failed == 1)
  }

  @Test("the size of a file is also that of what a link leads to")
  func links() throws {
    let path = try folder.write("thing.json", String(repeating: " ", count: 1000))
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link.json", withDestinationPath: path)
    #expect(FolderListing.size("\(folder.path)/link.json") == 1000)
  }

  @Test("a file that cannot be read is an error, and what came before it is not lost")
  func unreadable() async throws {
    try folder.write("thing/a.json", objects("a", 60_000).joined(separator: "\n"))
    let mapping = CompiledMapping(try config(resource("identifier: .id\nblueprint: '\"b\"'")))
    let files = ["thing/a.json", "thing/gone.json"].map { "\(folder.path)/\($0)" }
    let run = try await run(mapping, GivenFiles(files: files))
    #expect(run.entities.count == 60_000)
    #expect(try !run.report.isComplete)
    #expect(try run.report.diagnostics.map(\.rule) == [.unreadableFile])
  }
}

/// Files that are read whatever is asked for.
private struct GivenFiles: RawFetcher {
  var files: [String]

  func fetch(_ request: FetchRequest) -> FixtureStreams.Pages {
    FixtureStreams.Pages(files: files, problem: nil)
  }
}
