import Foundation
import TestSupport
import Testing

@testable import Portolan

@Suite("Watching files")
struct WatchTests {
  private let folder: TemporaryFolder
  private let config: String
  private var watch: FileWatch

  init() throws {
    folder = try TemporaryFolder()
    config = try folder.write("config.yml", "a")
    try folder.write("fixtures/thing.json", "{}")
    try folder.write("fixtures/other/1.json", "{}")
    try folder.write("fixtures/other/notes.txt", "")
    watch = FileWatch(files: [config], folders: [FixtureFolder(folder.path + "/fixtures")])
  }

  private mutating func changes() -> [String] {
    watch.changes().map { String($0.dropFirst(folder.path.count + 1)) }
  }

  @Test("nothing has changed until something has, and then once")
  mutating func once() throws {
    #expect(watch.count == 3)
    #expect(changes() == [])
    try folder.write("config.yml", "longer")
    #expect(changes() == ["config.yml"])
    #expect(changes() == [])
  }

  @Test("a file that is replaced by another of the same size and date")
  mutating func replaced() throws {
    let date = try FileManager.default.attributesOfItem(atPath: config)[.modificationDate]
    let new = try folder.write("config.new", "b")
    try FileManager.default.setAttributes([.modificationDate: date as Any], ofItemAtPath: new)
    #expect(rename(new, config) == 0)
    #expect(changes() == ["config.yml"])
  }

  @Test("fixtures that are new, gone, or of a new kind; other files do not matter")
  mutating func fixtures() throws {
    try folder.write("fixtures/other/2.json", "{}")
    try folder.write("fixtures/new/1.json", "{}")
    try folder.write("fixtures/other/notes.txt", "more")
    try FileManager.default.removeItem(atPath: folder.path + "/fixtures/thing.json")
    #expect(changes() == ["fixtures/new/1.json", "fixtures/other/2.json", "fixtures/thing.json"])
  }

  @Test("a file that was not there appears")
  mutating func appears() throws {
    try FileManager.default.removeItem(atPath: config)
    #expect(changes() == ["config.yml"])
    try folder.write("config.yml", "a")
    #expect(changes() == ["config.yml"])
  }
}
