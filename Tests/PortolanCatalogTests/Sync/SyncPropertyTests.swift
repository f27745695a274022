import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

/// Random blueprints and entities against a catalog that refuses relations to nothing: where any order can succeed, the
/// sync does.
@Suite struct SyncPropertyTests {
  /// A catalog, made up, and two states that an integration wants of it, one after the other.
  private struct World {
    var random: SeededRandom
    var relations: [String: [String: String]] = [:]

    init(seed: UInt64) {
      random = SeededRandom(seed: seed)
      let names = (0..<Int.random(in: 1...5, using: &random)).map { "b\($0)" }
      for name in names {
        relations[name] = [:]
        for number in 0..<Int.random(in: 0...2, using: &random) {
          guard let target = random.pick(names) else { continue }
          relations[name]?["r\(number)"] = (random.chance(4) ? "!" : "") + target
        }
      }
    }

    /// Entities of which each required relation leads to one that comes earlier, so that an order exists.
    mutating func entities() -> [EntityKey: String] {
      var keys: [EntityKey] = []
      for _ in 0..<Int.random(in: 0...40, using: &random) {
        guard let blueprint = random.pick(relations.keys.sorted()) else { continue }
        keys.append(EntityKey(blueprint, "e\(Int.random(in: 0..<60, using: &random))"))
      }
      keys = keys.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
      var earlier: [EntityKey] = []
      var entities: [EntityKey: String] = [:]
      for key in keys {
        var related: [String: [String]] = [:]
        var isPossible = true
        for (name, target) in relations[key.blueprint]?.sorted(by: { $0.key < $1.key }) ?? [] {
          let isRequired = target.hasPrefix("!")
          let blueprint = isRequired ? String(target.dropFirst()) : target
          let choices = (isRequired ? earlier : keys).filter {
            $0.blueprint == blueprint && entities[$0] != nil || !isRequired && $0.blueprint == blueprint
          }
          let chosen = (0..<Int.random(in: isRequired ? 1...2 : 0...2, using: &random)).compactMap { _ in
            random.pick(choices)?.identifier
          }
          if isRequired && chosen.isEmpty { isPossible = false }
          related[name] = Array(Set(chosen)).sorted()
        }
        guard isPossible else { continue }
        earlier.append(key)
        entities[key] = SyncSupport.json(
          key, title: "t\(Int.random(in: 0...2, using: &random))", relations: related)
      }
      return closed(entities)
    }

    /// Leaves out relations to what is not there.
    private func closed(_ entities: [EntityKey: String]) -> [EntityKey: String] {
      var closed: [EntityKey: String] = [:]
      for (key, text) in entities {
        var related: [String: [String]] = [:]
        for (name, identifiers) in EntityDocument.relations(of: Array(text.utf8)) {
          let target = relations[key.blueprint]?[name]?.drop { $0 == "!" }
          related[name] = identifiers.filter { entities[EntityKey(String(target ?? ""), $0)] != nil }
        }
        for name in (relations[key.blueprint] ?? [:]).keys where related[name] == nil { related[name] = [] }
        closed[key] = SyncSupport.json(key, title: "t", relations: related)
      }
      return closed
    }
  }

  @Test(arguments: 0..<100)
  func whereAnOrderExistsEverythingIsWrittenAndDeleted(_ seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    var world = World(seed: seed)
    var limits = CatalogLimits()
    limits.entities = Int.random(in: 1...5, using: &world.random)
    limits.deletions = Int.random(in: 1...5, using: &world.random)
    limits.concurrency = Int.random(in: 1...3, using: &world.random)
    let createsMissing = world.random.chance(3)
    let deletesDependents = world.random.chance(2)
    let settings = try SyncSupport.settings(
      createsMissing: createsMissing, deletesDependents: deletesDependents)
    let catalog = StrictCatalog(
      SyncSupport.blueprints(world.relations), limits: limits, deletesAllOrNone: world.random.chance(2))
    for round in 0..<3 {
      let desired = world.entities()
      let operations = await TwinPlan.operations(desired, for: catalog).shuffled(using: &world.random)
      let plan = try SyncSupport.plan(
        operations, in: folder, settings, blueprints: world.relations.keys.shuffled(using: &world.random),
        name: "\(round)")
      let report = try await plan.apply(to: catalog)
      let isCircle = report.failures.contains { $0.action == .delete }
      if isCircle && !deletesDependents {
        // What must relate to one another, and what that depends on, no order can delete.
        let left = Set(report.failures.map(\.key))
        #expect(report.failures.allSatisfy { $0.action == .delete }, "seed \(seed), round \(round)")
        for key in left {
          let sources = try await catalog.relatedEntities(to: [key]).map(\.source)
          #expect(sources.contains { $0 != key && left.contains($0) }, "seed \(seed), round \(round): \(key)")
        }
        return
      }
      #expect(report.isDone, "seed \(seed), round \(round): \(report.failures)")
      let left = await TwinPlan.operations(desired, for: catalog)
      #expect(left.isEmpty, "seed \(seed), round \(round)")
      let calls = await catalog.calls
      #expect(calls.compactMap(\.written).allSatisfy { $0.count <= limits.entities })
      #expect(calls.compactMap(\.deleted).allSatisfy { $0.count <= limits.deletions })
    }
  }
}
