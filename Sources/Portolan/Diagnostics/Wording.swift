import RawJSON

extension String {
  /// The text, cut to `limit` characters with an ellipsis if it is longer.
  func shortened(to limit: Int) -> String {
    count > limit ? prefix(limit - 1) + "…" : self
  }
}

extension JSONKind {
  /// The kind with its article, in plain English.
  var words: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
