/// Prints a grammar as a JSON Schema (draft 7): keys, what they mean, and what their values can be.
struct GrammarSchema {
  private let grammar: Grammar
  /// What a part must be besides, each a schema.
  private let conditions: [Grammar.Part: [SchemaValue]]
  /// What a jq expression must be besides.
  private let jq: SchemaValue

  init(_ grammar: Grammar, conditions: [Grammar.Part: [SchemaValue]] = [:], jq: SchemaValue = [:]) {
    self.grammar = grammar
    self.conditions = conditions
    self.jq = jq
  }

  /// The schema, under that title.
  func document(title: String) -> SchemaValue {
    let head: SchemaValue = [
      "$schema": "http://json-schema.org/draft-07/schema#", "title": .text(title),
    ]
    let root = object(grammar.root, description: grammar.root.description, isOptional: false)
    let definitions = self.definitions
    let used = definitions.reduce(root.references) { $0.union($1.value.references) }
    return head.adding(root.members).adding([
      (key: "definitions", value: .object(definitions.filter { used.contains($0.key) }))
    ])
  }

  /// Where the property `key` has `value`, a schema that is to hold as well.
  static func when(_ key: String, _ value: String, then consequence: SchemaValue) -> SchemaValue {
    let constant: SchemaValue = ["const": .text(value)]
    return [
      "if": ["properties": .object([(key: key, value: constant)]), "required": [.text(key)]],
      "then": consequence,
    ]
  }

  /// A reference with a description of its own: in draft 7 nothing beside a `$ref` counts.
  static func described(_ definition: String, _ description: String) -> SchemaValue {
    ["description": .text(description), "allOf": [reference(definition)]]
  }

  private static func reference(_ definition: String) -> SchemaValue {
    ["$ref": .text("#/definitions/\(definition)")]
  }

  // MARK: Definitions

  /// What may be referred to; what is in one place only is written there.
  private var definitions: [(key: String, value: SchemaValue)] {
    let parts = grammar.parts.map { part in
      (key: part.name, value: object(part, description: part.description, isOptional: false))
    }
    return parts + [
      // jq text is also what YAML reads as a number or a boolean.
      (key: "jq", value: (["type": ["string", "number", "boolean"]] as SchemaValue).adding(jq.members)),
      (
        key: "optionalJQ",
        value: (["type": ["string", "number", "boolean", "null"]] as SchemaValue).adding(jq.members)
      ),
      // An editor that knows YAML 1.2 only reads `yes` as text.
      (
        key: "flag",
        value: [
          "anyOf": [
            ["type": ["boolean", "null"]],
            [
              "type": "string",
              "enum": ["yes", "no", "on", "off", "Yes", "No", "On", "Off", "YES", "NO", "ON", "OFF"],
            ],
          ]
        ]
      ),
    ]
  }

  private func object(_ part: Grammar.Part, description: String, isOptional: Bool) -> SchemaValue {
    let rows = grammar.rows(of: part)
    let required = rows.filter { $0.presence != .optional }.map(\.key)
    let object: SchemaValue = [
      "description": .text(description), "type": Self.type(["object"], isOptional: isOptional),
    ]
    return object.adding(required.isEmpty ? [] : [(key: "required", value: .texts(required))]).adding([
      (key: "properties", value: .object(rows.map { (key: $0.key, value: property($0)) }))
    ]).adding(others(part)).adding(conditions[part].map { [(key: "allOf", value: .array($0))] } ?? [])
  }

  /// What is said of keys without a row.
  private func others(_ part: Grammar.Part) -> [(key: String, value: SchemaValue)] {
    if part.isOpen {
      let slips =
        part.reportsSlips ? grammar.rows(of: part).flatMap { Spelling.slips(of: $0.key).sorted() } : []
      return slips.isEmpty ? [] : [(key: "propertyNames", value: ["not": ["enum": .texts(slips)]])]
    }
    guard part == grammar.root else { return [(key: "additionalProperties", value: .boolean(false))] }
    // What aliases repeat may have any name, and is a mapping or a list as a rule.
    return [
      (key: "patternProperties", value: [#"^(x-|\.)"#: [:]]),
      (key: "additionalProperties", value: ["type": ["object", "array"]]),
    ]
  }

  // MARK: Keys

  private func property(_ row: Grammar.Row) -> SchemaValue {
    let standard = row.value.standard
    let description = row.description + (standard.map { " Default: \($0.shown)." } ?? "")
    return value(row, description).adding(standard.map { [(key: "default", value: $0.value)] } ?? [])
  }

  private func value(_ row: Grammar.Row, _ description: String) -> SchemaValue {
    let isOptional = row.presence != .required
    let described: SchemaValue = ["description": .text(description)]
    let suggested: SchemaValue = ["enum": .texts(row.suggestions)]
    if row.isClosed { return described.adding(suggested.members) }
    switch row.value {
    case .mapping(let part): return object(part, description: description, isOptional: isOptional)
    case .jq where !row.suggestions.isEmpty, .name where !row.suggestions.isEmpty:
      return described.adding([
        (key: "anyOf", value: [suggested, type(row.value, isOptional: isOptional)])
      ])
    case .jq: return Self.described(isOptional ? "optionalJQ" : "jq", description)
    case .flag: return Self.described("flag", description)
    default: return described.adding(type(row.value, isOptional: isOptional).members)
    }
  }

  /// What a value can be, without its description.
  private func type(_ value: Grammar.Value, isOptional: Bool) -> SchemaValue {
    switch value {
    case .flag: Self.reference("flag")
    case .number(let range, _):
      [
        "type": Self.type(["number"], isOptional: isOptional), "minimum": .number(range.lowerBound),
        "maximum": .number(range.upperBound),
      ]
    case .name:
      ["type": Self.type(["string", "number", "boolean"], isOptional: isOptional), "minLength": 1]
    case .text: ["type": Self.type(["string", "number", "boolean"], isOptional: isOptional)]
    case .jq: Self.reference(isOptional ? "optionalJQ" : "jq")
    case .template: ["type": Self.type(["string", "number", "boolean"], isOptional: isOptional)]
    case .templates, .anything: [:]
    case .integer(let range, _):
      [
        "type": Self.type(["integer"], isOptional: isOptional), "minimum": .number(Double(range.lowerBound)),
        "maximum": .number(Double(range.upperBound)),
      ]
    case .choice(let texts, _): ["enum": .texts(texts)]
    case .names:
      [
        "type": Self.type(["array"], isOptional: isOptional),
        "items": type(.name(default: nil), isOptional: false),
      ]
    case .orMapping(let value, let parts):
      ["anyOf": .array([type(value, isOptional: isOptional)] + references(parts))]
    case .mapping(let part): Self.reference(part.name)
    case .list(let parts):
      ["type": Self.type(["array"], isOptional: isOptional), "items": either(references(parts))]
    case .mappingOrList(let part):
      ["anyOf": [Self.reference(part.name), ["type": "array", "items": Self.reference(part.name)]]]
    case .members(let value):
      [
        "type": Self.type(["object"], isOptional: isOptional),
        "additionalProperties": type(value, isOptional: true),
      ]
    }
  }

  private func references(_ parts: [Grammar.Part]) -> [SchemaValue] {
    parts.map { Self.reference($0.name) }
  }

  private func either(_ values: [SchemaValue]) -> SchemaValue {
    values.count == 1 ? values[0] : ["anyOf": .array(values)]
  }

  private static func type(_ names: [String], isOptional: Bool) -> SchemaValue {
    let names = names + (isOptional ? ["null"] : [])
    return names.count == 1 ? .text(names[0]) : .texts(names)
  }
}

extension Grammar.Value {
  /// What it is where it is left out, as a person reads it and as JSON.
  fileprivate var standard: (shown: String, value: SchemaValue)? {
    switch self {
    case .flag(let flag): ("\(flag)", .boolean(flag))
    case .number, .integer: defaultNumber.map { (Int(exactly: $0).map(String.init) ?? "\($0)", .number($0)) }
    default: defaultText.map { ($0, .text($0)) }
    }
  }
}
