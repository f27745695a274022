/// A relation from one blueprint's entities to another's.
public struct BlueprintRelation: Sendable, Hashable {
  /// The blueprint of the entities that it leads to.
  public var target: String
  /// Whether an entity may be related to several.
  public var many: Bool
  /// Whether an entity must have it.
  public var required: Bool

  /// Creates a relation.
  public init(target: String, many: Bool = false, required: Bool = false) {
    self.target = target
    self.many = many
    self.required = required
  }
}
