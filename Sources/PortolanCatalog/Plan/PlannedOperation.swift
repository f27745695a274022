import Portolan

/// What a plan says of one entity that does not stay as it is.
public struct PlannedOperation: Sendable, Hashable {
  /// What is done.
  public enum Action: String, Sendable, Hashable, Codable, CaseIterable {
    /// The entity is created.
    case create
    /// Some of its fields change.
    case change
    /// It is deleted.
    case delete
    /// It would be deleted, and is not.
    case hold
    /// The catalog is asked to find it by a search query and to write it, which cannot be compared beforehand.
    case write
  }

  /// Its number in the plan, counted from 1.
  public var number: Int64 = 0
  /// What is done.
  public var action: Action
  /// The entity; for a ``Action/write`` by a search identifier, the query's JSON stands for its identifier.
  public var key: EntityKey
  /// What the mapping makes, as one line of JSON; nil for what is deleted or held.
  public var after: [UInt8]?
  /// What the catalog has, as one line of JSON; nil for what is created.
  public var before: [UInt8]?
  /// The fields that change.
  public var changes: [FieldChange] = []
  /// Why it is created, deleted or would be, as far as that is known.
  public var cause: PlanCause?
  /// Why it is held.
  public var hold: HoldReason?
  /// What it is made of; nil for what is deleted or held.
  public var origin: EntityOrigin?
  /// Where the same raw object's entity was, or is now: what is created and what is deleted are a rename.
  public var counterpart: EntityKey?
  /// Who else wrote the entity, where it is not the integration's own: a write takes it over.
  public var foreignDatasource: String?
  /// What relates to an entity that is deleted or held: the first ones, and how many there are.
  public var dependents: [RelatedEntity] = []
  /// How many entities relate to it.
  public var dependentCount = 0

  /// Creates an operation.
  public init(_ action: Action, _ key: EntityKey, after: [UInt8]? = nil, before: [UInt8]? = nil) {
    self.action = action
    self.key = key
    self.after = after
    self.before = before
  }
}

/// A field of an entity that changes.
public struct FieldChange: Sendable, Hashable, Codable {
  /// Its place in the entity: `title`, `properties.status`, `relations.assignee`.
  public var field: String
  /// Its JSON in the catalog, nil where it is not there.
  public var before: String?
  /// Its JSON by the mapping, nil where it is not there.
  public var after: String?
  /// What made it change.
  public var cause: PlanCause

  /// Creates a change.
  public init(_ field: String, before: String?, after: String?, cause: PlanCause) {
    self.field = field
    self.before = before
    self.after = after
    self.cause = cause
  }
}

/// Why something is not as it was.
public struct PlanCause: Sendable, Hashable, Codable {
  /// Who changed something.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    /// The config: the one that was applied last makes something else of the same raw object.
    case mapping
    /// The raw object is not what it was, or is new, or is gone.
    case source
    /// The catalog was changed by somebody else since the last run.
    case catalog
    /// The source or the catalog: what the last run wrote is not known.
    case unknown
  }

  /// Who changed something.
  public var kind: Kind
  /// The expression, or the resource, of the config.
  public var location: SourceLocation?

  /// Creates a cause.
  public init(_ kind: Kind, at location: SourceLocation? = nil) {
    self.kind = kind
    self.location = location
  }
}

/// Why an entity that is owned and not desired is not deleted.
public enum HoldReason: Sendable, Hashable, Codable {
  /// A resource that can make such an entity was not read to its end, or failed on some of its objects.
  case incomplete(kind: String, resource: Int, why: String)
  /// A resource that can make such entities made none at all, of as many raw objects as came.
  case empty(kind: String, resource: Int, owned: Int, objects: Int = 0)
  /// More of what is owned would be deleted than is allowed; both are shares, 0…1.
  case threshold(share: Double, limit: Double)
  /// An entity that stays relates to it, and the catalog would create it again.
  case related(RelatedEntity)
  /// An entity that stays depends on it, and dependents are not to be deleted.
  case dependent(RelatedEntity)
  /// A search query of the mapping may stand for it.
  case query(String)

  /// The reason's stable word, in JSON and in columns.
  public var word: String {
    switch self {
    case .incomplete: "incomplete"
    case .empty: "empty"
    case .threshold: "threshold"
    case .related: "related"
    case .dependent: "dependent"
    case .query: "query"
    }
  }
}
