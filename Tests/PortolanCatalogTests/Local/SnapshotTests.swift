import Foundation
import PortolanCatalog
import Testing

@Suite struct SnapshotTests {
  @Test func aSnapshotDoesNotSeeLaterWrites() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(#"{"identifier": "a"}"#)
    let snapshot = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let revision = snapshot.revision
    try await fixture.upsert(#"{"identifier": "b"}"#)
    #expect(try snapshot.find([EntityKey("service", "b")]).compactMap { $0 }.isEmpty)
    #expect(try snapshot.ownedCounts() == ["service": 1])
    #expect(snapshot.revision == revision)
    #expect(try fixture.revision() != revision)
  }

  @Test func entitiesAreFoundInTheOrderOfTheirKeysWithTheirOwner() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let line = #"{"identifier": "a"}"#
    try await fixture.upsert(line)
    try await fixture.upsert(#"{"identifier": "b"}"#, by: LocalFixture.run("r", of: LocalFixture.other))
    let snapshot = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let found = try snapshot.find([
      EntityKey("service", "b"), EntityKey("service", "none"), EntityKey("service", "a"),
      EntityKey("service", "a"),
    ])
    #expect(found.map { $0?.isOwned } == [false, nil, true, true])
    #expect(found[0]?.datasource == LocalFixture.other.description)
    // The SHA-256 of the line.
    let hash = "2a0573dde6e27b47fc572402eac38cc630aa7a8f50ba5772a8f2453d4ca8a341"
    #expect(found[2]?.appliedHash?.map { String(format: "%02x", $0) }.joined() == hash)
    let numbers = found.compactMap { $0?.number }
    #expect(numbers.allSatisfy { (1...snapshot.maximumNumber).contains($0) })
    #expect(try snapshot.json(of: numbers).map { String(decoding: $0, as: UTF8.self).contains(#""b""#) } == [
      true, false, false,
    ])
  }

  @Test func anythingElseThatChangesAnEntityEndsWhatIsKnownOfTheLastRun() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    let key = EntityKey("service", "a")
    try await fixture.upsert(#"{"identifier": "a", "title": "by run"}"#)
    let before = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let number = try #require(try before.find([key]).first??.number)
    #expect(try before.lastWritten([number]) == [nil])
    _ = try await fixture.catalog.upsert(
      [bytes(#"{"identifier": "a", "title": "by hand"}"#)], of: "service", UpsertOptions(),
      datasource: LocalFixture.owner.description)
    let after = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let found = try #require(try after.find([key]).first ?? nil)
    #expect(found.isOwned && found.appliedHash == nil)
    let written = try #require(try after.lastWritten([found.number]).first ?? nil)
    #expect(String(decoding: written, as: UTF8.self).contains("by run"))
  }

  @Test func ownedEntitiesComeInTheOrderOfTheirKeysUnlessTheyWereSeen() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    for start in [2000, 0, 1000] {
      let writes = (start..<start + 1000).map { EntityWrite(json: bytes(#"{"identifier": "\#($0 + 10000)"}"#)) }
      _ = try await fixture.catalog.upsert(writes, of: "service", UpsertOptions(), in: LocalFixture.run())
    }
    try await fixture.upsert(#"{"identifier": "other"}"#, by: LocalFixture.run("r", of: LocalFixture.other))
    try await fixture.upsert(#"{"identifier": "t"}"#, of: "team")
    let snapshot = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let seen = Set(try snapshot.find((0..<1500).map { EntityKey("service", "\($0 + 10000)") }).map { $0?.number ?? 0 })
    var keys: [EntityKey] = []
    try snapshot.forEachOwned(unlessSeen: { seen.contains($0) }) { number, key, json in
      let documents = try snapshot.json(of: [number])
      #expect(documents == [json])
      keys.append(key)
    }
    #expect(keys == (1500..<3000).map { EntityKey("service", "\($0 + 10000)") } + [EntityKey("team", "t")])
  }

  @Test func aCatalogElsewhereIsCopied() async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    try await fixture.upsert(#"{"identifier": "a", "relations": {"team": "t"}}"#)
    try await fixture.upsert(#"{"identifier": "b"}"#, by: LocalFixture.run("r", of: LocalFixture.other))
    let snapshot = try await EntitySnapshot(copying: fixture.catalog, owner: LocalFixture.owner)
    let stranger = EntityKey("service", "b")
    #expect(!snapshot.isWhole && snapshot.revision == nil)
    #expect(try snapshot.find([stranger, EntityKey("service", "a")]).map { $0?.isOwned } == [nil, true])
    #expect(try snapshot.ownedCounts() == ["service": 1])
    try snapshot.add(try await fixture.catalog.entities(["b"], of: "service"))
    let found = try #require(try snapshot.find([stranger]).first ?? nil)
    #expect(!found.isOwned && found.datasource == LocalFixture.other.description)
    #expect(
      try snapshot.related(to: [EntityKey("team", "t")]).map(\.source) == [EntityKey("service", "a")])
  }
}
