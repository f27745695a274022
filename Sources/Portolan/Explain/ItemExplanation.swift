/// How one item becomes entities, step by step.
public struct ItemExplanation: Sendable {
  /// What becomes of the item.
  public enum Verdict: Sendable, Hashable {
    /// The selector keeps it.
    case kept
    /// The selector turns it away.
    case filtered
    /// The selector gives neither true nor false; the text says what.
    case failed(String)
    /// The object yields no item: `itemsToParse` gave no list, or an empty one.
    case noItem
    /// The object is no valid JSON object.
    case invalid(Diagnostic)
  }

  /// What a mapping makes of the item.
  public enum Result: Sendable, Hashable {
    /// An entity.
    case entity(Entity)
    /// None, for want of this field: it is null, false, `""`, 0, `[]` or `{}`.
    case skipped(field: String)
  }

  /// The kind of the raw object.
  public let kind: String
  /// Where the resource is in the config.
  public let location: SourceLocation
  /// Where the raw object begins.
  public let origin: SourceLocation?
  /// The item's number, counted from 1 over all fixtures of the kind; nil where there is no item.
  public let number: Int?
  /// How many items of the kind there are.
  public let total: Int
  /// How the object became items, nil where each object is one.
  public let list: ListExplanation?
  /// The selector, nil where nothing was evaluated.
  public let selector: ExpressionExplanation?
  /// What becomes of the item.
  public let verdict: Verdict
  /// The fields, in the mapping's order. They are evaluated here even for an item that is turned away.
  public let fields: [ExpressionExplanation]
  /// What each mapping makes of it; none where the selector does not keep it.
  public let results: [Result]
}

/// How one object became items.
public struct ListExplanation: Sendable {
  /// The `itemsToParse`.
  public let expression: ExpressionExplanation
  /// How many items came of the object, nil where the expression gave no list.
  public let count: Int?
  /// The item's place in the list, counted from 1; nil where there is none.
  public let place: Int?
  /// Under which key the item is in the object.
  public let name: String
  /// The path that is removed from the object, as jq writes it; nil where nothing is.
  public let removed: String?
}
