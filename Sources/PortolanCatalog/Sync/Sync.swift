import Portolan

/// Carries a plan out.
///
/// ```swift
/// let report = try await Sync(plan, to: catalog).run()
/// print(report.result.created, report.isDone)
/// ```
public struct Sync<Target: Catalog>: Sendable {
  /// What may be said about a sync.
  public struct Options: Sendable {
    /// Whether what is planned to be deleted is deleted.
    public var deletes = true
    /// How long raw objects are kept, in seconds; nil for not at all.
    public var rawRetention: Double?

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
  /// - Returns: what was done. A task that is cancelled ends after the writes that are under way, with a report that says
  ///   so.
  /// - Throws: ``CatalogError`` for what ends the run before it wrote anything: refused credentials, another run at
  ///   work, a catalog that has changed since the plan was made.
  public func run(progress: @Sendable (SyncProgress) -> Void = { _ in }) async throws -> SyncReport {
    throw CatalogError(.unavailable, "syncing is not there yet")
  }
}
