import Portolan

/// Counts and groups what a plan's file has.
struct PlanSummarizer {
  private let context: PlanContext
  private let resources: [ResourceOutlook]
  private let relations: BlueprintRelations

  init(_ context: PlanContext, _ resources: [ResourceOutlook], _ relations: BlueprintRelations) {
    self.context = context
    self.resources = resources
    self.relations = relations
  }

  /// Completes a summary by what was planned.
  func complete(_ summary: inout PlanSummary, _ desired: DesiredEntities) throws {
    let file = context.file
    summary.resources = resources.map(state)
    summary.blueprints = counts(try file.countsByBlueprint(), try file.knownWrites(), desired)
    for blueprint in summary.blueprints { summary.total += blueprint.counts }
    let order = summary.blueprints.map(\.blueprint)
    summary.removals = try file.removals(
      owned: context.owned, in: order, deletesDependents: context.settings.deletesDependents)
    summary.changes = try file.changes(owned: context.owned)
    (summary.renames, summary.renameCount) = try file.renames()
    summary.takeovers = try file.takeovers()
    summary.foreignKeeps = Array(desired.foreignKeeps.groups.prefix(10))
    summary.duplicateCount = desired.duplicates.count
  }

  private func state(_ resource: ResourceOutlook) -> ResourceState {
    var state = ResourceState(
      kind: resource.kind, index: resource.index, location: resource.location,
      objects: resource.report?.raw ?? 0, entities: resource.mapped, failed: resource.report?.failed ?? 0,
      isComplete: resource.isMapped && resource.reason == nil,
      reason: resource.isMapped ? resource.reason : "it was not asked for",
      blueprints: resource.blueprints?.sorted())
    state.filtered = resource.report?.filtered ?? 0
    state.skipped = resource.report?.skipped ?? 0
    return state
  }

  /// The counts of each blueprint of which something is desired or owned, in the order in which they are written.
  private func counts(
    _ operations: [String: PlanCounts], _ writes: [String: Int], _ desired: DesiredEntities
  ) -> [BlueprintCounts] {
    let blueprints = Set(operations.keys).union(context.owned.keys).union(desired.found.keys)
    return relations.targetsFirst(inConfigOrder(blueprints)).map { blueprint in
      var counts = operations[blueprint] ?? PlanCounts()
      counts.keep = (desired.found[blueprint] ?? 0) - counts.change - (writes[blueprint] ?? 0)
      let kinds = resources.filter {
        $0.made[blueprint] != nil || $0.blueprints?.contains(blueprint) ?? false
      }
      return BlueprintCounts(
        blueprint, owned: context.owned[blueprint] ?? 0, counts: counts, kinds: kinds.map(\.kind).unique)
    }
  }

  /// Some blueprints in the order of the first resources that make them, and then by name.
  private func inConfigOrder(_ blueprints: Set<String>) -> [String] {
    func place(_ blueprint: String) -> Int {
      resources.firstIndex { $0.made[blueprint] != nil || $0.blueprints?.contains(blueprint) ?? false }
        ?? .max
    }
    let places = blueprints.map { (place($0), $0) }
    return places.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
  }
}

extension PlanCounts {
  fileprivate static func += (counts: inout PlanCounts, more: PlanCounts) {
    counts.create += more.create
    counts.change += more.change
    counts.delete += more.delete
    counts.hold += more.hold
    counts.write += more.write
    counts.keep += more.keep
  }
}

extension Array where Element == String {
  /// The texts, each in the place where it is first.
  fileprivate var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
