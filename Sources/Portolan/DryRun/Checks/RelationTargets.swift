import RawJSON

/// The entities that relations may lead to.
struct RelationTargets {
  private var identifiers: [String: Set<String>] = [:]

  /// Takes the entities of a run in which every resource of `config` was mapped.
  ///
  /// A blueprint counts as made here when one of its entities was made, or when a mapping that names it had
  /// raw objects. What other integrations make is not known and never missing.
  init(_ resources: [DryRunResult.Resource], _ config: PortAppConfig) {
    for entity in resources.lazy.flatMap(\.entities) {
      if let identifier = entity.identifier.known {
        identifiers[entity.blueprint, default: []].insert(identifier)
      }
    }
    let withObjects = Set(resources.filter { $0.report.raw > 0 }.map(\.report.index))
    for resource in config.tree.resources where withObjects.contains(resource.index) {
      for blueprint in resource.mappings.compactMap(\.constantBlueprint) {
        identifiers[blueprint, default: []].formUnion([])
      }
    }
  }

  /// The first identifier, as JSON, in a relation's value that no entity of `target` has.
  func firstMissing(_ value: JSONView, _ target: String) -> String? {
    guard let known = identifiers[target] else { return nil }
    let named = value.elements ?? [value]
    return named.first { $0.text.map { !known.contains($0) } ?? false }?.json
  }
}
