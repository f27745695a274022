import RawJSON

/// Guesses which key of an object is meant.
enum LikelyKey {
  /// Names of keys that identify an object, the likeliest first.
  private static let identifiers = [
    "identifier", "key", "slug", "id", "accountId", "uuid", "login", "uniqueName", "username", "name",
  ]
  private static let titles = [
    "name", "displayName", "title", "summary", "label", "key", "login", "uniqueName",
  ]

  /// Keys that almost every object has, so that `priority.summary` is not the object's `summary`.
  private static let common: Set<String> = [
    "id", "key", "name", "title", "summary", "message", "description", "url", "html_url", "self", "link",
    "type", "email",
    "displayName",
  ]
  /// Keys under which an answer or an event has the object itself.
  private static let wrappers: Set<String> = [
    "attributes", "body", "content", "data", "fields", "item", "meta", "metadata", "node", "object",
    "payload",
    "properties",
    "resource", "result", "spec", "value",
  ]

  /// Whether `key` of the object itself may be meant where it is read of the object's `wrapper`, which is not there.
  static func isMeant(_ key: String, without wrapper: String) -> Bool {
    wrappers.contains(wrapper) || !common.contains(key)
  }

  /// The key that identifies an object, nil where none looks like it.
  static func identifier(among keys: [String]) -> String? {
    identifiers.first(where: keys.contains)
      ?? keys.first { $0.hasSuffix("Id") || $0.hasSuffix("_id") || $0.hasSuffix("Key") }
      ?? keys.first { $0 == "value" }
  }

  /// The key of the text that people know an object by.
  static func text(among keys: [String]) -> String? {
    titles.first(where: keys.contains) ?? identifier(among: keys) ?? keys.first
  }

  /// `text` followed by a step to `key`, as jq writes it.
  static func path(_ expression: ConfigExpression, _ key: String) -> String {
    let text = expression.text.trimmed.shortened(to: 60)
    let step = KeyStep.text(key)
    if text.isEmpty || text == "." { return step }
    let isPath = !(expression.expression.program?.body?.readSteps?.isEmpty ?? true)
    return isPath ? text + step : "\(text) | \(step)"
  }

  /// `text` with `key` taken of each of its elements.
  static func list(_ expression: ConfigExpression, _ key: String) -> String {
    "\(expression.text.trimmed.shortened(to: 60)) | map(\(KeyStep.text(key)))"
  }
}
