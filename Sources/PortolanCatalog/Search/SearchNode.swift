import RawJSON

/// A part of a search query.
indirect enum SearchNode: Sendable {
  /// All of these.
  case all([SearchNode])
  /// One of these; of none, none.
  case any([SearchNode])
  /// A field's value is so.
  case field(SearchField, SearchTest)
  /// The entity is related to one of these.
  case related(RelatedRule)
  /// The entity is one of these: what a ``related(_:)`` came to.
  case keys(Set<SearchKey>)
}

/// An entity's key by its bytes: `String` takes texts for equal that JSON does not.
struct SearchKey: Hashable, Sendable {
  private let blueprint: [UInt8]
  private let identifier: [UInt8]

  init(_ key: EntityKey) {
    blueprint = Array(key.blueprint.utf8)
    identifier = Array(key.identifier.utf8)
  }
}

/// Where a rule looks.
enum SearchField: Sendable, Hashable {
  /// What every entity has.
  enum Meta: String, Sendable, CaseIterable {
    case identifier = "$identifier"
    case title = "$title"
    case icon = "$icon"
    case team = "$team"
    case blueprint = "$blueprint"
    case datasource = "$datasource"
    case createdAt = "$createdAt"
    case updatedAt = "$updatedAt"
  }

  case meta(Meta)
  /// A property, or a relation where there is no such property.
  case named(String)
  /// A relation.
  case relation(String)
  /// Every property whose values are so.
  case schema(type: JSONKind, format: String?)
}

/// What a rule asks of a value.
struct SearchTest: Sendable {
  var check: SearchCheck
  /// Whether it is asked for what does not pass the check, which what is not there does not.
  var isNegated = false
}

/// A check that a value passes or not.
enum SearchCheck: Sendable {
  case equals(SearchValue)
  /// One of the texts, or of the other values.
  case isOneOf([SearchValue], texts: Set<[UInt8]>)
  case isEmpty
  case compares(SearchOrder, SearchValue)
  case isBetween(SearchValue, SearchValue)
  case isWithin(SearchInstant, SearchInstant)
  case contains(SearchValue)
  case containsAny([SearchValue], texts: Set<[UInt8]>)
  case begins([UInt8])
  case ends([UInt8])
  /// As people search: whatever letters are capital ones.
  case mentions(String)
}

/// How a value is to be ordered.
enum SearchOrder: Sendable {
  case less
  case atMost
  case greater
  case atLeast
}
