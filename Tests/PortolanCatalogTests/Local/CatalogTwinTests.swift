import PortolanCatalog
import RawJSON
import TestSupport
import Testing

/// Random writes and deletions of several owners, compared with a catalog that is nothing but dictionaries.
@Suite struct CatalogTwinTests {
  @Test(arguments: 1...20) func aCatalogIsWhatItsTwinIs(_ seed: Int) async throws {
    let fixture = try LocalFixture()
    try await fixture.createBlueprints()
    var random = SeededRandom(seed: UInt64(seed))
    var twin = CatalogTwin()
    for step in 0..<60 {
      let owner = [LocalFixture.owner, LocalFixture.other][Int.random(in: 0...1, using: &random)]
      let run = LocalFixture.run("run-\(step)", of: owner)
      let blueprint = random.chance(3) ? "team" : "service"
      if random.chance(4) {
        try await delete(fixture, &twin, blueprint, run, &random)
      } else {
        try await upsert(fixture, &twin, blueprint, run, &random)
      }
      try await compare(fixture, twin, "seed \(seed), step \(step)")
    }
  }

  private func upsert(
    _ fixture: LocalFixture, _ twin: inout CatalogTwin, _ blueprint: String, _ run: CatalogRun,
    _ random: inout SeededRandom
  ) async throws {
    let options = UpsertOptions(merges: !random.chance(2), createsMissingRelated: !random.chance(3))
    let isClient = random.chance(4)
    let entities = (0..<Int.random(in: 1...4, using: &random)).map { _ in twin.draft(blueprint, &random) }
    let outcomes =
      isClient
      ? try await fixture.catalog.upsert(
        entities.map { bytes($0.json) }, of: blueprint, options, datasource: "curl")
      : try await fixture.catalog.upsert(
        entities.map { EntityWrite(json: bytes($0.json)) }, of: blueprint, options, in: run)
    twin.begin()
    let expected = entities.map {
      twin.upsert($0, options, by: isClient ? "curl" : run.owner.description, isRun: !isClient)
    }
    #expect(outcomes.map { $0.refusal == nil } == expected)
  }

  private func delete(
    _ fixture: LocalFixture, _ twin: inout CatalogTwin, _ blueprint: String, _ run: CatalogRun,
    _ random: inout SeededRandom
  ) async throws {
    let identifiers = (0..<Int.random(in: 1...3, using: &random)).map { _ in CatalogTwin.identifier(&random) }
    let isDeep = random.chance(2)
    let outcomes = try await fixture.catalog.delete(
      identifiers, of: blueprint, deletingDependents: isDeep, in: run)
    twin.begin()
    let isDone = twin.delete(identifiers.map { EntityKey(blueprint, $0) }, isDeep: isDeep)
    #expect(outcomes.allSatisfy { ($0.refusal == nil) == isDone })
  }

  private func compare(_ fixture: LocalFixture, _ twin: CatalogTwin, _ place: Comment) async throws {
    let entities = try await fixture.catalog.list(blueprint: nil, after: nil, limit: 1000)
    #expect(entities.map(\.key) == twin.keys, place)
    for entity in entities {
      let expected = try #require(twin.entities[entity.key])
      #expect(String(decoding: entity.json, as: UTF8.self) == expected.json(entity.key), place)
      #expect(entity.datasource == expected.datasource, place)
    }
    let related = try await fixture.catalog.relatedEntities(to: CatalogTwin.allKeys)
    #expect(Set(related) == twin.related, place)
    let snapshot = try EntitySnapshot(fixture.catalog, owner: LocalFixture.owner)
    let owned = twin.entities.filter { $0.value.datasource == LocalFixture.owner.description }
    #expect(try snapshot.ownedCounts().values.reduce(0, +) == owned.count, place)
    let found = try snapshot.find(twin.keys)
    #expect(found.map { $0?.appliedHash != nil } == twin.keys.map { twin.entities[$0]?.isApplied }, place)
    // 2 blueprints were created before.
    #expect(snapshot.revision == twin.changes + 2, place)
    for key in CatalogTwin.allKeys {
      let history = try await fixture.catalog.history(of: key)
      #expect(history.reversed().map(\.change.rawValue) == twin.history[key] ?? [], place)
    }
  }
}

/// A catalog in the obvious way.
struct CatalogTwin {
  /// An entity, its fields as JSON.
  struct Entity: Equatable {
    var fields: [String: String] = [:]
    var relations: [(name: String, value: String, targets: [EntityKey])] = []
    var datasource = ""
    var isApplied = false

    static func == (first: Entity, second: Entity) -> Bool {
      first.fields == second.fields && first.relations.map(\.name) == second.relations.map(\.name)
        && first.relations.map(\.value) == second.relations.map(\.value)
    }

    /// The document as a catalog keeps it.
    func json(_ key: EntityKey) -> String {
      let title = fields["title"].map { #","title":\#($0)"# } ?? ""
      let property = key.blueprint == "team" ? "size" : "status"
      let properties = fields[property].map { #""\#(property)":\#($0)"# } ?? ""
      let relations = relations.map { #""\#($0.name)":\#($0.value)"# }.joined(separator: ",")
      return #"{"identifier":"\#(key.identifier)","blueprint":"\#(key.blueprint)"\#(title),"#
        + #""properties":{\#(properties)},"relations":{\#(relations)}}"#
    }
  }

  struct Draft {
    var key: EntityKey
    var entity: Entity
    var json: String
  }

  static let allKeys = ["service", "team"].flatMap { blueprint in
    (0..<6).map { EntityKey(blueprint, "e\($0)") }
  }

  var entities: [EntityKey: Entity] = [:]
  var history: [EntityKey: [String]] = [:]
  var changes = 0
  private var didChange = false

  static func identifier(_ random: inout SeededRandom) -> String {
    "e\(Int.random(in: 0..<6, using: &random))"
  }

  var keys: [EntityKey] {
    entities.keys.sorted { ($0.blueprint, $0.identifier) < ($1.blueprint, $1.identifier) }
  }

  var related: Set<RelatedEntity> {
    Set(
      entities.flatMap { key, entity in
        entity.relations.flatMap { relation in
          relation.targets.map { RelatedEntity(key, relation.name, to: $0) }
        }
      })
  }

  mutating func begin() { didChange = false }

  private mutating func note(_ key: EntityKey, _ change: String) {
    history[key, default: []].append(change)
    if !didChange { changes += 1 }
    didChange = true
  }

  func draft(_ blueprint: String, _ random: inout SeededRandom) -> Draft {
    let key = EntityKey(blueprint, Self.identifier(&random))
    var entity = Entity()
    if random.chance(2) {
      entity.fields["title"] = random.chance(4) ? "null" : #""t\#(Int.random(in: 0..<3, using: &random))""#
    }
    if random.chance(2) {
      let value = Int.random(in: 0..<3, using: &random)
      entity.fields[blueprint == "team" ? "size" : "status"] =
        blueprint == "team" ? "\(value)" : #""s\#(value)""#
    }
    let single = blueprint == "team" ? "parent" : "team"
    if random.chance(2) {
      let target = Self.identifier(&random)
      entity.relations.append((single, #""\#(target)""#, [EntityKey("team", target)]))
    }
    if blueprint == "service", random.chance(3) {
      let targets = Set((0..<2).map { _ in Self.identifier(&random) }).sorted()
      let list = targets.map { #""\#($0)""# }.joined(separator: ",")
      entity.relations.append(("uses", "[\(list)]", targets.map { EntityKey("service", $0) }))
    }
    // A line names only what it has; its twin has the rest of the members too.
    return Draft(key: key, entity: entity, json: entity.json(key))
  }

  /// Whether it is taken.
  mutating func upsert(_ draft: Draft, _ options: UpsertOptions, by datasource: String, isRun: Bool) -> Bool {
    let stored = entities[draft.key]
    var entity = options.merges ? stored ?? Entity() : Entity()
    entity.fields.merge(draft.entity.fields) { $1 }
    for relation in draft.entity.relations {
      if let place = entity.relations.firstIndex(where: { $0.name == relation.name }) {
        entity.relations[place] = relation
      } else {
        entity.relations.append(relation)
      }
    }
    let missing = entity.relations.flatMap(\.targets).filter { $0 != draft.key && entities[$0] == nil }
    if !missing.isEmpty, !options.createsMissingRelated { return false }
    for key in missing where entities[key] == nil {
      entities[key] = Entity()
      note(key, "created")
    }
    if stored != entity { note(draft.key, stored == nil ? "created" : "changed") }
    entity.isApplied =
      isRun || stored == entity && stored?.datasource == datasource && stored?.isApplied == true
    entity.datasource = datasource
    entities[draft.key] = entity
    return true
  }

  /// Whether they are deleted.
  mutating func delete(_ keys: [EntityKey], isDeep: Bool) -> Bool {
    var doomed = Set(keys.filter { entities[$0] != nil })
    var dependents: Set<EntityKey>
    repeat {
      dependents = Set(related.filter { doomed.contains($0.target) }.map(\.source)).subtracting(doomed)
      if !isDeep, !dependents.isEmpty { return false }
      doomed.formUnion(dependents)
    } while !dependents.isEmpty
    for key in doomed {
      entities[key] = nil
      note(key, "deleted")
    }
    return true
  }
}
