/// Entities of a blueprint that are deleted, or held, for the same reason.
public struct RemovalGroup: Sendable, Hashable, Codable {
  /// The blueprint.
  public var blueprint: String
  /// How many entities these are.
  public var count: Int
  /// How many of the blueprint's are owned.
  public var owned: Int
  /// Why they are held, nil where they are deleted.
  public var hold: HoldReason?
  /// Why they are not desired any more.
  public var cause: PlanCause
  /// The identifiers of the first ones.
  public var examples: [String]
  /// How many entities relate to them: by the blueprint and the relation of those that do.
  public var pointers: [Pointers]

  /// Entities that relate to others.
  public struct Pointers: Sendable, Hashable, Codable {
    /// Their blueprint.
    public var blueprint: String
    /// Their relation.
    public var relation: String
    /// How many they are.
    public var count: Int
    /// Whether they are deleted with what they relate to.
    public var areDeleted: Bool
    /// The first ones.
    public var examples: [EntityKey]

    /// Creates a group.
    public init(_ blueprint: String, _ relation: String, count: Int, areDeleted: Bool, examples: [EntityKey])
    {
      self.blueprint = blueprint
      self.relation = relation
      self.count = count
      self.areDeleted = areDeleted
      self.examples = examples
    }
  }

  /// Creates a group.
  public init(
    _ blueprint: String, count: Int, owned: Int, hold: HoldReason?, cause: PlanCause, examples: [String],
    pointers: [Pointers] = []
  ) {
    self.blueprint = blueprint
    self.count = count
    self.owned = owned
    self.hold = hold
    self.cause = cause
    self.examples = examples
    self.pointers = pointers
  }
}

/// Changes of one field of a blueprint's entities that have the same cause.
public struct ChangeGroup: Sendable, Hashable, Codable {
  /// The blueprint.
  public var blueprint: String
  /// The field: `properties.status`.
  public var field: String
  /// The cause.
  public var cause: PlanCause
  /// How many entities these are.
  public var count: Int
  /// How many of the blueprint's are owned.
  public var owned: Int
  /// From what to what it changes, the most frequent first: a few.
  public var transitions: [Transition]
  /// How many others there are besides ``transitions``.
  public var otherTransitions: Int
  /// The identifiers of the first entities.
  public var examples: [String]

  /// A change from one value to another.
  public struct Transition: Sendable, Hashable, Codable {
    /// The JSON before, nil where there is none.
    public var before: String?
    /// The JSON after, nil where there is none.
    public var after: String?
    /// How many entities change so.
    public var count: Int

    /// Creates a transition.
    public init(before: String?, after: String?, count: Int) {
      self.before = before
      self.after = after
      self.count = count
    }
  }

  /// Creates a group.
  public init(
    _ blueprint: String, _ field: String, cause: PlanCause, count: Int, owned: Int, transitions: [Transition],
    otherTransitions: Int, examples: [String]
  ) {
    self.blueprint = blueprint
    self.field = field
    self.cause = cause
    self.count = count
    self.owned = owned
    self.transitions = transitions
    self.otherTransitions = otherTransitions
    self.examples = examples
  }
}

/// An entity that gets another identifier, or another blueprint.
public struct Rename: Sendable, Hashable, Codable {
  /// What it was known by.
  public var from: EntityKey
  /// What it is known by from now on.
  public var to: EntityKey
  /// What tells that both are the same: `"10042"`, or nil where the config alone changed.
  public var rawIdentity: String?
  /// Why.
  public var cause: PlanCause
  /// Whether what it was known by is held, so that both are there.
  public var isHeld = false

  /// Creates a rename.
  public init(from: EntityKey, to: EntityKey, rawIdentity: String?, cause: PlanCause) {
    self.from = from
    self.to = to
    self.rawIdentity = rawIdentity
    self.cause = cause
  }
}

/// Entities that somebody else wrote last, and that are the integration's from now on.
public struct Takeover: Sendable, Hashable, Codable {
  /// Who wrote them; empty where the catalog does not say.
  public var datasource: String
  /// How many they are.
  public var count: Int

  /// Creates a group.
  public init(_ datasource: String, count: Int) {
    self.datasource = datasource
    self.count = count
  }
}

/// Entities that are as the mapping says and somebody else's, and stay so: nothing is written.
public struct ForeignKeep: Sendable, Hashable, Codable {
  /// Who wrote them; empty where the catalog does not say.
  public var datasource: String
  /// How many they are.
  public var count: Int

  /// Creates a group.
  public init(_ datasource: String, count: Int) {
    self.datasource = datasource
    self.count = count
  }
}
