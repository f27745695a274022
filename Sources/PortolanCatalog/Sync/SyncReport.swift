import Portolan

/// What a sync did.
public struct SyncReport: Sendable, Codable {
  /// The version of the JSON that this is written as.
  public var formatVersion = 1
  /// The run.
  public var run: String
  /// The plan that was carried out.
  public var plan: PlanSummary
  /// How it ended.
  public var result: RunResult
  /// What was refused, by the place in the mapping, the raw object and the catalog's own words: the first hundred of
  /// ``RunResult/failed``.
  public var failures: [SyncFailure] = []
  /// What is left to do: written and deleted by the next run.
  public var remaining = PlanCounts()
  /// How many entities were left as somebody else wrote them while the sync was at work.
  public var overtaken = 0
  /// Seconds from the first write to the last.
  public var seconds = 0.0
  /// What else is to be known.
  public var diagnostics: [Diagnostic] = []

  /// Creates a report.
  public init(run: String, plan: PlanSummary, result: RunResult) {
    self.run = run
    self.plan = plan
    self.result = result
  }

  /// Whether the catalog is now what the mapping says, with nothing held back.
  public var isDone: Bool {
    result.state == .completed && result.failed == 0 && plan.total.hold == 0 && remaining.operations == 0
  }
}

/// An entity, or a step of the setup, that was not written.
public struct SyncFailure: Sendable, Hashable, Codable {
  /// The entity.
  public var key: EntityKey
  /// What was to be done.
  public var action: PlannedOperation.Action
  /// What it is made of.
  public var origin: EntityOrigin?
  /// Where the mapping is that made it.
  public var location: SourceLocation?
  /// What the catalog said.
  public var refusal: WriteOutcome.Refusal

  /// Creates a failure.
  public init(
    _ key: EntityKey, _ action: PlannedOperation.Action, origin: EntityOrigin?, location: SourceLocation?,
    refusal: WriteOutcome.Refusal
  ) {
    self.key = key
    self.action = action
    self.origin = origin
    self.location = location
    self.refusal = refusal
  }
}

/// How far a sync is.
public struct SyncProgress: Sendable, Hashable {
  /// What is being done.
  public enum Phase: String, Sendable, Hashable {
    /// Blueprints and the like are created.
    case setup
    /// Entities are written.
    case writing
    /// What was refused is tried once more.
    case retrying
    /// Entities are deleted.
    case deleting
  }

  /// What is being done.
  public var phase: Phase
  /// The blueprint whose entities are written or deleted.
  public var blueprint: String
  /// How many operations are done.
  public var done: Int
  /// How many there are in all.
  public var total: Int
  /// How many entities were refused so far.
  public var failed: Int

  /// Creates a progress.
  public init(_ phase: Phase, blueprint: String, done: Int, total: Int, failed: Int) {
    self.phase = phase
    self.blueprint = blueprint
    self.done = done
    self.total = total
    self.failed = failed
  }
}
