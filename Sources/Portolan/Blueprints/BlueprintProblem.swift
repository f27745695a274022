import RawJSON

/// What a blueprint has against a field of a mapping, whether it is told from the text or from what came out.
package enum BlueprintProblem: Hashable, Sendable {
  /// There is no such blueprint.
  case unknownBlueprint
  /// The blueprint has no such property.
  case unknownProperty
  /// The blueprint has no such relation.
  case unknownRelation
  /// A relation of the blueprint, among the properties.
  case misplacedRelation
  /// A property of the blueprint, among the relations.
  case misplacedProperty
  /// The catalog sets the property itself.
  case computedProperty
  /// The relation leads to a blueprint that there is not.
  case unknownTarget(String)
  /// The blueprint requires a property that no mapping sets.
  case unmappedProperty(String)
  /// The blueprint requires a relation that no mapping sets.
  case unmappedRelation(String)
  /// A property or relation that must have a value is null.
  case requiredNull
  /// A value of another type.
  case type(BlueprintProperty.ValueType, found: JSONKind)
  /// An array with an element of another type.
  case elementType(BlueprintProperty.ValueType, found: JSONKind)
  /// A string, or one in an array, that does not look as it must.
  case format(ValueFormat, inArray: Bool)
  /// A value, or one in an array, that is none of these.
  case choice([String], inArray: Bool)
  /// An array for a relation to one, or something else that is no identifier.
  case noIdentifier(found: JSONKind)
  /// Something else than an array for a relation to many.
  case noIdentifiers(found: JSONKind)
  /// An array for a relation to many with something in it that is no identifier.
  case noIdentifierInArray(found: JSONKind)
  /// A relation to an entity of that blueprint that no fixture makes.
  case missingTarget(String)

  /// The rule that it breaks.
  var rule: Diagnostic.Rule {
    switch self {
    case .unknownBlueprint: .unknownBlueprint
    case .unknownProperty: .unknownProperty
    case .unknownRelation: .unknownRelation
    case .misplacedRelation, .misplacedProperty: .misplacedField
    case .computedProperty: .computedProperty
    case .unknownTarget: .unknownTarget
    case .unmappedProperty, .unmappedRelation, .requiredNull: .missingRequired
    case .type, .elementType, .format, .choice, .noIdentifier, .noIdentifiers, .noIdentifierInArray:
      .wrongValue
    case .missingTarget: .missingTarget
    }
  }

  /// How bad it is, always: what the catalog may take all the same is a warning.
  var severity: Diagnostic.Severity {
    switch rule {
    case .unknownTarget, .missingRequired, .missingTarget: .warning
    default: .error
    }
  }

  /// Whether it is wrong by its key, whatever its value is.
  var isAtKey: Bool {
    switch self {
    case .unknownProperty, .unknownRelation, .misplacedRelation, .misplacedProperty, .computedProperty,
      .unknownTarget:
      true
    default: false
    }
  }
}

extension Diagnostic.Rule {
  /// A blueprint that `blueprints.json` does not have.
  public static let unknownBlueprint = Self("unknown-blueprint")
  /// A property that the blueprint does not have.
  public static let unknownProperty = Self("unknown-property")
  /// A relation that the blueprint does not have.
  public static let unknownRelation = Self("unknown-relation")
  /// A relation to a blueprint that `blueprints.json` does not have.
  public static let unknownTarget = Self("unknown-target")
  /// A relation under `properties`, or a property under `relations`.
  public static let misplacedField = Self("misplaced-field")
  /// A property that the catalog computes itself.
  public static let computedProperty = Self("computed-property")
  /// A property or relation that the blueprint requires and no mapping sets.
  public static let missingRequired = Self("missing-required")
  /// A value that the blueprint does not allow.
  public static let wrongValue = Self("wrong-value")
  /// A relation to an entity that no fixture makes.
  public static let missingTarget = Self("missing-target")
}
