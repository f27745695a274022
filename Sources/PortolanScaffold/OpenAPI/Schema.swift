import RawJSON

/// A schema of an API's description, with what it refers to and is composed of put together.
struct Schema {
  /// How many schemas may be composed of each other.
  private static let depth = 12

  /// The references that it was put together of: each once, or those that contain themselves had no end.
  private var followed: Set<String> = []
  /// `object`, `array`, `string`, `integer`, `number` or `boolean`; nil where nothing tells.
  private(set) var type: String?
  /// The properties, in order.
  private(set) var properties: [(key: String, schema: JSONView)] = []
  /// The schema of an array's elements.
  private(set) var items: JSONView?
  /// Whether its members' names are data.
  private(set) var isDictionary = false
  private(set) var format: String?
  /// The only texts that are allowed; empty for any.
  private(set) var values: [String] = []
  /// A value that it allows.
  private(set) var example: JSONView?
  private(set) var description: String?
  private(set) var minimum: Int?
  private(set) var maximum: Int?
  private(set) var isWriteOnly = false
  private(set) var isNullable = false
  /// The properties that every object has.
  private(set) var required: Set<String> = []
  /// The last part of the reference that led here: the name of the schema.
  private(set) var name: String?

  init(_ schema: JSONView?, in document: OpenAPIDocument) {
    add(schema, document, depth: Self.depth)
    if type == nil { type = !properties.isEmpty || isDictionary ? "object" : items != nil ? "array" : nil }
    if type == nil, !values.isEmpty { type = "string" }
  }

  private mutating func add(_ schema: JSONView?, _ document: OpenAPIDocument, depth: Int) {
    if let reference = schema?["$ref"]?.text, !followed.insert(reference).inserted { return }
    guard depth > 0, let schema, let resolved = document.resolved(schema) else { return }
    if name == nil, let reference = schema["$ref"]?.text {
      name = reference.split(separator: "/").last.map(String.init)
    }
    // What is said beside a reference is about this place.
    description = description ?? schema["description"]?.text ?? resolved["description"]?.text
    for part in resolved["allOf"]?.elements ?? [] { add(part, document, depth: depth - 1) }
    for key in ["oneOf", "anyOf"] {
      let choices = resolved[key]?.elements ?? []
      let choice = choices.first { !Self.isNull($0, document) }
      isNullable = isNullable || choices.contains { Self.isNull($0, document) }
      add(choice, document, depth: depth - 1)
    }
    addOwn(resolved)
  }

  private static func isNull(_ schema: JSONView, _ document: OpenAPIDocument) -> Bool {
    document.resolved(schema)?["type"]?.text == "null"
  }

  private mutating func addOwn(_ schema: JSONView) {
    type =
      schema["type"]?.text ?? schema["type"]?.elements?.lazy.compactMap(\.text).first { $0 != "null" } ?? type
    for (key, property) in schema["properties"]?.members ?? [] {
      if let place = properties.firstIndex(where: { $0.key == key }) {
        properties[place].schema = property
      } else {
        properties.append((key, property))
      }
    }
    items = schema["items"] ?? items
    if let additional = schema["additionalProperties"], additional.boolean != false {
      isDictionary = properties.isEmpty
    }
    format = schema["format"]?.text ?? format
    let allowed = schema["enum"]?.elements ?? schema["const"].map { [$0] } ?? []
    if !allowed.isEmpty { values = allowed.compactMap(\.text) }
    example = schema["example"] ?? schema["examples"]?.elements?.first ?? example ?? schema["default"]
    minimum = schema["minimum"]?.number.flatMap { Int($0) } ?? minimum
    maximum = schema["maximum"]?.number.flatMap { Int($0) } ?? maximum
    isNullable =
      isNullable || schema["nullable"]?.boolean ?? false
      || schema["type"]?.elements?.contains { $0.text == "null" } ?? false
    required.formUnion(schema["required"]?.elements?.compactMap(\.text) ?? [])
    isWriteOnly = schema["writeOnly"]?.boolean ?? isWriteOnly
  }
}
