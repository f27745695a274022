/// What becomes of a kind's objects: a blueprint, and the mapping to it.
struct KindPlan {
  /// The kind's name.
  var kind: String
  /// The blueprint's identifier: `acmeIssue`.
  var blueprint: String
  /// What people see it called.
  var title: String
  var icon: String
  var identifier: IdentifierPlan
  /// jq: the entity's title.
  var titleExpression: String
  var properties: [PropertyPlan] = []
  var relations: [RelationPlan] = []
  /// What the mapping leaves out, in jq's paths, with why.
  var leftOut: [LeftOut] = []
  /// Relations that some of the samples speak for.
  var doubtful: [DoubtfulRelation] = []
  var request: KindRequest
  var count: Int

  /// What is not mapped.
  struct LeftOut: Hashable {
    enum Reason: Hashable {
      /// It is null, or an empty list, in every sample.
      case null
      /// It is deep inside, or one of too many.
      case room
      /// It is of several types.
      case mixed
    }

    var path: String
    var reason: Reason
  }

  /// A relation to which some of the values speak.
  struct DoubtfulRelation {
    var name: String
    var target: String
    var expression: String
    var known: Int
    var total: Int
  }
}

/// How an entity is identified.
struct IdentifierPlan: Equatable {
  /// The path to the key; empty where several keys make it, or all.
  var path: [String]
  /// jq.
  var expression: String
  /// Whether characters that no identifier has are replaced.
  var isCleaned = false
  /// What there is to say of it.
  var comment: String?
}

/// A property of a blueprint, and the expression that sets it.
struct PropertyPlan {
  enum ValueType: String {
    case string, number, boolean, array, object
  }

  var name: String
  var title: String
  var type: ValueType
  var format: TextFormat?
  var values: [String] = []
  /// The type of an array's elements; nil where they are several or not known.
  var itemsType: ValueType?
  var itemsFormat: TextFormat?
  var description: String?
  /// jq.
  var expression: String
  /// What there is to say of the expression.
  var comment: String?
}

/// A relation of a blueprint, and the expression that sets it.
struct RelationPlan {
  var name: String
  var title: String
  /// The kind that it leads to.
  var kind: String
  /// The blueprint that it leads to.
  var target: String
  var isMany: Bool
  /// jq.
  var expression: String
  /// Where what is related is: nothing below becomes a property.
  var covers: [[String]]
}
