/// A run that writes to a catalog.
public struct CatalogRun: Sendable, Hashable, Codable {
  /// What the run is known by.
  public var id: String
  /// Who writes.
  public var owner: Datasource
  /// The config that is applied: YAML.
  public var config: String
  /// Where the config is, as the user named it.
  public var configPath: String
  /// When it began, in seconds since 1970.
  public var startedAt: Double
  /// How long raw objects are kept, in seconds; nil for not at all.
  public var rawRetention: Double?

  /// Creates a run.
  public init(
    id: String, owner: Datasource, config: String, configPath: String, startedAt: Double,
    rawRetention: Double? = nil
  ) {
    self.id = id
    self.owner = owner
    self.config = config
    self.configPath = configPath
    self.startedAt = startedAt
    self.rawRetention = rawRetention
  }
}

/// How a run ended.
public struct RunResult: Sendable, Hashable, Codable {
  /// How it ended.
  public enum State: String, Sendable, Hashable, Codable {
    /// Everything was done.
    case completed
    /// Something failed or was refused.
    case failed
    /// It was stopped.
    case interrupted
  }

  /// How it ended.
  public var state: State
  /// How many entities were created.
  public var created = 0
  /// How many were changed.
  public var changed = 0
  /// How many were deleted.
  public var deleted = 0
  /// How many were refused.
  public var failed = 0

  /// Creates a result.
  public init(_ state: State) {
    self.state = state
  }
}
