import Portolan
import RawJSON

/// What a plan needs to know of blueprints: where their relations lead.
struct BlueprintRelations: Sendable {
  /// By blueprint, and by relation: the blueprint that the relation leads to. A blueprint that is missing is not known.
  private var targets: [String: [String: String]] = [:]

  /// Reads what a catalog knows of some blueprints, and where it does not know one, what is to be created.
  init(
    _ identifiers: some Sequence<String>, of catalog: some Catalog, planned: DefaultResources?
  ) async throws {
    for document in planned?.blueprints ?? [] {
      let view = JSONView(valid: document)
      if let identifier = view["identifier"]?.text { targets[identifier] = Self.relations(view) }
    }
    for identifier in identifiers {
      if let document = try await catalog.blueprint(identifier) {
        targets[identifier] = Self.relations(JSONView(valid: document))
      }
    }
  }

  private static func relations(_ blueprint: JSONView) -> [String: String] {
    let relations = blueprint["relations"]?.members ?? []
    return Dictionary(
      relations.compactMap { name, relation in relation["target"]?.text.map { (name, $0) } }
    ) { first, _ in first }
  }

  /// The blueprint that a relation leads to, nil where that is not known.
  func target(of relation: String, in blueprint: String) -> String? { targets[blueprint]?[relation] }

  /// Some blueprints, each after those that it relates to, as far as they do not relate to each other in a circle; else
  /// in the order in which they are given.
  func targetsFirst(_ blueprints: [String]) -> [String] {
    let known = Set(blueprints)
    var ordered: [String] = []
    var left = blueprints
    while !left.isEmpty {
      let waiting = Set(left)
      // In a circle the first one goes first.
      let next =
        left.firstIndex { blueprint in
          (targets[blueprint] ?? [:]).values.allSatisfy {
            $0 == blueprint || !known.contains($0) || !waiting.contains($0)
          }
        } ?? 0
      ordered.append(left.remove(at: next))
    }
    return ordered
  }
}
