/// Which item of a resource is to be explained.
public enum ItemChoice: Sendable, Hashable {
  /// The first item; where no object yields one, the first object.
  case first
  /// The item with this number: counted from 1 over all fixtures of the kind, in their order, those that
  /// the selector turns away included.
  case number(Int)
  /// The item whose entity has this identifier, whether or not the selector keeps it.
  case identifier(String)
}
