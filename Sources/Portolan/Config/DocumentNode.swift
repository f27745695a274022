import YAMLTree

/// A value of a document as its grammar takes it, with its key and its place.
///
/// A key that is left out, or has no value where it needs none, has no node.
struct DocumentNode: Sendable {
  /// What a value is.
  enum Content: Sendable {
    case flag(Bool)
    case number(Double)
    case text(String)
    case expression(ConfigExpression)
    case template(Template)
    /// The values of a mapping, in the file's order. `rows` are the keys that its part has; none where the
    /// author chooses the keys.
    case mapping([DocumentNode], rows: [Grammar.Row])
    case list([DocumentNode])
    /// A value that the grammar does not look into.
    case anything
    /// Something else than the grammar allows; what is wrong has been said.
    case wrong
  }

  /// Its place in the document: `resources[0].port`; empty for the document itself.
  let path: String
  /// Its key, nil for the document itself and for what is in a list.
  let key: YAMLNode?
  /// The value in the file.
  let yaml: YAMLNode
  /// What it is.
  let content: Content
  /// Whether there is no error in it.
  let isWellFormed: Bool

  /// The text of its key.
  var name: String? { key?.string }

  /// The value of a key; nil where there is none, or this is no mapping.
  subscript(key: String) -> DocumentNode? {
    members?.first { $0.name == key }
  }

  /// A mapping's values, in the file's order; nil for anything else.
  var members: [DocumentNode]? {
    if case .mapping(let members, _) = content { members } else { nil }
  }

  /// A list's values; nil for anything else.
  var elements: [DocumentNode]? {
    if case .list(let elements) = content { elements } else { nil }
  }

  /// The jq expression that it is, nil for anything else.
  var expression: ConfigExpression? {
    if case .expression(let expression) = content { expression } else { nil }
  }

  /// The template that it is, nil for anything else.
  var template: Template? {
    if case .template(let template) = content { template } else { nil }
  }

  /// The number that it is, nil for anything else.
  var number: Double? {
    if case .number(let number) = content { number } else { nil }
  }

  /// The whole number that it is, nil for anything else.
  var integer: Int? { number.flatMap(Int.init(exactly:)) }

  /// The name or text that it is, nil for anything else.
  var text: String? {
    if case .text(let text) = content { text } else { nil }
  }

  /// The boolean of a key; the grammar's default where it is left out or wrong.
  func flag(_ key: String) -> Bool {
    if case .flag(let value) = self[key]?.content { return value }
    if case .flag(let value) = row(key)?.value { return value }
    return false
  }

  /// The number of a key; the grammar's default where it is left out or wrong.
  func number(_ key: String) -> Double {
    if let value = self[key]?.number { return value }
    return row(key)?.value.defaultNumber ?? 0
  }

  /// The whole number of a key; the grammar's default where it is left out or wrong.
  func integer(_ key: String) -> Int { Int(exactly: number(key)) ?? 0 }

  /// The name or text of a key; the grammar's default where it is left out or wrong.
  func text(_ key: String) -> String? {
    self[key]?.text ?? row(key)?.value.defaultText
  }

  private func row(_ key: String) -> Grammar.Row? {
    guard case .mapping(_, let rows) = content else { return nil }
    return rows.first { $0.key == key }
  }
}

extension Grammar.Value {
  /// What a text is where it is left out.
  var defaultText: String? {
    switch self {
    case .name(let text), .text(let text), .jq(let text), .choice(_, let text): text
    default: nil
    }
  }

  /// What a number is where it is left out.
  var defaultNumber: Double? {
    switch self {
    case .number(_, let number): number
    case .integer(_, let number): number.map(Double.init)
    default: nil
    }
  }
}
