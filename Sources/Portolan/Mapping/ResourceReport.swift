/// What mapping a resource's raw objects came to.
///
/// ```swift
/// for report in mapping.report(on: mapping.map(page, kind: "issue")) {
///   print("\(report.mapped) of \(report.items) items; incomplete: \(!report.isComplete)")
/// }
/// ```
///
/// Delete nothing because it is absent from a run whose ``isComplete`` is false.
public struct ResourceReport: Sendable {
  /// The kind of the raw objects.
  public let kind: String
  /// The resource's place in the config, counted from 0.
  public let index: Int
  /// Raw objects that came in.
  public internal(set) var raw = 0
  /// How large they were, in bytes of JSON.
  public internal(set) var rawBytes = 0
  /// Raw objects of which `itemsToParse` made no list.
  public internal(set) var unparsed = 0
  /// Raw objects whose list of items, by `itemsToParse`, is empty.
  public internal(set) var withoutItems = 0
  /// Items that became entities.
  public internal(set) var mapped = 0
  /// Items that the selector turned away.
  public internal(set) var filtered = 0
  /// Items without an identifier or a blueprint: ``missing`` says which of them.
  public internal(set) var skipped = 0
  /// What skipped items did not have: the identifiers and blueprints without which there was no entity, in the order of
  /// the mappings.
  public internal(set) var missing: [MissingField] = []
  /// The first few objects of which no entity was made, in the order in which they came.
  public internal(set) var unmapped: [UnmappedObject] = []
  /// The first object on which each field failed, each object once.
  var failing: [RawObject] = []
  /// Items whose selector gave neither true nor false, and raw objects that are no JSON object.
  public internal(set) var failed = 0
  /// Items that passed the selector: those that the fields were evaluated on. Counted once, whatever the
  /// number of mappings.
  public internal(set) var passed = 0
  /// The fields that were null or failed, in the mapping's order.
  public internal(set) var fields: [FieldReport] = []
  /// What went wrong with single objects: the first few of each rule.
  public internal(set) var diagnostics: [Diagnostic] = []
  /// The fields whose expressions do not compile, by their places in the resource.
  package internal(set) var rejectedFields: Set<String> = []
  /// The fields whose expressions went on too long or took too much on an object, and so were ended.
  package internal(set) var ended: Set<String> = []
  /// Whether every expression of the resource compiles.
  public internal(set) var compiles = true
  /// Whether the fetcher supplied all that it had; otherwise nothing may be concluded from what is absent.
  public internal(set) var isComplete = true

  /// Items that came to the selector, once for each mapping of a list of mappings.
  public var items: Int { mapped + filtered + skipped + failed }
}

/// An identifier or a blueprint without which items were skipped.
public struct MissingField: Sendable, Hashable {
  /// The field's place in the mapping: `identifier`, `mappings[1].blueprint`.
  public let field: String
  /// The expression as it was written.
  public let expression: String
  /// Where the expression is.
  public let location: SourceLocation
  /// How many items were skipped for it. An item without both counts for its identifier.
  public internal(set) var count = 0
}

/// How a field did over all items that passed the selector.
public struct FieldReport: Sendable, Hashable {
  /// The field's place in the mapping: `properties.url`.
  public let field: String
  /// The expression as it was written.
  public let expression: String
  /// Where the expression is.
  public let location: SourceLocation
  /// How often it was null, errors included.
  public internal(set) var nulls = 0
  /// How often it failed.
  public internal(set) var errors = 0
  /// jq's message for the first failure.
  public internal(set) var message: String?
}
