import Portolan

/// What a plan comes to: everything that a report shows but for the single entities.
public struct PlanSummary: Sendable, Codable {
  /// The version of the JSON that this is written as; raised where something is taken out or means something else.
  public var formatVersion = 1
  /// What the plan is known by: eight hexadecimal digits.
  public var id = ""
  /// When it was made, in seconds since 1970.
  public var createdAt = 0.0
  /// Whose entities it is about.
  public var owner: Datasource
  /// The catalog's name.
  public var catalog: String
  /// How often the catalog had been changed when the plan was made; nil where it does not count that.
  public var revision: Int?
  /// Whether the catalog is not there yet, and is created by the first sync.
  public var isCatalogNew = false
  /// The config that is to be applied: YAML.
  public var config = ""
  /// Where that is, as the user named it.
  public var configPath = ""
  /// How many lines of the config are not in the one that was applied last; nil where none was, or it is not known.
  public var editedLines: Int?
  /// How entities are written and deleted.
  public var settings: SyncSettings
  /// The resources, in the config's order.
  public var resources: [ResourceState] = []
  /// Counts for each blueprint, in the order in which they are written.
  public var blueprints: [BlueprintCounts] = []
  /// The counts of all blueprints together.
  public var total = PlanCounts()
  /// What is deleted and what is held, for each blueprint and reason.
  public var removals: [RemovalGroup] = []
  /// What changes, for each field and cause, the most frequent first.
  public var changes: [ChangeGroup] = []
  /// The renames: the first ones.
  public var renames: [Rename] = []
  /// How many entities are renamed.
  public var renameCount = 0
  /// How many entities of several with the same identifier were overruled by a later one.
  public var duplicateCount = 0
  /// Who else wrote entities last that are written now, the most frequent first: the first ones.
  public var takeovers: [Takeover] = []
  /// Who else wrote entities last that are as the mapping says, and that are not written: the most frequent first.
  public var foreignKeeps: [ForeignKeep] = []
  /// What is done to blueprints and the like first.
  public var setup: [SetupStep] = []
  /// Whether a sync marks the integration's resources as initialized, without a step: all of them are there.
  var marksIntegration: Bool?
  /// Why the plan cannot be carried out, nil where it can: an expression that does not compile, one that names a file,
  /// or a field that is left out for an error would empty the field on every entity.
  public var obstacle: String?
  /// What went wrong, or is doubtful: of the config, the fetching and the mapping.
  public var diagnostics: [Diagnostic] = []

  /// Creates a summary of nothing.
  public init(owner: Datasource, catalog: String, settings: SyncSettings) {
    self.owner = owner
    self.catalog = catalog
    self.settings = settings
  }

  /// Whether every resource was read to its end, so that nothing is held for that.
  public var isComplete: Bool { resources.allSatisfy(\.isComplete) }

  /// Whether applying it would change anything that is known. What is written since a search query stands for it, or for
  /// what it relates to, does not count: only the catalog can compare it.
  public var hasChanges: Bool { total.operations > total.write || setup.contains { $0.isDone } }
}

/// How entities are written and deleted: what a config says.
public struct SyncSettings: Sendable, Hashable, Codable {
  /// `enableMergeEntity` and `createMissingRelatedEntities`.
  public var upsert: UpsertOptions
  /// `deleteDependentEntities`
  public var deletesDependents: Bool
  /// `entityDeletionThreshold`
  public var deletionThreshold: Double

  /// What `config` says.
  public init(_ config: PortAppConfig) {
    upsert = UpsertOptions(
      merges: config.enableMergeEntity, createsMissingRelated: config.createMissingRelatedEntities)
    deletesDependents = config.deleteDependentEntities
    deletionThreshold = config.entityDeletionThreshold
  }
}

/// What reading and mapping a resource came to.
public struct ResourceState: Sendable, Hashable, Codable {
  /// The kind of the raw objects.
  public var kind: String
  /// The resource's place in the config, counted from 0.
  public var index: Int
  /// Where the resource is in the config.
  public var location: SourceLocation?
  /// How many raw objects came.
  public var objects: Int
  /// How many entities they became.
  public var entities: Int
  /// How many items failed.
  public var failed: Int
  /// How many items the selector turned away.
  public var filtered = 0
  /// How many items have no identifier or no blueprint.
  public var skipped = 0
  /// Whether the resource is complete, in the sense in which deletions need it.
  public var isComplete: Bool
  /// Why it is not, in one sentence.
  public var reason: String?
  /// The blueprints that it can make; nil where that cannot be told, because an expression chooses them.
  public var blueprints: [String]?

  /// Creates a state.
  public init(
    kind: String, index: Int, location: SourceLocation? = nil, objects: Int = 0, entities: Int = 0,
    failed: Int = 0,
    isComplete: Bool = true, reason: String? = nil, blueprints: [String]? = nil
  ) {
    self.kind = kind
    self.index = index
    self.location = location
    self.objects = objects
    self.entities = entities
    self.failed = failed
    self.isComplete = isComplete
    self.reason = reason
    self.blueprints = blueprints
  }
}

/// How many entities of each kind of operation there are.
public struct PlanCounts: Sendable, Hashable, Codable {
  /// How many are created.
  public var create = 0
  /// How many change.
  public var change = 0
  /// How many are deleted.
  public var delete = 0
  /// How many would be deleted, and are held.
  public var hold = 0
  /// How many are written without being compared, since a search query stands for them.
  public var write = 0
  /// How many stay as they are.
  public var keep = 0

  /// Counts of nothing.
  public init() {}

  /// How many entities are written or deleted.
  public var operations: Int { create + change + delete + write }
}

/// The counts of a blueprint.
public struct BlueprintCounts: Sendable, Hashable, Codable {
  /// The blueprint's identifier.
  public var blueprint: String
  /// How many of its entities the integration owns now.
  public var owned: Int
  /// What becomes of them.
  public var counts: PlanCounts
  /// The kinds that make them.
  public var kinds: [String]

  /// Creates counts.
  public init(_ blueprint: String, owned: Int, counts: PlanCounts, kinds: [String]) {
    self.blueprint = blueprint
    self.owned = owned
    self.counts = counts
    self.kinds = kinds
  }
}
