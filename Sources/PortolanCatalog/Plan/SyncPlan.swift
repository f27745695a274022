/// What a sync would do to a catalog: made by ``Planner``, carried out by ``Sync``.
///
/// Its entities are on disk: a plan takes no memory, however many there are. A plan that was not saved is gone with the
/// last reference to it.
public final class SyncPlan: Sendable {
  /// What it comes to.
  public let summary: PlanSummary
  package let file: PlanFile
  /// Whether the file goes with the plan.
  private let isTemporary: Bool

  package init(_ file: PlanFile, isTemporary: Bool) throws {
    self.file = file
    self.isTemporary = isTemporary
    summary = try file.summary
  }

  deinit {
    if isTemporary { PlanFile.remove(file.path) }
  }

  /// Opens a plan that was saved.
  ///
  /// - Throws: ``CatalogError`` where there is none at `path`.
  public convenience init(contentsOf path: String) throws {
    try self.init(PlanFile(opening: path), isTemporary: false)
  }
}
