import Foundation

/// Says whether a JSON value is valid by a JSON Schema: the keywords of draft 7 that this project's schemas use.
struct SchemaValidator {
  let root: [String: Any]

  func isValid(_ value: Any) -> Bool { isValid(value, root) }

  private func isValid(_ value: Any, _ schema: [String: Any]) -> Bool {
    if let reference = schema["$ref"] as? String {
      guard let name = reference.split(separator: "/").last,
        let definition = (root["definitions"] as? [String: Any])?[String(name)] as? [String: Any]
      else { return false }
      return isValid(value, definition)
    }
    return hasType(value, schema["type"]) && isAmong(value, schema) && isInRange(value, schema)
      && hasMembers(value, schema) && isCombined(value, schema)
  }

  private func hasType(_ value: Any, _ type: Any?) -> Bool {
    guard let type else { return true }
    let types = type as? [String] ?? [type as? String ?? ""]
    let isWhole = (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    return types.contains(Self.type(value))
      || (types.contains("integer") && isWhole && Self.type(value) == "number")
  }

  static func type(_ value: Any) -> String {
    switch value {
    case is NSNull: "null"
    case is String: "string"
    case is [Any]: "array"
    case is [String: Any]: "object"
    case let number as NSNumber: isBoolean(number) ? "boolean" : "number"
    default: "?"
    }
  }

  private func isAmong(_ value: Any, _ schema: [String: Any]) -> Bool {
    let allowed = schema["enum"] as? [String] ?? (schema["const"] as? String).map { [$0] }
    guard allowed?.contains(value as? String ?? "\u{0}") ?? true else { return false }
    guard let pattern = schema["pattern"] as? String, let text = value as? String else { return true }
    return Self.matches(text, pattern)
  }

  private static func matches(_ text: String, _ pattern: String) -> Bool {
    (try? Regex(pattern)).map { text.contains($0) } ?? false
  }

  private func isInRange(_ value: Any, _ schema: [String: Any]) -> Bool {
    if let text = value as? String { return text.count >= schema["minLength"] as? Int ?? 0 }
    guard let number = (value as? NSNumber)?.doubleValue else { return true }
    return number >= schema["minimum"] as? Double ?? -.infinity
      && number <= schema["maximum"] as? Double ?? .infinity
  }

  private func hasMembers(_ value: Any, _ schema: [String: Any]) -> Bool {
    if let elements = value as? [Any], let items = schema["items"] as? [String: Any] {
      return elements.allSatisfy { isValid($0, items) }
    }
    guard let members = value as? [String: Any] else { return true }
    let known = schema["properties"] as? [String: [String: Any]] ?? [:]
    let needed = (schema["dependencies"] as? [String: [String]] ?? [:]).filter { members[$0.key] != nil }
    return ((schema["required"] as? [String] ?? []) + needed.flatMap(\.value)).allSatisfy {
      members[$0] != nil
    }
      && members.allSatisfy { key, value in isMember(key, value, known[key], schema) }
  }

  private func isMember(
    _ key: String, _ value: Any, _ known: [String: Any]?, _ schema: [String: Any]
  ) -> Bool {
    if let names = schema["propertyNames"] as? [String: Any], !isValid(key, names) { return false }
    let patterns = schema["patternProperties"] as? [String: [String: Any]] ?? [:]
    let fitting = patterns.filter { Self.matches(key, $0.key) }.map(\.value)
    if let known { return isValid(value, known) }
    if !fitting.isEmpty { return fitting.allSatisfy { isValid(value, $0) } }
    if let others = schema["additionalProperties"] as? [String: Any] { return isValid(value, others) }
    return schema["additionalProperties"] as? Bool ?? true
  }

  private func isCombined(_ value: Any, _ schema: [String: Any]) -> Bool {
    if let all = schema["allOf"] as? [[String: Any]], !all.allSatisfy({ isValid(value, $0) }) { return false }
    if let any = schema["anyOf"] as? [[String: Any]], !any.contains(where: { isValid(value, $0) }) {
      return false
    }
    if let one = schema["oneOf"] as? [[String: Any]], one.count(where: { isValid(value, $0) }) != 1 {
      return false
    }
    if let unwanted = schema["not"] as? [String: Any], isValid(value, unwanted) { return false }
    guard let condition = schema["if"] as? [String: Any], isValid(value, condition) else { return true }
    return (schema["then"] as? [String: Any]).map { isValid(value, $0) } ?? true
  }
}

/// Whether a number of `JSONSerialization` was `true` or `false`.
private func isBoolean(_ number: NSNumber) -> Bool {
  String(cString: number.objCType) == "c" || String(cString: number.objCType) == "B"
}
