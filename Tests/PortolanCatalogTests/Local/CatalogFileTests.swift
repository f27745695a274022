import Foundation
import GRDB
import PortolanCatalog
import TestSupport
import Testing

@Suite struct CatalogFileTests {
  @Test func aCatalogIsThereAgainAfterItWasOpenedAgain() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(#"{"identifier": "a", "relations": {"team": "t"}}"#)
    let again = try LocalCatalog(path: fixture.path)
    #expect(try await again.counts().map(\.count) == [1, 1])
    #expect(try await again.relatedEntities(to: [EntityKey("team", "t")]).count == 1)
    let mode = try FileManager.default.attributesOfItem(atPath: fixture.path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func aFileThatIsNoCatalogIsRefusedAndStaysAsItIs() throws {
    let folder = try TemporaryFolder()
    let text = try folder.write("notes.txt", String(repeating: "no database at all\n", count: 100))
    try expectUnreadable(text, "is no catalog")
    let other = folder.path + "/other.db"
    try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE x (y)") }
    let before = try Data(contentsOf: URL(filePath: other))
    try expectUnreadable(other, "but no catalog")
    #expect(try Data(contentsOf: URL(filePath: other)) == before)
    let newer = folder.path + "/newer.db"
    _ = try LocalCatalog(path: newer)
    try DatabaseQueue(path: newer).write { try $0.execute(sql: "PRAGMA user_version = 99") }
    try expectUnreadable(newer, "newer version")
    try expectUnreadable(folder.path, "cannot open")
    try expectUnreadable(folder.path + "/none/catalog.db", "cannot create")
  }

  private func expectUnreadable(_ path: String, _ words: String) throws {
    let error = #expect(throws: CatalogError.self) { try LocalCatalog(path: path) }
    #expect(error?.kind == .unreadable)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.contains(path) == true)
  }

  @Test func anEmptyFileBecomesACatalog() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("catalog.db", "")
    #expect(try await LocalCatalog(path: path).blueprints().isEmpty)
  }

  @Test func severalMayOpenAndWriteTheSameFileAtOnce() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/catalog.db"
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for place in 0..<4 {
        group.addTask {
          let catalog = try LocalCatalog(path: path)
          try await catalog.createBlueprint(
            bytes(
              #"{"identifier": "b\#(place)", "schema": {"properties": {}, "required": []}, "relations": {}}"#)
          )
          for number in 0..<20 {
            _ = try await catalog.upsert(
              [bytes(#"{"identifier": "e\#(number)"}"#)], of: "b\(place)", UpsertOptions(), datasource: "curl"
            )
          }
          return 20
        }
      }
      return try await group.reduce(into: 0) { $0 += $1 }
    }
    #expect(try await LocalCatalog(path: path).counts().map(\.count).reduce(0, +) == counts)
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/flock")))
  func aLockIsGoneWithTheProcessThatHeldIt() async throws {
    let fixture = try LocalFixture()
    try await fixture.catalog.begin(LocalFixture.run("1"))
    try await fixture.catalog.end(LocalFixture.run("1"), RunResult(.completed))
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.folder.path)
    let lock = try #require(files.first { $0.hasSuffix(".lock") })
    let holder = Process()
    let output = Pipe()
    holder.executableURL = URL(filePath: "/bin/sh")
    holder.arguments = [
      "-c", #"exec 9>>"$0"; flock -n 9 && echo held; exec sleep 600"#, fixture.folder.path + "/" + lock,
    ]
    holder.standardOutput = output
    try holder.run()
    #expect(output.fileHandleForReading.availableData == Data("held\n".utf8))
    let error = await #expect(throws: CatalogError.self) {
      try await fixture.catalog.begin(LocalFixture.run("2"))
    }
    #expect(error?.kind == .busy)
    kill(holder.processIdentifier, SIGKILL)
    holder.waitUntilExit()
    try await fixture.catalog.begin(LocalFixture.run("3"))
  }
}
