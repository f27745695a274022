import RawJSON

/// A value that somebody has written for a setting, before it is known of what type it must be.
enum SettingValue: Sendable {
  /// A variable's value, or a scalar in a file.
  case text(String)
  /// An object or an array, as JSON.
  case json(String)

  /// The value that JSON holds; nil for null.
  init?(_ view: JSONView) {
    switch view.kind {
    case .null: return nil
    case .object, .array: self = .json(view.json)
    default: self = .text(view.text ?? view.json)
    }
  }

  /// Whether nothing is written, which counts as not set.
  var isEmpty: Bool {
    if case .text(let text) = self { text.isEmpty } else { false }
  }

  /// All texts in it that would tell what it is.
  var leaves: [String] {
    switch self {
    case .text(let text):
      guard let view = Self.container(text) else { return [text] }
      return [text] + Self.leaves(of: view)
    case .json(let json): return [json] + Self.leaves(of: JSONView(valid: Array(json.utf8)))
    }
  }

  private static func container(_ text: String) -> JSONView? {
    guard let view = try? JSONView(validating: Array(text.utf8)) else { return nil }
    return view.kind == .object || view.kind == .array ? view : nil
  }

  private static func leaves(of view: JSONView) -> [String] {
    switch view.kind {
    case .object: (view.members ?? []).flatMap { leaves(of: $0.value) }
    case .array: (view.elements ?? []).flatMap { leaves(of: $0) }
    case .string: [view.text ?? ""]
    case .number: [view.json]
    case .null, .boolean: []
    }
  }
}

// MARK: Types

extension SettingValue {
  /// Why a value is not of its type: what completes "`name` is …", without the value itself.
  struct TypeProblem: Error {
    /// What it would have to be.
    var message: String
    /// What to write.
    var help: String
  }

  /// The value as JSON of a type of `spec.yml`; a type that is not known takes anything.
  func json(as type: String) throws(TypeProblem) -> String {
    switch type {
    case "boolean": try boolean()
    case "integer": try integer()
    case "number": try number()
    case "url": JSONText.quoted(try url())
    case "object": try container(.object, "a JSON object", #"{"key": "value"}"#)
    case "array": try container(.array, "a JSON array", #"["one", "two"]"#)
    case "string": JSONText.quoted(try text("text"))
    default: other
    }
  }

  private var other: String {
    switch self {
    case .text(let text): JSONText.quoted(text)
    case .json(let json): json
    }
  }

  private func text(_ what: String) throws(TypeProblem) -> String {
    if case .text(let text) = self { return text }
    throw TypeProblem(message: "not \(what), but a list or an object", help: "write it as one text")
  }

  /// The words are those that Ocean takes.
  private func boolean() throws(TypeProblem) -> String {
    switch try text("true or false").lowercased() {
    case "true", "yes", "on", "1", "t", "y": return "true"
    case "false", "no", "off", "0", "f", "n": return "false"
    default: throw TypeProblem(message: "neither true nor false", help: "write `true` or `false`")
    }
  }

  private func integer() throws(TypeProblem) -> String {
    guard let integer = Int(try text("an integer")) else {
      throw TypeProblem(message: "not an integer", help: "write digits only, as `100`")
    }
    return String(integer)
  }

  private func number() throws(TypeProblem) -> String {
    let text = try text("a number")
    guard let view = try? JSONView(validating: Array(text.utf8)), view.kind == .number else {
      throw TypeProblem(message: "not a number", help: "write it as `100` or `0.5`")
    }
    return view.json
  }

  /// The address without the slashes at its end, to which a path is added.
  private func url() throws(TypeProblem) -> String {
    var text = try text("an address")
    let lower = text.lowercased()
    guard let scheme = ["http://", "https://"].first(where: lower.hasPrefix) else {
      throw TypeProblem(
        message: "not an address that begins with http:// or https://",
        help: "write it as `https://example.com`")
    }
    let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    guard !host.isEmpty, !host.hasPrefix(":") else {
      throw TypeProblem(message: "an address without a host", help: "write it as `\(scheme)example.com`")
    }
    guard !text.contains(where: { $0.isWhitespace }) else {
      throw TypeProblem(
        message: "an address with white space in it", help: "write it as `\(scheme)example.com`")
    }
    while text.hasSuffix("/") { text.removeLast() }
    return text
  }

  private func container(
    _ kind: JSONKind, _ what: String, _ example: String
  ) throws(TypeProblem) -> String {
    let json =
      switch self {
      case .text(let text): text
      case .json(let json): json
      }
    guard let view = try? JSONView(validating: Array(json.utf8)), view.kind == kind else {
      throw TypeProblem(message: "not \(what)", help: "write it as `\(example)`")
    }
    return view.json
  }
}
