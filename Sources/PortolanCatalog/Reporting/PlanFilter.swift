import Portolan

/// Which part of a plan is shown.
package struct PlanFilter: Sendable, Hashable {
  /// Only these blueprints; none for all.
  package var blueprints: Set<String>
  /// Only changes of these fields; none for all. `properties.status`, or `status` for short.
  package var fields: Set<String>
  /// The kinds that were asked for; none for all. What others would make is held, of course, and not worth a word.
  package var kinds: Set<String>

  /// Shows what is of these blueprints, fields and kinds, or everything.
  package init(
    blueprints: some Sequence<String> = [], fields: some Sequence<String> = [],
    kinds: some Sequence<String> = []
  ) {
    self.blueprints = Set(blueprints)
    self.fields = Set(fields)
    self.kinds = Set(kinds)
  }

  /// Whether everything is shown.
  package var isEmpty: Bool { blueprints.isEmpty && fields.isEmpty && kinds.isEmpty }
  /// Whether less is shown than a sync would do.
  var isPart: Bool { !blueprints.isEmpty || !fields.isEmpty }

  func takes(blueprint: String) -> Bool { blueprints.isEmpty || blueprints.contains(blueprint) }

  /// Whether a hold is of a kind that was asked for.
  func takes(hold: HoldReason) -> Bool {
    guard !kinds.isEmpty, case .incomplete(let kind, _, _) = hold else { return true }
    return kinds.contains(kind)
  }

  func takes(field: String) -> Bool {
    guard !fields.isEmpty else { return true }
    return fields.contains(field)
      || field.split(separator: ".").last.map { fields.contains(String($0)) } == true
  }

  func takes(_ operation: PlannedOperation) -> Bool {
    guard takes(blueprint: operation.key.blueprint), operation.hold.map(takes(hold:)) ?? true else {
      return false
    }
    return fields.isEmpty || operation.changes.contains { takes(field: $0.field) }
  }
}

extension PlanSummary {
  /// The part that `filter` shows. With fields, nothing is in it but what changes in them.
  package func filtered(_ filter: PlanFilter) -> PlanSummary {
    guard !filter.isEmpty else { return self }
    var part = self
    part.changes = changes.filter { filter.takes(blueprint: $0.blueprint) && filter.takes(field: $0.field) }
    part.blueprints = blueprints.filter { filter.takes(blueprint: $0.blueprint) }
    part.removals = removals.filter { filter.takes(blueprint: $0.blueprint) }
    if !filter.kinds.isEmpty { part.keepKinds(filter) }
    part.renames = renames.filter {
      filter.takes(blueprint: $0.from.blueprint) || filter.takes(blueprint: $0.to.blueprint)
    }
    part.setup = setup.filter { step in
      step.subject == .blueprint && filter.takes(blueprint: step.identifier)
        || step.blueprint.map(filter.takes(blueprint:)) == true
    }
    part.renameCount = filter.blueprints.isEmpty ? renameCount : part.renames.count
    part.total = part.blueprints.reduce(into: PlanCounts()) { $0.add($1.counts) }
    if !filter.fields.isEmpty { part.keepChanges() }
    return part
  }

  /// Takes out what is held for the kinds that were not asked for.
  private mutating func keepKinds(_ filter: PlanFilter) {
    resources = resources.filter { filter.kinds.contains($0.kind) }
    for group in removals where group.hold.map(filter.takes(hold:)) == false {
      guard let place = blueprints.firstIndex(where: { $0.blueprint == group.blueprint }) else { continue }
      blueprints[place].counts.hold -= min(group.count, blueprints[place].counts.hold)
    }
    removals.removeAll { $0.hold.map(filter.takes(hold:)) == false }
    blueprints.removeAll { row in
      !row.kinds.contains(where: filter.kinds.contains) && row.counts.operations == 0 && row.counts.hold == 0
    }
  }

  /// Takes out everything but the changes of fields. An entity with several of them counts once for each.
  private mutating func keepChanges() {
    (removals, renames, renameCount, setup, duplicateCount) = ([], [], 0, [], 0)
    blueprints = blueprints.compactMap { blueprint in
      let count = changes.filter { $0.blueprint == blueprint.blueprint }.map(\.count).reduce(0, +)
      guard count > 0 else { return nil }
      var part = blueprint
      part.counts = PlanCounts()
      part.counts.change = count
      return part
    }
    total = blueprints.reduce(into: PlanCounts()) { $0.add($1.counts) }
  }
}

extension PlanCounts {
  /// Adds other counts.
  mutating func add(_ other: PlanCounts) {
    create += other.create
    change += other.change
    delete += other.delete
    hold += other.hold
    write += other.write
    keep += other.keep
  }
}
