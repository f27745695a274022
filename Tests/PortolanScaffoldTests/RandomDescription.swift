import RawJSON
import TestSupport

/// Makes up descriptions of APIs: schemas of all sorts that refer to each other and themselves, with examples that
/// are right or wrong.
struct RandomDescription {
  private static let keys = [
    "id", "key", "name", "title", "status", "state", "url", "email", "createdAt", "project_id", "thing1Id",
    "owner", "parent",
    "labels", "tags", "x-y", "it's", "", "名前", "values", "next", "total", "fields", "data", "count", "due",
    "thing0",
  ]
  private static let formats = [
    "date-time", "date", "uri", "email", "uuid", "ipv4", "int64", "byte", "password", "odd",
  ]
  private static let values = [
    "\"open\"", "\"\"", "1", "null", "true", "[1]", "{}", "\"2026-02-30\"", "\"a b\"", "1.5",
  ]

  private var random: SeededRandom
  private let schemas = 5

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
  }

  /// A description as JSON.
  mutating func text() -> String {
    let components = (0..<schemas).map {
      "\"Thing\($0)\": \(random.chance(8) ? schema(depth: 0) : object(depth: 2))"
    }
    let paths = (0..<schemas).map { number -> String in
      let parent = Int.random(in: 0..<schemas, using: &random)
      let path = random.chance(3) ? "/thing\(parent)s/{thing\(parent)Id}/thing\(number)s" : "/thing\(number)s"
      return
        "\"\(path)\": {\"get\": {\"parameters\": \(parameters()), \"responses\": {\"200\": {\"content\": {\"application/json\": \(answer(number))}}}}}"
    }
    return """
      {"openapi": "3.1.0", "paths": {\(paths.joined(separator: ", "))},
       "components": {"schemas": {\(components.joined(separator: ", "))}}}
      """
  }

  private mutating func parameters() -> String {
    let names = ["page", "per_page", "offset", "limit", "cursor", "filter"].filter { _ in random.chance(3) }
    return "[" + names.map { "{\"name\": \"\($0)\", \"in\": \"query\"}" }.joined(separator: ", ") + "]"
  }

  private mutating func answer(_ number: Int) -> String {
    let list = "{\"type\": \"array\", \"items\": \(reference(number))}"
    if random.chance(2) {
      return "{\"schema\": \(list), \"example\": [{\"id\": 1}, {\"id\": \"b\", \"name\": \"B\"}]}"
    }
    return
      "{\"schema\": {\"properties\": {\"values\": \(list), \"total\": {\"type\": \"integer\"}, \"next\": \(schema(depth: 1))}}}"
  }

  private func reference(_ number: Int) -> String { "{\"$ref\": \"#/components/schemas/Thing\(number)\"}" }

  private mutating func object(depth: Int) -> String {
    let keys = Set((0..<Int.random(in: 1...7, using: &random)).compactMap { _ in random.pick(Self.keys) })
      .sorted()
    let properties = keys.map { "\(JSONText.quoted($0)): \(schema(depth: depth - 1))" }
    let required = keys.filter { _ in random.chance(2) }.map(JSONText.quoted)
    return """
      {"type": "object", "required": [\(required.joined(separator: ", "))], \
      "properties": {\(properties.joined(separator: ", "))}}
      """
  }

  private mutating func schema(depth: Int) -> String {
    switch Int.random(in: 0..<13, using: &random) {
    case 0, 1: return reference(Int.random(in: 0..<schemas, using: &random))
    case 2 where depth > 0: return object(depth: depth)
    case 3 where depth > 0: return "{\"type\": \"array\", \"items\": \(schema(depth: depth - 1))}"
    case 4 where depth > 0: return "{\"allOf\": [\(schema(depth: depth - 1)), \(object(depth: depth))]}"
    case 5 where depth > 0: return "{\"oneOf\": [{\"type\": \"null\"}, \(schema(depth: depth - 1))]}"
    case 6: return #"{"type": "string", "enum": ["open", "closed", "open \#(depth)"], "nullable": true}"#
    case 7: return #"{"type": "object", "additionalProperties": {"type": "string"}}"#
    case 8: return "{}"
    case 9: return #"{"type": ["integer", "null"], "minimum": 3, "example": \#(example())}"#
    case 10:
      return #"{"type": "\#(["boolean", "number", "integer"].randomElement(using: &random) ?? "number")"}"#
    default:
      return #"{"type": "string", "format": "\#(random.pick(Self.formats) ?? "")", "example": \#(example())}"#
    }
  }

  private mutating func example() -> String { random.pick(Self.values) ?? "1" }
}
