import JQ
import Portolan
import RawJSON

/// Reads the members of an object by their names, and keeps what is wrong: with their values, and with names that
/// nobody asked for.
struct MemberReader {
  /// What is wrong so far.
  private(set) var problems: [Diagnostic] = []
  /// What messages call the object: `the selector of /api/users`.
  let place: String
  private let path: String
  private let members: [(key: String, value: JSONView)]
  private var known: Set<String> = []

  /// A reader of `object`, whose place among other objects is `path`. Null and empty text are no value.
  init(_ object: JSONView, place: String, path: String = "") {
    self.place = place
    self.path = path
    members = (object.members ?? []).filter { $0.value.kind != .null && $0.value.text != "" }
  }

  /// Records a problem with a member.
  mutating func report(_ rule: Diagnostic.Rule, _ key: String, _ message: String, help: String?) {
    problems.append(
      Diagnostic(.error, rule, "\(message) (in \(place))", help: help, field: path.isEmpty ? key : path + key)
    )
  }

  /// Takes over what was wrong in an object inside of this one.
  mutating func add(_ others: [Diagnostic]) { problems += others }

  /// The members that were not asked for are problems.
  mutating func finish() {
    for key in members.map(\.key) where !known.contains(key) {
      let nearest = Spelling.nearest(to: key, in: known.sorted())
      report(
        .unknownKey, key, "`\(path)\(key)` means nothing here",
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "leave it out; known are \(known.sorted().map { "`\($0)`" }.joined(separator: ", "))")
    }
  }
}

// MARK: Values

extension MemberReader {
  /// The value of any type.
  mutating func value(_ key: String) -> JSONView? {
    known.insert(key)
    return members.last { $0.key == key }?.value
  }

  /// A text, or a number or boolean as it is written.
  mutating func text(_ key: String) -> String? {
    guard let value = value(key) else { return nil }
    if let text = value.text ?? value.number ?? value.boolean.map(String.init) { return text }
    wrongType(key, value, "text")
    return nil
  }

  /// A text that must be there.
  mutating func required(_ key: String, why: String) -> String? {
    let text = text(key)
    if text == nil, value(key) == nil {
      report(.missingKey, key, "`\(path)\(key)` is missing", help: why)
    }
    return text
  }

  /// One of several words.
  mutating func choice(_ key: String, _ words: [String], default standard: String) -> String {
    guard let text = text(key) else { return standard }
    if words.contains(text) { return text }
    let nearest = Spelling.nearest(to: text, in: words)
    report(
      .wrongValue, key, "`\(path)\(key)` cannot be `\(text)`",
      help: nearest.map { "did you mean `\($0)`?" }
        ?? "it can be \(words.map { "`\($0)`" }.joined(separator: ", "))")
    return standard
  }

  /// A number, as JSON or as text.
  mutating func number(_ key: String, _ range: ClosedRange<Double>) -> Double? {
    guard let text = text(key) else { return nil }
    if let number = Double(text), range.contains(number) { return number }
    report(
      .wrongValue, key, "`\(path)\(key)` cannot be `\(text)`",
      help: "write a number from \(Int(range.lowerBound)) to \(Int(range.upperBound))")
    return nil
  }

  /// A whole number, as JSON or as text.
  mutating func integer(_ key: String, _ range: ClosedRange<Int>) -> Int? {
    guard let text = text(key) else { return nil }
    if let number = Int(text), range.contains(number) { return number }
    report(
      .wrongValue, key, "`\(path)\(key)` cannot be `\(text)`",
      help: "write a whole number from \(range.lowerBound) to \(range.upperBound)")
    return nil
  }

  /// True or false, as JSON or as text.
  mutating func flag(_ key: String, default standard: Bool) -> Bool {
    guard let text = text(key) else { return standard }
    switch text.lowercased() {
    case "true", "1", "yes": return true
    case "false", "0", "no": return false
    default:
      report(.wrongValue, key, "`\(path)\(key)` cannot be `\(text)`", help: "write true or false")
      return standard
    }
  }

  /// An object, as JSON or as a text that holds it.
  mutating func object(_ key: String) -> JSONView? {
    guard let value = value(key) else { return nil }
    if value.kind == .object { return value }
    if let text = value.text, let inner = try? JSONView(validating: Array(text.utf8)), inner.kind == .object {
      return inner
    }
    wrongType(key, value, "an object")
    return nil
  }

  /// A reader of an object.
  mutating func reader(_ key: String) -> MemberReader? {
    object(key).map { MemberReader($0, place: place, path: "\(path)\(key).") }
  }

  /// An object of texts, or of lists of them.
  mutating func fields(_ key: String) -> [OceanCustomField] {
    (object(key)?.members ?? []).compactMap { name, value in
      if value.kind == .object || (value.elements ?? []).contains(where: { $0.scalarText == nil }) {
        report(
          .wrongType, "\(key).\(name)", "`\(path)\(key).\(name)` is \(value.kind.phrase)",
          help: "write one value, or a list of them")
        return nil
      }
      let values = (value.elements ?? [value]).compactMap(\.scalarText)
      return OceanCustomField(name: name, values: values)
    }
  }

  /// A jq expression.
  mutating func expression(_ key: String) -> String? {
    guard let written = text(key) else { return nil }
    let text = SingleQuotes.replaced(in: written)
    guard let error = JQExpression(text).syntaxError else { return text }
    report(
      .invalidExpression, key, "`\(path)\(key)` is not jq: \(error)", help: "it is `\(written)`")
    return nil
  }

  private mutating func wrongType(_ key: String, _ value: JSONView, _ expected: String) {
    report(
      .wrongType, key, "`\(path)\(key)` is \(value.kind.phrase), not \(expected)", help: nil)
  }
}

/// A header or a parameter with its values.
struct OceanCustomField: Sendable, Hashable {
  var name: String
  var values: [String]
}

extension JSONView {
  /// A value that is no list and no object, as text; null as none.
  fileprivate var scalarText: String? {
    kind == .null ? "" : text ?? number ?? boolean.map(String.init)
  }
}
