import Portolan
import TestSupport
import Testing

@testable import PortolanCatalog

@Suite("Plans against a slow obvious one")
struct PlanPropertyTests {
  @Test(
    "A plan says what the slow one says; applied it gives what is desired, and a second plan changes nothing")
  func same() async throws {
    var seen: Set<String> = []
    for seed in UInt64(1)...80 {
      seen.formUnion(try await check(seed))
    }
    // The worlds are such that everything happens.
    for word in [
      "create mapping", "create source", "change", "change foreign", "delete source", "delete mapping",
      "hold incomplete", "hold empty", "hold related", "hold dependent", "hold threshold", "renamed",
    ] {
      #expect(seen.contains(word), "\(word)")
    }
  }

  @Test("Against a local catalog, which has what relations miss created, it is the same")
  func local() async throws {
    let names = (0..<20).flatMap { ["e\($0)", "e\($0)x", "f\($0)"] } + ["x"]
    for seed in UInt64(1000)...1015 {
      var generator = PlanWorldGenerator(seed: seed)
      let folder = try TemporaryFolder()
      let catalog = try LocalCatalog(path: folder.path + "/catalog.db")
      for blueprint in PlanWorld.blueprints {
        try await catalog.createBlueprint(
          Array(#"{"identifier": "\#(blueprint)", "schema": {"properties": {"p": {"type": "number"}}}}"#.utf8)
        )
      }
      for (blueprint, target) in [("A", "B"), ("B", "C"), ("C", "A")] {
        let relation = #"{"title": "R", "target": "\#(target)", "many": false, "required": false}"#
        try await catalog.updateBlueprint(blueprint, Array(#"{"relations": {"r": \#(relation)}}"#.utf8))
      }
      var world = generator.world()
      var before: PlanWorld.Config?
      for _ in 0..<3 {
        var stored: [EntityKey: (json: [UInt8], isOwned: Bool)] = [:]
        for blueprint in PlanWorld.blueprints {
          for entity in try await catalog.entities(names, of: blueprint) {
            stored[entity.key] = (entity.json, entity.datasource.map(planOwner.owns) ?? false)
          }
        }
        let slow = SlowPlan(
          world: world, before: before, stored: stored, broken: [], kinds: nil, allowedEmpty: [])
        let made = try await plan(world.config.text, world.objects.mapValues { $0.map(\.json) }, catalog)
        // Who changed a field is not known to the slow plan.
        #expect(
          try made.operations().map { Self.plainWords(Self.operation($0), $0.key) }.sorted()
            == slow.operations().map { Self.plainWords($1, $0) }.sorted(), "seed \(seed)")
        try await made.applyPlainly(to: catalog)
        before = world.config
        world = generator.changed(world)
      }
    }
  }

  private static func plainWords(_ operation: SlowPlan.Operation, _ key: EntityKey) -> String {
    let fields = operation.fields.map { $0.prefix { $0 != " " } }
    return "\(key) \(operation.action) \(operation.hold ?? "") \(fields)"
  }

  private func check(_ seed: UInt64) async throws -> Set<String> {
    var generator = PlanWorldGenerator(seed: seed)
    let first = generator.world()
    let catalog = MemoryCatalog(PlanWorld.relations)
    for number in 0..<Int.random(in: 0...6, using: &generator.random) {
      let (blueprint, relation) = (
        generator.pick(PlanWorld.blueprints), generator.pick(["e1", "e2", "e3", "f1"])
      )
      let name = number < 3 ? "f\(number)" : "e\(number)"
      catalog.put(
        EntityKey(blueprint, name),
        #"{"identifier": "\#(name)", "blueprint": "\#(blueprint)", "title": "t", "relations": {"r": "\#(relation)"}}"#,
        by: "port-ocean/other/1/two/exporter")
    }
    _ = try await compare(first, nil, catalog, PlanRestriction(), seed, &generator)
    let second = generator.changed(first)
    return try await compare(second, first.config, catalog, PlanRestriction(&generator), seed, &generator)
  }

  private func compare(
    _ world: PlanWorld, _ before: PlanWorld.Config?, _ catalog: MemoryCatalog, _ restriction: PlanRestriction,
    _ seed: UInt64, _ generator: inout PlanWorldGenerator
  ) async throws -> Set<String> {
    let stored = catalog.state.withLock { state in
      state.entities.mapValues { (json: $0.json, isOwned: $0.datasource.map(planOwner.owns) ?? false) }
    }
    let slow = SlowPlan(
      world: world, before: before, stored: stored, broken: restriction.broken, kinds: restriction.kinds,
      allowedEmpty: restriction.allowedEmpty)
    let objects = world.objects.mapValues { $0.map(\.json) }
    let made = try await plan(world.config.text, objects, catalog, broken: restriction.broken) {
      $0.kinds = restriction.kinds
      $0.allowedEmpty = restriction.allowedEmpty
    }
    let fast = try made.operations().map(Self.words).sorted()
    let expected = slow.operations().map(Self.words).sorted()
    #expect(fast == expected, "seed \(seed), \(before == nil ? "first" : "second") plan")
    let entities = slow.entities(world.config)
    #expect(made.summary.duplicateCount == entities.count - Set(entities.map(\.key)).count, "seed \(seed)")
    #expect(
      made.summary.total.keep == Set(entities.map(\.key)).count - made.summary.total.create
        - made.summary.total.change)

    try await made.applyPlainly(to: catalog)
    let again = try await plan(world.config.text, objects, catalog, broken: restriction.broken) {
      $0.kinds = restriction.kinds
      $0.allowedEmpty = restriction.allowedEmpty
    }
    #expect(again.summary.total.create + again.summary.total.change == 0, "seed \(seed)")
    if made.summary.total.hold == 0 { #expect(try again.words().isEmpty, "seed \(seed)") }
    return Set(try made.operations().flatMap(Self.kinds))
  }

  private static func kinds(_ operation: PlannedOperation) -> [String] {
    let action = operation.action.rawValue
    let details = [
      operation.hold?.word, operation.cause?.kind.rawValue,
      operation.foreignDatasource.map { _ in "foreign" },
    ]
    return [action] + details.compactMap { $0.map { "\(action) \($0)" } }
      + (operation.counterpart == nil ? [] : ["renamed"])
  }

  private static func words(_ operation: PlannedOperation) -> String {
    words(operation.key, Self.operation(operation))
  }

  private static func operation(_ operation: PlannedOperation) -> SlowPlan.Operation {
    SlowPlan.Operation(
      action: operation.action.rawValue, hold: operation.hold?.word, cause: operation.cause?.kind.rawValue,
      fields: operation.changes.map { "\($0.field) by \($0.cause.kind.rawValue)" }.sorted(),
      counterpart: operation.counterpart)
  }

  private static func words(_ key: EntityKey, _ operation: SlowPlan.Operation) -> String {
    "\(key) \(operation.action) \(operation.hold ?? "") \(operation.cause ?? "") \(operation.fields) "
      + (operation.counterpart?.description ?? "")
  }
}

/// What a run leaves out, or loses.
struct PlanRestriction {
  var broken: Set<String> = []
  var kinds: Set<String>?
  var allowedEmpty: Set<String> = []

  init() {}

  init(_ generator: inout PlanWorldGenerator) {
    if generator.random.chance(4) { broken = [generator.pick(PlanWorld.kinds)] }
    if generator.random.chance(6) {
      kinds = [generator.pick(PlanWorld.kinds), generator.pick(PlanWorld.kinds)]
    }
    if generator.random.chance(3) { allowedEmpty = [generator.pick(PlanWorld.kinds)] }
  }
}
