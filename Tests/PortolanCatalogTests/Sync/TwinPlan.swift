import TestSupport

@testable import PortolanCatalog

/// Plans in the obvious way: what is desired, compared with what the catalog has.
enum TwinPlan {
  /// What is to be done so that the catalog has `desired`, and nothing else that is owned.
  static func operations(
    _ desired: [EntityKey: String], for catalog: StrictCatalog, merging: Bool = true
  ) async -> [PlannedOperation] {
    var operations: [PlannedOperation] = []
    let owned = Dictionary(
      uniqueKeysWithValues: await catalog.owned(SyncSupport.owner).map { ($0.key, $0.json) })
    for (key, text) in desired.sorted(by: { $0.key.description < $1.key.description }) {
      let json = Array(text.utf8)
      if let stored = owned[key] {
        let written = EntityDocument.written(json, over: stored, merging: merging)
        let isSame = EntityComparison(merges: false).changes(from: stored, to: written).isEmpty
        if !isSame { operations.append(PlannedOperation(.change, key, after: json, before: stored)) }
      } else {
        operations.append(PlannedOperation(.create, key, after: json))
      }
    }
    for (key, json) in owned.sorted(by: { $0.key.description < $1.key.description })
    where desired[key] == nil {
      operations.append(PlannedOperation(.delete, key, before: json))
    }
    return operations
  }
}
