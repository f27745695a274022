import GRDB
import Portolan

/// Holds what something that stays relates to, and says of everything else what goes with it.
///
/// A desired entity stays, and so does one that is held. One that is deleted too is no obstacle. One that is neither,
/// since somebody else owns it, stays where `deleteDependentEntities` is false; else it goes with what it relates to,
/// unless something that stays relates to it.
///
/// Where `createMissingRelatedEntities` is true, what a desired or a held entity relates to is held as related: the
/// catalog would create it again, bare. All others are held as something depends on them.
struct RelationHolds<Target: Catalog> {
  /// What is known of an entity that relates to another one.
  enum Source: Int {
    /// It is desired.
    case desired = 0
    /// It is owned, and nobody made it.
    case removed = 1
    /// Somebody else owns it.
    case foreign = 2
  }

  private let context: PlanContext
  private let relations: BlueprintRelations
  private let catalog: Target
  /// Whether an entity of the snapshot is desired, by its number.
  private let isDesired: (Int) -> Bool

  init(
    _ context: PlanContext, _ relations: BlueprintRelations, _ catalog: Target,
    isDesired: @escaping (Int) -> Bool
  ) {
    self.context = context
    self.relations = relations
    self.catalog = catalog
    self.isDesired = isDesired
  }
}

// MARK: Judging

extension RelationHolds {
  /// How many entities are asked for at once.
  private static var portion: Int { 500 }

  /// Judges all deletions.
  ///
  /// - Returns: what could not be asked, so that the plan does not know it.
  func judge() async throws -> [Diagnostic] {
    let problem = try await collectStored()
    try collectDesired()
    try hold()
    try PointerNames(context.file, deletesDependents: context.settings.deletesDependents).write()
    return problem.map { [finding($0)] } ?? []
  }

  /// What the owner's own entities relate to is known all the same, and the catalog still refuses what it must.
  private func finding(_ problem: CatalogError) -> Diagnostic {
    var finding = problem.diagnostic
    finding.severity = .warning
    finding.message = "what others own and relates to what is deleted cannot be told: \(problem.message)"
    finding.help =
      context.settings.deletesDependents
      ? "it would be deleted too; `deleteDependentEntities: false` in the config keeps it" : problem.advice
    return finding
  }

  /// Remembers everything that the catalog has and that relates to what is to be deleted, and to what goes with it.
  ///
  /// - Returns: why others could not be asked for; then only what the owner has is known.
  private func collectStored() async throws -> CatalogError? {
    var problem: CatalogError?
    let isWhole = context.snapshot.isWhole
    // Others are asked only for what may be deleted.
    try context.file.execute(
      """
      INSERT INTO target SELECT blueprint, identifier, 0 FROM operation
      WHERE action = 'delete' OR (action = 'hold' AND \(isWhole ? 1 : 0))
      """)
    var round = 0
    while true {
      var last: EntityKey?
      var isEmpty = true
      while true {
        try Task.checkCancellation()
        let keys = try context.file.targets(round: round, after: last, limit: isWhole ? Self.portion : 100)
        guard let end = keys.last else { break }
        last = end
        isEmpty = false
        try add(try context.snapshot.related(to: keys), round: round)
        if isWhole || problem != nil { continue }
        do {
          try add(try await catalog.relatedEntities(to: keys), round: round)
        } catch let error as CatalogError {
          if error.endsRun { throw error }
          problem = error
        }
      }
      if isEmpty { break }
      round += 1
    }
    // What changes relates to what it will relate to, not to what it does now.
    try context.file.execute(
      """
      DELETE FROM pointer WHERE source = 0 AND EXISTS (
        SELECT 1 FROM operation WHERE operation.blueprint = pointer.blueprint
        AND operation.identifier = pointer.identifier AND action IN ('change', 'write'))
      """)
    return problem
  }

  private func add(_ related: [RelatedEntity], round: Int) throws {
    let others = related.filter { !$0.source.isSame(as: $0.target) }
    let found = try context.snapshot.find(others.map(\.source))
    let sources = found.map { found -> Source in
      guard let found else { return .foreign }
      if isDesired(found.number) { return .desired }
      return found.isOwned ? .removed : .foreign
    }
    try context.file.add(Array(zip(others, sources.map(\.rawValue))), foreignRound: round + 1)
  }

  /// Remembers which desired entities will relate to what is to be deleted, once they are written.
  private func collectDesired() throws {
    let targets = try context.file.targetBlueprints()
    guard !targets.isEmpty else { return }
    var number: Int64 = 0
    while true {
      try Task.checkCancellation()
      let operations = try context.file.operations([.create, .change, .write], after: number)
      guard let last = operations.last else { return }
      number = last.number
      try context.file.add(operations.flatMap { pointers($0, targets) })
    }
  }

  private func pointers(_ operation: PlannedOperation, _ targets: Set<String>) -> [PlanFile.OpenPointer] {
    guard let after = operation.after else { return [] }
    let blueprint = operation.key.blueprint
    let final = EntityDocument.written(
      after, over: operation.before, merging: context.settings.upsert.merges)
    return EntityDocument.relations(of: final).flatMap { name, identifiers -> [PlanFile.OpenPointer] in
      let target = relations.target(of: name, in: blueprint)
      guard target.map(targets.contains) ?? true else { return [] }
      return identifiers.map {
        PlanFile.OpenPointer(source: operation.key, relation: name, blueprint: target, identifier: $0)
      }
    }
  }

  /// Of some deletions, those of entities that have nothing but a name.
  private func bareTargets(
    _ deletions: [(number: Int64, related: RelatedEntity, source: Int)]
  ) throws -> [EntityKey] {
    try deletions.compactMap { deletion in
      let key = deletion.related.target
      guard let stored = try context.file.operation(on: key)?.before else { return nil }
      let bare = EntityDocument.bare(key)
      return EntityComparison(merges: false).changes(from: stored, to: bare).isEmpty ? key : nil
    }
  }

  private func hold() throws {
    let deletesDependents = context.settings.deletesDependents
    try context.file.findStaying(deletesDependents: deletesDependents)
    var number: Int64 = 0
    while true {
      try Task.checkCancellation()
      let held = try context.file.stayingDeletions(
        after: number, limit: Self.portion, deletesDependents: deletesDependents)
      guard let last = held.last else { return }
      number = last.number
      let creates = context.settings.upsert.createsMissingRelated
      // A target that the catalog created bare is as it should be as long as something desired relates to it.
      let targets = creates ? try bareTargets(held.filter { $0.source == Source.desired.rawValue }) : []
      try context.file.drop(targets)
      try context.file.hold(
        held.map { number, related, source in
          (number, creates && source != Source.foreign.rawValue ? .related(related) : .dependent(related))
        })
    }
  }
}
