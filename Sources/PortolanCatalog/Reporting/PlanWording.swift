import Portolan

/// What a plan's causes, reasons and steps are in plain words: the same in every report.
package struct PlanWording {
  let summary: PlanSummary
  /// Whether a place in the plan's own config is shown with the file's name.
  var namesConfig = false

  package init(summary: PlanSummary, namesConfig: Bool = false) {
    self.summary = summary
    self.namesConfig = namesConfig
  }

  // MARK: Causes

  /// What made a field change: `by line 45`, `by the source`.
  func change(_ cause: PlanCause) -> String {
    switch cause.kind {
    case .mapping: cause.location.map { "by \(place($0))" } ?? "by the mapping"
    case .source: "by the source"
    case .catalog: "changed in the catalog"
    case .unknown: "by the source, or in the catalog"
    }
  }

  /// Why entities are not desired any more.
  func removal(_ cause: PlanCause) -> String {
    switch cause.kind {
    case .mapping: "the mapping makes them no more" + (cause.location.map { " (\(place($0)))" } ?? "")
    case .source: "gone from the source"
    case .catalog: "not made by this mapping, but put into the catalog"
    case .unknown: "not in the source any more, or not mapped any more"
    }
  }

  /// `line 45` of the plan's own config, `file:45` of any other file.
  func place(_ location: SourceLocation) -> String {
    location.file == summary.configPath && !namesConfig
      ? "line \(location.line)" : "\(location.file):\(location.line)"
  }

  // MARK: Holds

  /// Why entities are held.
  package func reason(_ hold: HoldReason) -> String {
    switch hold {
    case .incomplete("", _, let why): "nothing of this is deleted: \(ShownValue.text(why))"
    case .incomplete(let kind, _, let why): "\(kind) was not read to its end: \(ShownValue.text(why))"
    case .empty(let kind, _, let owned, 0):
      "\(kind) gave nothing at all, and the catalog has \(Self.count(owned, "entity", "entities"))"
    case .empty(let kind, _, let owned, let objects):
      "\(kind) gave \(Self.count(objects, "object", "objects")), and no entity was made of "
        + "\(objects == 1 ? "it" : "them"); the catalog has \(Self.count(owned, "entity", "entities"))"
    case .threshold(let share, let limit):
      "\(Self.percent(share)) of everything would go, and \(Self.percent(limit)) is the limit"
    case .related(let related):
      "\(name(related.source)) stays, relates to it (\(related.relation)), and would bring it back"
    case .dependent(let related): "\(name(related.source)) depends on it (\(related.relation)) and stays"
    case .query(let query): "a search query of the mapping may stand for it: \(ShownValue.text(query))"
    }
  }

  /// What to do about a hold.
  package func advice(_ hold: HoldReason) -> String {
    switch hold {
    case .incomplete("", _, _): "plan with all kinds, by a config that has resources"
    case .incomplete(let kind, _, _): "make fetching and mapping \(kind) work, then plan again"
    case .empty(let kind, _, _, 0): "if the source is really empty: --allow-empty \(kind)"
    case .empty(let kind, let resource, _, _):
      "\(emptyAdvice(resource)); if none is to be made: --allow-empty \(kind)"
    case .threshold(let share, _):
      "if it is meant, raise entityDeletionThreshold \(thresholdPlace) to \(Self.decimal(share)) or more"
    case .related(let related):
      "map \(related.relation) to null or to another one (what a mapping does not name stays), or leave it"
    case .dependent(let related) where summary.settings.deletesDependents:
      "map \(related.relation) to null or to another one, or leave it"
    case .dependent: "delete what depends on it first, or set deleteDependentEntities: true"
    case .query: "nothing, if it is still used; otherwise take the query out of the mapping"
    }
  }

  /// What to look at where objects came, and none became an entity.
  private func emptyAdvice(_ index: Int) -> String {
    let state = summary.resources.first { $0.index == index }
    let config = try? PortAppConfig(yaml: Array(summary.config.utf8), file: summary.configPath)
    let resource = config?.resource(at: index)
    func at(_ location: SourceLocation?) -> String { location.map { " (\(place($0)))" } ?? "" }
    guard let state, state.filtered + state.skipped > 0 else {
      let location = resource?.itemsToParse?.expression.location ?? resource?.location
      return "look at what is mapped\(at(location))"
    }
    if state.filtered >= state.skipped {
      return
        "look at the selector, which turns away \(state.filtered.grouped)\(at(resource?.selector.query.location))"
    }
    let location = resource?.mappings.first?.identifier.location
    return "look at the identifier and the blueprint, which \(state.skipped.grouped) have not\(at(location))"
  }

  /// An entity's key, as it may be seen.
  private func name(_ key: EntityKey) -> String { ShownValue.text(key.description) }

  /// Where the threshold is set, or could be.
  private var thresholdPlace: String {
    let lines = summary.config.split(separator: "\n", omittingEmptySubsequences: false)
    guard let index = lines.firstIndex(where: { $0.hasPrefix("entityDeletionThreshold") }) else {
      return "(it is not in \(summary.configPath.isEmpty ? "the config" : summary.configPath))"
    }
    return "in line \(index + 1)" + (summary.configPath.isEmpty ? "" : " of \(summary.configPath)")
  }

  // MARK: What was edited and read

  /// `source: 1,297 objects of 4 kinds, all complete`
  var source: String {
    let objects = summary.resources.map(\.objects).reduce(0, +)
    let kinds = Set(summary.resources.map(\.kind)).count
    let open = summary.resources.count { !$0.isComplete }
    let state = open == 0 ? "all complete" : "\(open.grouped) not complete"
    return "source: \(Self.count(objects, "object", "objects")) of "
      + "\(Self.count(kinds, "kind", "kinds")), \(state)"
  }

  /// `mapping edited: 2 lines`
  var edited: String? {
    summary.editedLines.map {
      $0 == 0 ? "mapping as applied last" : "mapping edited: \(Self.count($0, "line", "lines"))"
    }
  }

  /// `12 to create, 32 to change, 3 to delete, 88 held`
  var counts: String {
    let total = summary.total
    let parts = [
      (total.create, "to create"), (total.change, "to change"), (total.write, "to write by a query"),
      (total.delete, "to delete"), (total.hold, "held"),
    ]
    let words = parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    let steps = summary.setup.count(where: \.isDone)
    let setup = steps > 0 ? [Self.count(steps, "step of the setup", "steps of the setup")] : []
    return words.isEmpty && setup.isEmpty ? nothingToDo : (words + setup).joined(separator: ", ")
  }

  /// `nothing to do: 1,297 entities are as the mapping says`
  var nothingToDo: String {
    let keep = summary.total.keep
    return keep == 0
      ? "nothing to do: there are no entities, and none are to be"
      : "nothing to do: \(Self.count(keep, "entity is", "entities are")) as the mapping says"
  }

  /// What duplicates mean.
  var duplicates: String? {
    summary.duplicateCount == 0
      ? nil
      : "\(Self.count(summary.duplicateCount, "entity has", "entities have")) the blueprint and identifier of a "
        + "later one, which is taken instead"
  }

  /// What the kinds that were asked for make no more, or never made, and others may, that were not mapped.
  func left(_ filter: PlanFilter) -> [String] {
    guard !filter.kinds.isEmpty else { return [] }
    return summary.removals.compactMap { group in
      guard case .incomplete(let kind, _, _)? = group.hold, group.hold.map(filter.takes(hold:)) == false,
        filter.takes(blueprint: group.blueprint),
        let row = summary.blueprints.first(where: { $0.blueprint == group.blueprint })
      else { return nil }
      let makers = row.kinds.filter(filter.kinds.contains)
      guard !makers.isEmpty, !kind.isEmpty else { return nil }
      let verb = makers.count == 1 ? "does" : "do"
      return
        "\(group.count.grouped) \(group.blueprint) that \(makers.joined(separator: ", ")) \(verb) not make "
        + "\(group.count == 1 ? "is" : "are") left: \(kind) was not mapped"
    }
  }

  /// Who else wrote what is written now.
  var takeovers: [String] {
    summary.takeovers.map { takeover in
      let who = takeover.datasource.isEmpty ? "somebody else" : ShownValue.text(takeover.datasource)
      return "\(Self.count(takeover.count, "entity was", "entities were")) last written by \(who), and "
        + "\(takeover.count == 1 ? "is" : "are") taken over"
    }
  }

  /// Whose entities are as the mapping says, and stay theirs.
  var foreignKeeps: [String] {
    summary.foreignKeeps.map { keep in
      let who = keep.datasource.isEmpty ? "somebody else" : ShownValue.text(keep.datasource)
      return
        "\(Self.count(keep.count, "entity is", "entities are")) as the mapping says, and last written by \(who): "
        + "\(keep.count == 1 ? "it stays" : "they stay") theirs"
    }
  }

  /// What writes by a query mean.
  var writes: String? {
    summary.total.write == 0
      ? nil
      : "\(Self.count(summary.total.write, "entity has", "entities have")) a search query in it, which the catalog "
        + "answers while it writes: what changes is not known before"
  }

  // MARK: Numbers

  /// `all 5`, `3 of 5`; more than there are, where some are not there or somebody else's: `6`.
  static func share(_ count: Int, of whole: Int) -> String {
    count == whole
      ? "all \(count.grouped)" : count > whole ? count.grouped : "\(count.grouped) of \(whole.grouped)"
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number.grouped) \(number == 1 ? one : many)"
  }

  static func percent(_ share: Double) -> String {
    let tenths = share.isFinite ? (share * 1000).rounded(.up) / 10 : 0
    return tenths == tenths.rounded() ? "\(Int(tenths)) %" : "\(tenths) %"
  }

  /// A share with two digits, never below it.
  private static func decimal(_ share: Double) -> String {
    "\(share.isFinite ? min(1, (share * 100).rounded(.up) / 100) : 1)"
  }
}

extension RemovalGroup.Pointers {
  /// `, and are deleted with them`; nothing where they stay.
  var fate: String { areDeleted ? ", and \(count == 1 ? "is" : "are") deleted with them" : "" }
}

extension PlanSummary {
  /// What the words of the reports are made of.
  var wording: PlanWording { PlanWording(summary: self) }

  /// Whether there is nothing at all that a person should read.
  package var isEmpty: Bool { total.operations == 0 && total.hold == 0 && setup.isEmpty && isComplete }

  /// `jira/my-jira-integration`, and the type alone where that says it all.
  var ownerName: String {
    owner.identifier == owner.type || owner.identifier == "my-\(owner.type)-integration"
      ? owner.type : "\(owner.type)/\(owner.identifier)"
  }
}

extension SetupStep.Subject {
  /// In the order in which they are done.
  static let inOrder: [Self] = [.integration, .blueprint, .action, .scorecard, .page]
}

extension SetupStep {
  /// Whether there is nothing to say but that it is created.
  var isPlain: Bool { action == .create && differences.isEmpty }

  /// `+`, `~`, or `!` for what is not done.
  var sign: String {
    switch action {
    case .create: "+"
    case .change: "~"
    case .differs, .missing: "!"
    }
  }

  /// What becomes of it, in words.
  var words: String {
    switch action {
    case .create: "is created"
    case .change: "is changed"
    case .differs: "is not as the files say, and stays so"
    case .missing: "is not there, and is not created, since others are"
    }
  }

  /// What to do about it, nil where it is done.
  var advice: String? {
    switch action {
    case .create, .change: nil
    case .differs: "--update-blueprints changes it"
    case .missing: "create it in the catalog, or --update-blueprints"
    }
  }

  /// `blueprint jiraIssue`
  var name: String { "\(subject.rawValue) \(blueprint.map { "\($0)/" } ?? "")\(identifier)" }
}
