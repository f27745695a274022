#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A plan's file while the plan is made: it takes its name only when all of it is there, and is gone if it never is.
final class PlanDraft {
  let file: PlanFile
  /// Where the plan is to be kept, nil for a temporary file.
  private let path: String?
  private var isFinished = false

  /// - Throws: ``CatalogError`` where something else than a plan is at `path`: it is not replaced.
  init(for path: String?) throws {
    self.path = path
    if let path, FileManager.default.fileExists(atPath: path) {
      guard (try? PlanFile(opening: path)) != nil else {
        throw CatalogError(
          .refused, "\(path) is there, and is no plan: it is not replaced", advice: "name another file for the plan")
      }
    }
    let name = "\(UUID().uuidString).plan"
    file = try PlanFile(
      creating: path.map { "\($0).\(name)" }
        ?? FileManager.default.temporaryDirectory.appending(path: "portolan-\(name)").path)
  }

  deinit {
    if !isFinished { PlanFile.remove(file.path) }
  }

  /// The plan, under its own name.
  func finished() throws -> SyncPlan {
    guard let path else {
      isFinished = true
      return try SyncPlan(file, isTemporary: true)
    }
    try file.database.close()
    do {
      PlanFile.remove(path)
      try FileManager.default.moveItem(atPath: file.path, toPath: path)
    } catch {
      throw CatalogError(
        .unreadable, "cannot write the plan \(path)",
        advice: "check that its folder exists and may be written")
    }
    isFinished = true
    return try SyncPlan(contentsOf: path)
  }
}
