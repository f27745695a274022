import Foundation
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

@Suite("The difference of two lists of entities")
struct EntityDifferenceTests {
  private func entities(_ lines: String...) -> [Entity] { lines.map { Entity(json: Array($0.utf8)) } }

  private let a =
    #"{"identifier":"a","title":"A","blueprint":"b","properties":{"n":1,"m":[1]},"relations":{"r":"x"}}"#

  @Test("added, removed, changed field by field")
  func all() throws {
    let changed = a.replacing("\"A\"", with: "null").replacing("\"m\":[1]", with: "\"k\":2")
    let difference = EntityDifference(
      from: entities(a, #"{"identifier":"old","blueprint":"b"}"#),
      to: entities(#"{"identifier":"a","blueprint":"c"}"#, changed))
    #expect(difference.added.map(\.blueprint) == ["c"])
    #expect(difference.removed.map(\.identifier) == ["old"])
    let change = try #require(difference.changed.first)
    #expect(difference.changed.count == 1)
    #expect(change.entity.identifier == "a")
    #expect(
      change.fields.map { "\($0.field) \($0.before ?? "-") \($0.after ?? "-")" } == [
        #"title "A" null"#, "properties.k - 2", "properties.m [1] -",
      ])
  }

  @Test("the order of entities does not matter, nor that of members")
  func order() {
    let b = #"{"identifier":"b","blueprint":"b"}"#
    #expect(EntityDifference(from: entities(a, b), to: entities(b, a)).isEmpty)
    #expect(
      EntityDifference(from: entities(b), to: entities(#"{"blueprint":"b","identifier":"b"}"#)).isEmpty)
  }

  @Test("entities of the same blueprint and identifier are told apart by their order")
  func twice() {
    let other = a.replacing("\"A\"", with: "\"B\"")
    #expect(EntityDifference(from: entities(a, other), to: entities(a, other)).isEmpty)
    #expect(EntityDifference(from: entities(a, other), to: entities(a)).removed.count == 1)
    #expect(EntityDifference(from: entities(a, other), to: entities(a, a)).changed.count == 1)
  }
}
