import Portolan

@testable import PortolanCatalog

/// A plan as CATALOG says it, rule by rule, with nothing but lists: what ``Planner`` is compared with.
struct SlowPlan {
  struct Entity {
    var key: EntityKey
    var resource: Int
    var object: (kind: String, place: Int)
    /// The fields that are named; nil for null.
    var fields: [(name: String, value: String?)]

    func value(_ field: String) -> String? { fields.last { $0.name == field }?.value ?? nil }
    func names(_ field: String) -> Bool { fields.contains { $0.name == field } }
  }

  struct Operation {
    var action: String
    var hold: String?
    var cause: String?
    var fields: [String] = []
    var counterpart: EntityKey?
  }

  static let fieldNames = ["title", "properties.p", "relations.r"]

  let world: PlanWorld
  let before: PlanWorld.Config?
  let stored: [EntityKey: (json: [UInt8], isOwned: Bool)]
  let broken: Set<String>
  let kinds: Set<String>?
  let allowedEmpty: Set<String>

  var config: PlanWorld.Config { world.config }
  var isSameConfig: Bool { before?.text.text == config.text.text }

  // MARK: Mapping

  /// What a config makes of everything, in the order in which the later one counts.
  func entities(_ config: PlanWorld.Config) -> [Entity] {
    config.resources.indices.flatMap { number -> [Entity] in
      let resource = config.resources[number]
      guard kinds?.contains(resource.kind) ?? true else { return [] }
      return (world.objects[resource.kind] ?? []).indices.compactMap { entity(number, $0, config) }
    }
  }

  private func entity(_ number: Int, _ place: Int, _ config: PlanWorld.Config) -> Entity? {
    let resource = config.resources[number]
    guard let object = world.objects[resource.kind]?[place] else { return nil }
    if resource.filters && object.open != true { return nil }
    let identifier =
      switch resource.identifier {
      case ".n": object.n
      case ".m": object.m
      default: (object.n ?? "") + "x"
      }
    let blueprint: String? =
      switch resource.blueprint {
      case .always(let name): name
      case .either(let first, let second): object.open == true ? first : second
      case .field: object.b
      }
    guard let identifier, let blueprint else { return nil }
    var fields: [(name: String, value: String?)] = []
    if let title = resource.title {
      fields.append(("title", object.title.map { "\"\(title == ".title" ? $0 : $0.uppercased())\"" }))
    }
    if let property = resource.property {
      let value = property == ".p" ? object.p : (object.p ?? 0) + 1
      fields.append(("properties.p", value.map(String.init)))
    }
    if resource.hasRelation { fields.append(("relations.r", object.r.map { "\"\($0)\"" })) }
    return Entity(
      key: EntityKey(blueprint, identifier), resource: number, object: (resource.kind, place), fields: fields)
  }

  // MARK: The plan

  func operations() -> [EntityKey: Operation] {
    var desired: [EntityKey: Entity] = [:]
    for entity in entities(config) { desired[entity.key] = entity }
    let old = before.map(entities) ?? []
    var operations: [EntityKey: Operation] = [:]
    for (key, entity) in desired {
      if let stored = stored[key] {
        let fields = changes(entity, stored.json, old)
        if !fields.isEmpty { operations[key] = Operation(action: "change", fields: fields) }
      } else {
        operations[key] = Operation(action: "create", cause: creationCause(entity, old))
      }
    }
    for (key, entity) in stored where entity.isOwned && desired[key] == nil {
      let hold = blueprintHold(key.blueprint, desired)
      var operation = Operation(action: hold == nil ? "delete" : "hold", hold: hold)
      operation.cause = removalCause(key, old, isJudged: hold != "incomplete")
      operations[key] = operation
    }
    holdRelated(&operations, desired)
    holdShare(&operations)
    rename(&operations, desired, old)
    return operations
  }

  private func changes(_ entity: Entity, _ json: [UInt8], _ old: [Entity]) -> [String] {
    let view = JSONView(valid: json)
    let made = old.last { $0.key == entity.key && $0.object == entity.object }
    return Self.fieldNames.compactMap { field -> String? in
      guard entity.names(field) || !config.merges, Self.value(field, view) != entity.value(field) else {
        return nil
      }
      return "\(field) by \(isByMapping(field, entity, made) ? "mapping" : "unknown")"
    }.sorted()
  }

  private func isByMapping(_ field: String, _ entity: Entity, _ made: Entity?) -> Bool {
    guard let before, !isSameConfig else { return false }
    guard let made else { return true }
    if made.value(field) != entity.value(field) { return true }
    return !entity.names(field) && before.merges && !config.merges
  }

  private func creationCause(_ entity: Entity, _ old: [Entity]) -> String? {
    guard before != nil else { return nil }
    if isSameConfig { return "source" }
    return old.contains { $0.key == entity.key && $0.object == entity.object } ? "source" : "mapping"
  }

  private func removalCause(_ key: EntityKey, _ old: [Entity], isJudged: Bool) -> String {
    guard let before else { return "unknown" }
    if !isSameConfig {
      let kinds = Set(config.resources.map(\.kind))
      let asked = old.filter { kinds.contains($0.object.kind) }
      if asked.contains(where: { $0.key == key }) { return "mapping" }
      if before.resources.contains(where: { !kinds.contains($0.kind) && Self.canMake($0, key.blueprint) }) {
        return "mapping"
      }
    }
    return isJudged ? "source" : "unknown"
  }

  // MARK: Holds

  private static func canMake(_ resource: PlanWorld.Resource, _ blueprint: String) -> Bool {
    switch resource.blueprint {
    case .always(let name): name == blueprint
    case .either(let first, let second): blueprint == first || blueprint == second
    case .field: true
    }
  }

  private func isComplete(_ resource: PlanWorld.Resource) -> Bool {
    let objects = world.objects[resource.kind] ?? []
    return !broken.contains(resource.kind) && !(resource.filters && objects.contains { $0.open == nil })
  }

  private func blueprintHold(_ blueprint: String, _ desired: [EntityKey: Entity]) -> String? {
    let makers = config.resources.indices.filter { Self.canMake(config.resources[$0], blueprint) }
    for maker in makers {
      let resource = config.resources[maker]
      if !(kinds?.contains(resource.kind) ?? true) || !isComplete(resource) { return "incomplete" }
    }
    if kinds != nil && makers.isEmpty { return "incomplete" }
    let owned = stored.filter { $0.value.isOwned && $0.key.blueprint == blueprint }.count
    let all = entities(config)
    if owned < 10 { return nil }
    let isEmpty = makers.contains { maker in
      !all.contains { $0.resource == maker } && !allowedEmpty.contains(config.resources[maker].kind)
    }
    return isEmpty ? "empty" : nil
  }

  /// Everything that will be there relates as its final document says.
  private func holdRelated(_ operations: inout [EntityKey: Operation], _ desired: [EntityKey: Entity]) {
    var edges: [(from: EntityKey, to: EntityKey)] = []
    for key in Set(stored.keys).union(desired.keys) {
      guard let target = PlanWorld.relations[key.blueprint]?["r"] else { continue }
      var value = stored[key].flatMap { Self.value("relations.r", JSONView(valid: $0.json)) }
      if let entity = desired[key], entity.names("relations.r") || !config.merges {
        value = entity.value("relations.r")
      }
      if let value { edges.append((key, EntityKey(target, String(value.dropFirst().dropLast())))) }
    }
    func isForeign(_ key: EntityKey) -> Bool { desired[key] == nil && stored[key]?.isOwned == false }
    // Whether something stays: desired, held, or somebody else's that does not go with what it relates to.
    var staying = Set(desired.keys).union(operations.filter { $0.value.action == "hold" }.keys)
    if !config.deletesDependents { staying.formUnion(stored.keys.filter(isForeign)) }
    var grows = true
    while grows {
      grows = false
      for edge in edges
      where edge.from != edge.to && staying.contains(edge.from) && !staying.contains(edge.to) {
        staying.insert(edge.to)
        grows = true
      }
    }
    for (key, operation) in operations where operation.action == "delete" && staying.contains(key) {
      let sources = edges.filter { $0.to == key && $0.from != key && staying.contains($0.from) }.map(\.from)
      if config.creates, sources.contains(where: { desired[$0] != nil }), Self.isBare(stored[key]?.json ?? [])
      {
        operations[key] = nil
        continue
      }
      let isRelated = config.creates && !sources.allSatisfy(isForeign)
      operations[key]?.action = "hold"
      operations[key]?.hold = isRelated ? "related" : "dependent"
    }
  }

  /// Whether nothing is known of an entity but its name.
  private static func isBare(_ json: [UInt8]) -> Bool {
    (JSONView(valid: json).members ?? []).allSatisfy { key, value in
      ["identifier", "blueprint"].contains(key) || value.kind == .null
        || (value.members ?? []).allSatisfy { $0.value.kind == .null } && value.kind == .object
    }
  }

  private func holdShare(_ operations: inout [EntityKey: Operation]) {
    let deletions = operations.filter { $0.value.action == "delete" }.keys
    let share = Double(deletions.count) / Double(stored.values.filter(\.isOwned).count)
    guard !deletions.isEmpty, config.threshold == 0 || share > config.threshold else { return }
    for key in deletions {
      operations[key]?.action = "hold"
      operations[key]?.hold = "threshold"
    }
  }

  // MARK: Renames

  private func rename(
    _ operations: inout [EntityKey: Operation], _ desired: [EntityKey: Entity], _ old: [Entity]
  ) {
    guard !isSameConfig else { return }
    let kinds = Set(config.resources.map(\.kind))
    for isSameBlueprint in [true, false] {
      var pairs: Set<[EntityKey]> = []
      // Every object that makes the new entity counts, not only the one that is written.
      for entity in entities(config) where operations[entity.key]?.action == "create" {
        for made in old where made.object == entity.object && kinds.contains(made.object.kind) {
          let (new, old) = (operations[entity.key], operations[made.key])
          guard let old, ["delete", "hold"].contains(old.action), new?.counterpart == nil,
            old.counterpart == nil,
            !isSameBlueprint || entity.key.blueprint == made.key.blueprint
          else { continue }
          pairs.insert([entity.key, made.key])
        }
      }
      for pair in pairs where pairs.filter({ $0[0] == pair[0] || $0[1] == pair[1] }).count == 1 {
        operations[pair[0]]?.counterpart = pair[1]
        operations[pair[1]]?.counterpart = pair[0]
      }
    }
  }

  private static func value(_ field: String, _ entity: JSONView) -> String? {
    let names = field.split(separator: ".").map(String.init)
    var view: JSONView? = entity
    for name in names { view = view?[name] }
    return view.flatMap { $0.kind == .null ? nil : $0.json }
  }
}
