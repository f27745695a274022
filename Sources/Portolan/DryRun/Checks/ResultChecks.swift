/// Checks what a run made: against the blueprints, where there are some, and each entity against the others.
struct ResultChecks {
  let config: PortAppConfig
  let blueprints: Blueprints?
  /// Whether every resource was run. Otherwise what a relation leads to may be there all the same.
  let isWhole: Bool

  /// What is doubtful, resource by resource. `blankIdentifiers` are those that are made of nothing, of which it is said, by
  /// the numbers of their resources.
  func diagnostics(
    _ resources: [DryRunResult.Resource], _ blankIdentifiers: [Int: Set<String>]
  ) -> [Diagnostic] {
    var duplicates = DuplicateCheck(config)
    var identifiers = IdentifierCheck(config, blueprints)
    var values = blueprints.map { BlueprintCheck($0, config.tree) }
    var targets = isWhole ? blueprints.map { TargetCheck($0, config.tree, RelationTargets(resources)) } : nil
    var totals: [Maker: Int] = [:]
    for resource in resources {
      let index = resource.report.index
      for entity in resource.entities {
        totals[Maker(resource: index, mapping: entity.mapping, blueprint: entity.blueprint), default: 0] += 1
        let isBlank =
          entity.identifier.known.map { blankIdentifiers[index, default: []].contains($0) } ?? false
        if !isBlank { duplicates.check(entity, resource: index) }
        identifiers.check(entity, resource: index)
        values?.check(entity, resource: index)
        targets?.check(entity, resource: index)
      }
    }
    return identifiers.diagnostics + (values?.diagnostics(totals) ?? [])
      + (targets?.diagnostics(totals) ?? []) + duplicates.diagnostics
  }
}
