/// Checks what a run made: against the blueprints, where there are some, and each entity against the others.
struct ResultChecks {
  let config: PortAppConfig
  let blueprints: Blueprints?
  /// Whether every resource was run. Otherwise what a relation leads to may be there all the same.
  let isWhole: Bool

  /// What is doubtful, resource by resource.
  func diagnostics(_ resources: [DryRunResult.Resource]) -> [Diagnostic] {
    var duplicates = DuplicateCheck(config)
    let targets = isWhole ? RelationTargets(resources, config) : nil
    var values = blueprints.map { BlueprintCheck($0, config, targets: targets) }
    var totals: [Total: Int] = [:]
    for resource in resources {
      for entity in resource.entities {
        totals[Total(entity, resource.report.index), default: 0] += 1
        duplicates.check(entity, resource: resource.report.index)
        values?.check(entity, resource: resource.report.index)
      }
    }
    let findings = (values?.tally.counts ?? []).compactMap { count -> Diagnostic? in
      let total = totals[Total(count.finding), default: 0]
      return config.resource(at: count.finding.resource).flatMap { count.diagnostic($0, of: total) }
    }
    return findings + duplicates.diagnostics
  }

  /// What the entities of one blueprint that one mapping makes are counted by.
  private struct Total: Hashable {
    var resource: Int
    var mapping: Int
    var blueprint: String

    init(_ entity: Entity, _ resource: Int) {
      self.resource = resource
      mapping = entity.mapping
      blueprint = entity.blueprint
    }

    init(_ finding: Finding) {
      resource = finding.resource
      mapping = finding.mapping
      blueprint = finding.blueprint
    }
  }
}
