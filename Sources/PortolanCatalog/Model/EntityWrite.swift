import Portolan

/// An entity that is to be written.
public struct EntityWrite: Sendable, Hashable {
  /// The entity as one line of JSON, UTF-8: what the mapping names, and nothing else.
  public var json: [UInt8]
  /// What it was made of, for the catalog's history.
  public var origin: EntityOrigin?
  /// The raw object that it was made of, where the catalog is to keep it.
  public var raw: [UInt8]?

  /// Creates a write.
  public init(json: [UInt8], origin: EntityOrigin? = nil, raw: [UInt8]? = nil) {
    self.json = json
    self.origin = origin
    self.raw = raw
  }
}

/// What an entity was made of: mapping the same object with the same config again gives the same entity.
public struct EntityOrigin: Sendable, Hashable, Codable {
  /// The kind of the raw object.
  public var kind: String
  /// The resource's place in the config, counted from 0.
  public var resource: Int
  /// Which of the resource's mappings made it, counted from 0.
  public var mapping: Int
  /// Where the raw object begins, nil where that is not known.
  public var location: SourceLocation?
  /// The raw object's SHA-256 in hexadecimal digits.
  public var rawHash: String
  /// What the raw object calls itself, `"10042"` as JSON, nil where it has no `id` or the like.
  public var rawIdentity: String?

  /// Creates an origin.
  public init(
    kind: String, resource: Int, mapping: Int, location: SourceLocation?, rawHash: String,
    rawIdentity: String?
  ) {
    self.kind = kind
    self.resource = resource
    self.mapping = mapping
    self.location = location
    self.rawHash = rawHash
    self.rawIdentity = rawIdentity
  }
}

/// How entities are written.
public struct UpsertOptions: Sendable, Hashable, Codable {
  /// Whether what a write does not name stays; otherwise it goes.
  public var merges: Bool
  /// Whether a relation's missing target is created bare; otherwise such an entity is refused.
  public var createsMissingRelated: Bool

  /// Creates options.
  public init(merges: Bool = true, createsMissingRelated: Bool = true) {
    self.merges = merges
    self.createsMissingRelated = createsMissingRelated
  }
}

/// What became of one entity of a write or a deletion.
public enum WriteOutcome: Sendable, Hashable {
  /// It is as it should be. `identifier` is the catalog's own: what a search query was resolved to.
  case done(identifier: String, isNew: Bool)
  /// The catalog did not take it.
  case refused(Refusal)
  /// It was not sent: somebody else has written the entity since its raw object was read. See ``SyncGate``.
  case overtaken

  /// Why a catalog did not take an entity.
  public struct Refusal: Sendable, Hashable, Codable {
    /// The HTTP status that stands for it: 404, 409, 413, 422, 500, …
    public var status: Int
    /// The catalog's word for it: `invalid_request`, `not_found`, …
    public var code: String
    /// The catalog's own words.
    public var message: String
    /// Whether it is a search query that no entity matches: Ocean passes over these without a word.
    public var isUnresolvedQuery: Bool

    /// Creates a refusal.
    public init(status: Int, code: String, message: String, isUnresolvedQuery: Bool = false) {
      self.status = status
      self.code = code
      self.message = message
      self.isUnresolvedQuery = isUnresolvedQuery
    }
  }
}
