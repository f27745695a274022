/// A setting of a kind's selector: what a mapping's author can tell the fetcher.
package struct SelectorSetting: Sendable {
  /// What a setting's value can be. Null is always allowed: it is no value.
  package enum Kind: String, Sendable, CaseIterable {
    case string, integer, number, boolean, list, object, any
  }

  /// Its key in the selector.
  package var name: String
  /// What its value can be.
  package var kind: Kind
  /// The value where the selector has none, as JSON; nil for null.
  package var defaultJSON: String?
  /// What it does, nil where the file does not say.
  package var description: String?
  /// The only texts that are allowed; empty for any.
  package var values: [String]
  /// Whether a selector must have it.
  package var isRequired: Bool
  /// Where it is defined.
  package var location: SourceLocation
}
