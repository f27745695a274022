/// What values a property may have.
public struct BlueprintProperty: Sendable, Hashable {
  /// A JSON type, by the word that a blueprint uses.
  public enum ValueType: String, Sendable, Hashable, CaseIterable {
    /// A text.
    case string
    /// A number.
    case number
    /// True or false.
    case boolean
    /// A list.
    case array
    /// An object.
    case object
  }

  /// The values' type, nil where the blueprint names none that is known.
  public var type: ValueType?
  /// What the texts look like: `date-time`, `url`, `email`, `user`, `team`, `markdown`, …
  public var format: String?
  /// The only values that are allowed, each as compact JSON; nil where all are.
  public var enumValues: [String]?
  /// The type of an array's elements.
  public var itemsType: ValueType?
  /// What the texts in an array look like.
  public var itemsFormat: String?
  /// The only elements that are allowed, each as compact JSON; nil where all are.
  public var itemsEnumValues: [String]?

  /// Creates a property that takes values of `type`, or of any type.
  public init(type: ValueType? = nil) {
    self.type = type
  }
}
