import GRDB
import Portolan

/// Plans what becomes of owned entities that nobody made.
///
/// An entity is deleted unless a rule holds it; they are asked in this order, and the first one counts: the rules for its
/// blueprint (``BlueprintHolds``), search queries (``QueryHolds``), relations (``RelationHolds``), and at last the share
/// of all deletions.
struct Removals {
  /// How many entities are put into the plan at once.
  private static let portion = 500

  let context: PlanContext
  let holds: BlueprintHolds
  let causes: RemovalCauses

  /// Adds an operation for each entity that nobody made.
  func collect(_ desired: DesiredEntities) throws {
    guard desired.ownedCount < context.owned.values.reduce(0, +) else { return }
    var reasons: [String: HoldReason?] = [:]
    var steps: [PlanStep] = []
    var numbers: [Int] = []
    try context.snapshot.forEachOwned(unlessSeen: { desired.isSeen($0) }) { number, key, json in
      let reason = reasons[key.blueprint] ?? holds.reason(key.blueprint)
      reasons[key.blueprint] = .some(reason)
      var operation = PlannedOperation(reason == nil ? .delete : .hold, key, before: json)
      operation.hold = reason
      operation.cause = causes.cause(
        key.blueprint, maker: desired.makerBefore(number), isJudged: reason?.word != "incomplete")
      steps.append(.put(operation))
      numbers.append(number)
      if steps.count == Self.portion { try flush(&steps, &numbers) }
    }
    try flush(&steps, &numbers)
  }

  private func flush(_ steps: inout [PlanStep], _ numbers: inout [Int]) throws {
    try Task.checkCancellation()
    _ = try context.file.apply(steps)
    let rows = zip(steps, numbers)
    try context.file.database.write { database in
      let statement = try database.cachedStatement(
        sql: "INSERT INTO removal (snapshot, blueprint, identifier) VALUES (?, ?, ?)")
      for case (.put(let operation), let number) in rows {
        try statement.execute(arguments: [number, operation.key.blueprint, operation.key.identifier])
      }
    }
    steps.removeAll(keepingCapacity: true)
    numbers.removeAll(keepingCapacity: true)
  }

  /// Holds all deletions where they are too large a share of what is owned.
  func judgeShare() throws {
    let deletions = try context.file.count("SELECT count(*) FROM operation WHERE action = 'delete'")
    let owned = context.owned.values.reduce(0, +)
    guard deletions > 0, owned > 0 else { return }
    let share = Double(deletions) / Double(owned)
    let limit = context.settings.deletionThreshold
    guard limit <= 0 || (limit < 1 && share > limit) else { return }
    let reason = HoldReason.threshold(share: share, limit: limit)
    try context.file.execute(
      "UPDATE operation SET action = 'hold', hold = ? WHERE action = 'delete'", [PlanFile.encoded(reason)])
  }
}
