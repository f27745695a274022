import RawJSON

/// Something doubtful that a field gives, the same for all entities that share it.
struct Finding: Hashable {
  /// What is doubtful.
  enum Problem: Hashable {
    /// The blueprint is not known; the nearest one is.
    case unknownBlueprint(nearest: String?)
    /// The blueprint has no such property.
    case unknownProperty(nearest: String?)
    /// The blueprint has no such relation.
    case unknownRelation(nearest: String?)
    /// The catalog sets the property itself.
    case computedProperty
    /// A property or relation that must be there is null.
    case requiredNull
    /// A property or relation that must be there is not mapped.
    case requiredAbsent
    /// A value of another type.
    case type(expected: BlueprintProperty.ValueType, found: JSONKind)
    /// An element of another type.
    case elementType(expected: BlueprintProperty.ValueType, found: JSONKind)
    /// A text, or one in a list, that looks different.
    case format(ValueFormat, inList: Bool)
    /// A value, or one in a list, that is none of these.
    case choice([String], inList: Bool)
    /// One value for a relation to many.
    case oneForMany
    /// A list for a relation to one.
    case manyForOne
    /// A relation to an entity of that blueprint that no fixture makes.
    case missingTarget(String)
  }

  /// The number of the resource in the config.
  let resource: Int
  /// The number of the mapping in the resource.
  let mapping: Int
  /// The entities' blueprint.
  let blueprint: String
  /// The field's place in the mapping: `properties.url`.
  let field: String
  let problem: Problem
}

/// Findings, each with how often it was made and a first example, in the order in which they came up.
struct FindingTally {
  /// What is known of a finding.
  struct Count {
    let finding: Finding
    /// The entities with it.
    fileprivate(set) var entities = 0
    /// The first entity's identifier.
    let identifier: String
    /// The first entity's value, as JSON.
    let value: String?
  }

  private(set) var counts: [Count] = []
  private var places: [Finding: Int] = [:]

  /// Whether the finding was made before.
  func has(_ finding: Finding) -> Bool { places[finding] != nil }

  /// Counts an entity with `finding`; `value` is what it gives, as JSON, and kept of the first one.
  mutating func add(_ finding: Finding, _ entity: Entity, value: String?) {
    if let place = places[finding] {
      counts[place].entities += 1
    } else {
      places[finding] = counts.count
      counts.append(
        Count(finding: finding, entities: 1, identifier: entity.identifier.description, value: value))
    }
  }
}
