import RawJSON

/// jq as it is written into a mapping.
enum JQText {
  /// A string literal. A mapping's single quotes may be made double, so there is none in it.
  static func string(_ text: String) -> String {
    JSONText.quoted(text).replacing("'", with: "\\u0027")
  }

  /// The path to a key, from `.`: `.fields["x-y"].name`.
  static func path(_ keys: [String]) -> String {
    JSONPath(keys.map { .key($0) }).description.replacing("'", with: "\\u0027")
  }
}
