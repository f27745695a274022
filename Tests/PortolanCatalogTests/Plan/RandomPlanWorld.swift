import Portolan
import TestSupport

@testable import PortolanCatalog

/// A small world that a plan is made of: a config of a few shapes, and objects of a few kinds.
struct PlanWorld {
  static let kinds = ["k0", "k1", "k2"]
  static let blueprints = ["A", "B", "C"]
  /// `r` leads round in a circle.
  static let relations = ["A": ["r": "B"], "B": ["r": "C"], "C": ["r": "A"]]

  struct Object {
    var n: String?
    var m: String?
    var open: Bool?
    var title: String?
    var p: Int?
    var r: String?
    var b: String?

    var json: String {
      func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
      return """
        {"n": \(text(n)), "m": \(text(m)), "open": \(open.map(String.init) ?? "null"), "title": \(text(title)), \
        "p": \(p.map(String.init) ?? "null"), "r": \(text(r)), "b": \(text(b))}
        """
    }
  }

  struct Resource {
    enum Blueprint: Equatable {
      case always(String)
      case either(String, String)
      case field
    }

    var kind: String
    var blueprint: Blueprint
    var identifier: String
    var filters: Bool
    var title: String?
    var property: String?
    var hasRelation: Bool

    var text: ConfigText.Resource {
      var lines = title.map { ["title: '\($0)'"] } ?? []
      if let property { lines += ["properties:", "  p: '\(property)'"] }
      if hasRelation { lines += ["relations:", "  r: .r"] }
      let blueprint =
        switch blueprint {
        case .always(let name): "\"\(name)\""
        case .either(let first, let second): "if .open then \"\(first)\" else \"\(second)\" end"
        case .field: ".b"
        }
      return ConfigText.Resource(
        kind: kind, blueprint: blueprint, identifier: "'\(identifier)'", query: filters ? ".open" : "true",
        lines: lines)
    }
  }

  struct Config {
    var merges: Bool
    var creates: Bool
    var deletesDependents: Bool
    var threshold: Double
    var resources: [Resource]

    var text: ConfigText {
      ConfigText(
        settings: [
          "enableMergeEntity: \(merges)", "createMissingRelatedEntities: \(creates)",
          "deleteDependentEntities: \(deletesDependents)", "entityDeletionThreshold: \(threshold)",
        ], resources: resources.map(\.text))
    }
  }

  var config: Config
  var objects: [String: [Object]]
}

/// Makes worlds, and changes them.
struct PlanWorldGenerator {
  var random: SeededRandom

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  mutating func world() -> PlanWorld {
    PlanWorld(
      config: config(),
      objects: Dictionary(uniqueKeysWithValues: PlanWorld.kinds.map { ($0, objects()) }))
  }

  mutating func config() -> PlanWorld.Config {
    PlanWorld.Config(
      merges: !random.chance(3), creates: random.chance(2), deletesDependents: random.chance(2),
      threshold: pick([0, 0.3, 0.9, 1, 1, 1]),
      resources: (0..<Int.random(in: 1...4, using: &random)).map { _ in resource() })
  }

  mutating func resource() -> PlanWorld.Resource {
    let blueprint: PlanWorld.Resource.Blueprint =
      switch Int.random(in: 0..<8, using: &random) {
      case 0: .field
      case 1: .either(pick(PlanWorld.blueprints), pick(PlanWorld.blueprints))
      default: .always(pick(PlanWorld.blueprints))
      }
    return PlanWorld.Resource(
      kind: pick(PlanWorld.kinds), blueprint: blueprint, identifier: pick([".n", ".n", ".m", ".n + \"x\""]),
      filters: random.chance(4), title: pick([nil, ".title", ".title | ascii_upcase"]),
      property: pick([nil, ".p", ".p + 1"]), hasRelation: !random.chance(3))
  }

  mutating func objects() -> [PlanWorld.Object] {
    (0..<Int.random(in: 0...(random.chance(2) ? 14 : 4), using: &random)).map { _ in object() }
  }

  mutating func object() -> PlanWorld.Object {
    PlanWorld.Object(
      n: random.chance(15) ? nil : name(), m: random.chance(15) ? nil : name(),
      open: random.chance(60) ? nil : random.chance(2), title: pick([nil, "t", "u"]),
      p: pick([nil, 1, 2]), r: random.chance(2) ? nil : name(), b: pick([nil, "A", "B", "C"]))
  }

  private mutating func name() -> String { "e\(Int.random(in: 0..<20, using: &random))" }

  /// The world some time later.
  mutating func changed(_ world: PlanWorld) -> PlanWorld {
    var world = world
    for kind in PlanWorld.kinds {
      if random.chance(8) { world.objects[kind] = [] }
      for place in world.objects[kind]?.indices ?? 0..<0 {
        if random.chance(4) { world.objects[kind]?[place] = object() }
        if random.chance(4) { world.objects[kind]?[place].title = pick([nil, "t", "u", "v"]) }
      }
      if random.chance(3) { world.objects[kind]?.append(object()) }
      if random.chance(3) { _ = world.objects[kind]?.popLast() }
    }
    switch Int.random(in: 0..<4, using: &random) {
    case 0: break
    case 1: world.config = config()
    default:
      let place = Int.random(in: 0..<world.config.resources.count, using: &random)
      let kind = world.config.resources[place].kind
      world.config.resources[place] = resource()
      if !random.chance(3) { world.config.resources[place].kind = kind }
    }
    return world
  }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
