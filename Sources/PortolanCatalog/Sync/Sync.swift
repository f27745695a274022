import Portolan

/// Carries a plan out.
///
/// ```swift
/// let report = try await Sync(plan, to: catalog).run()
/// print(report.result.created, report.isDone)
/// ```
///
/// Nothing is written before the catalog is seen to be what the plan saw. Then entities are written, those that others
/// relate to first, and deleted last. An entity that the catalog refuses costs only itself. Where the catalog cannot be
/// reached, three batches in a row, or refuses the credentials, nothing more is written, and nothing is deleted. What
/// could not be written holds back the deletions that would harm it: of what it takes the place of, and, where dependents
/// are deleted too, of what it relates to in the catalog. Where they are not, and entities that are to be deleted depend
/// on one another, some of them are first written without the relations that close the circle.
///
/// A sync that was cut off at any moment is made good by the next plan and sync, which see what the catalog has. A saved
/// plan may also be carried out once more: it goes on.
public struct Sync<Target: Catalog>: Sendable {
  /// What may be said about a sync.
  public struct Options: Sendable {
    /// Whether what is planned to be deleted is deleted.
    public var deletes = true
    /// How long raw objects are kept, in seconds; nil for not at all.
    public var rawRetention: Double?
    /// Where whoever else writes the same entities meanwhile is met; nil where nobody does.
    public var gate: (any SyncGate)?

    /// Does all that the plan says.
    public init() {}
  }

  private let plan: SyncPlan
  private let catalog: Target
  private let options: Options

  /// Prepares to carry out `plan`.
  public init(_ plan: SyncPlan, to catalog: Target, options: Options = Options()) {
    self.plan = plan
    self.catalog = catalog
    self.options = options
  }

  /// Writes what the plan says.
  ///
  /// - Parameter progress: is told after each batch how far the sync is.
  /// - Returns: what was done. A task that is cancelled ends after the writes that are under way, with a report that says
  ///   so.
  /// - Throws: ``CatalogError`` for what ends the run before it wrote anything: refused credentials, another run at
  ///   work, a catalog that has changed since the plan was made.
  public func run(progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }) async throws -> SyncReport
  {
    if let obstacle = plan.summary.obstacle {
      throw CatalogError(
        .refused, "nothing is written: \(obstacle)", advice: "mend what the plan names, and plan again")
    }
    return try await SyncRun(plan, catalog, options, progress).carryOut()
  }
}

extension SyncPlan {
  /// Carries the plan out.
  ///
  /// ```swift
  /// let report = try await planner.plan(fetcher, for: catalog).apply(to: catalog)
  /// ```
  ///
  /// - Parameters:
  ///   - catalog: the one that the plan was made for.
  ///   - options: what may be said about it.
  ///   - progress: is told after each batch how far the sync is.
  /// - Returns: what was done, as ``Sync/run(progress:)`` says.
  /// - Throws: ``CatalogError``, as ``Sync/run(progress:)``.
  public func apply<Target: Catalog>(
    to catalog: Target, options: Sync<Target>.Options = Sync<Target>.Options(),
    progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
  ) async throws -> SyncReport {
    try await Sync(self, to: catalog, options: options).run(progress: progress)
  }
}
