import Portolan

/// Plans a sync: maps everything that a fetcher gives, and compares it with what a catalog has.
///
/// ```swift
/// let planner = Planner(CompiledMapping(config), owner: Datasource(type: "jira", identifier: "my-jira"))
/// let plan = try await planner.plan(IssueFetcher(), for: LocalCatalog(path: "catalog.db"))
/// print(plan.summary.total)
/// ```
public struct Planner: Sendable {
  /// What may be said about a plan.
  public struct Options: Sendable {
    /// Maps only these kinds; nil for all. Nothing is deleted that other kinds may make.
    public var kinds: Set<String>?
    /// The kinds that may give nothing although they gave something before.
    public var allowedEmpty: Set<String> = []
    /// Fields that are not compared, as jq paths: `.properties.lastSeen`.
    public var ignored: [JSONPath] = []
    /// Whether blueprints and the like are created where none is there.
    public var setup: DefaultResources?
    /// Whether blueprints that differ are changed.
    public var updatesBlueprints = false
    /// How many pages are mapped at the same time.
    public var threads = 1
    /// Whether raw objects of what is written are kept in the plan.
    public var keepsRaw = false
    /// Where the plan is kept; nil for a temporary file.
    public var path: String?

    /// Plans everything that a config says.
    public init() {}
  }

  private let mapping: CompiledMapping
  private let owner: Datasource
  private let options: Options

  /// Creates a planner.
  public init(_ mapping: CompiledMapping, owner: Datasource, options: Options = Options()) {
    self.mapping = mapping
    self.owner = owner
    self.options = options
  }

  /// Makes a plan. One that is not finished, because of an error or since its task was cancelled, leaves nothing; one that
  /// was at ``Options/path`` before then stays.
  ///
  /// - Parameters:
  ///   - fetcher: supplies the raw objects.
  ///   - catalog: what they are compared with.
  ///   - progress: is told how far mapping is.
  /// - Returns: the plan.
  /// - Throws: ``CatalogError`` where the catalog cannot be read, and `CancellationError`.
  public func plan(
    _ fetcher: some RawFetcher, for catalog: some Catalog, progress: (MappingProgress) -> Void = { _ in }
  ) async throws -> SyncPlan {
    let draft = try PlanDraft(for: options.path)
    let planning = Planning(mapping, owner, options, catalog)
    try await planning.fill(draft.file, by: fetcher, progress)
    try Task.checkCancellation()
    return try draft.finished()
  }
}
