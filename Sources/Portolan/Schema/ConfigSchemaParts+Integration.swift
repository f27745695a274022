import RawJSON

extension ConfigSchemaParts {
  /// A resource; `kinds` are the only ones, or none where any is allowed.
  static func resource(_ kinds: [ConfigSchema.Kind]) -> SchemaValue {
    let type: SchemaValue = ["string", "number", "boolean"]
    let described: SchemaValue = [
      "description": "Which raw objects it reads: a kind of the integration's spec.yml."
    ]
    let kind = described.adding(
      kinds.isEmpty
        ? [(key: "type", value: type), (key: "minLength", value: 1)]
        : [(key: "enum", value: .texts(kinds.map(\.name)))])
    let resource: SchemaValue = [
      "description": "Raw objects of a kind, and what they become.",
      "type": "object",
      "required": ["kind", "port"],
      "properties": [
        "kind": kind,
        "selector": [
          "description": "Which of the objects are kept, and what the integration is told to fetch.",
          "type": ["object", "null"],
          "properties": [
            "query": Self.described(
              "optionalJQ", "jq: true keeps an item, false leaves it out. Default: true, all of them.")
          ],
        ],
        "port": ["$ref": "#/definitions/port"],
      ],
    ]
    let selectors = kinds.filter { !$0.selectorKeys.isEmpty }.map(selector)
    return selectors.isEmpty ? resource : resource.adding([(key: "allOf", value: .array(selectors))])
  }

  /// The selector's keys of a kind.
  private static func selector(_ kind: ConfigSchema.Kind) -> SchemaValue {
    let keys = kind.selectorKeys.map { key in
      (key: key, value: ["description": "What the integration is told for \(kind.name)."] as SchemaValue)
    }
    return when("kind", kind.name, then: ["properties": ["selector": ["properties": .object(keys)]]])
  }

  /// A mapping; `blueprints` are suggested, others are allowed.
  static func mapping(_ blueprints: [Blueprint]) -> SchemaValue {
    let names = blueprints.map { "\"\($0.identifier)\"" }
    let any: SchemaValue = ["$ref": "#/definitions/jq"]
    let suggested: SchemaValue = .object([(key: "enum", value: .texts(names))])
    let blueprint: SchemaValue = [
      "description": #"jq: the blueprint, a text within quotes: '"service"'."#,
      "anyOf": names.isEmpty ? [any] : [suggested, any],
    ]
    let mapping: SchemaValue = [
      "description": "What an item becomes.",
      "type": "object",
      "required": ["identifier", "blueprint"],
      "properties": [
        "identifier": described("field", "jq, or a search query: what tells the entity from all others."),
        "blueprint": blueprint,
        "title": described("optionalJQ", "jq: the name that people see."),
        "icon": described("optionalJQ", #"jq: the icon's name, as '"Jira"'."#),
        "team": described("optionalField", "jq, or a search query: the team or teams that own it."),
        "properties": [
          "description": "jq, property by property of the blueprint.",
          "type": ["object", "null"],
          "additionalProperties": ["$ref": "#/definitions/optionalJQ"],
        ],
        "relations": [
          "description": "jq, or a search query, relation by relation: the identifiers of other entities.",
          "type": ["object", "null"],
          "additionalProperties": ["$ref": "#/definitions/optionalField"],
        ],
      ],
    ]
    guard !blueprints.isEmpty else { return mapping }
    return mapping.adding([(key: "allOf", value: .array(blueprints.map(fields)))])
  }

  /// The properties and relations of a blueprint.
  private static func fields(_ blueprint: Blueprint) -> SchemaValue {
    let properties = blueprint.properties.map { name, property in
      let isRequired = blueprint.required.contains(name)
      return (
        key: name,
        value: described("optionalJQ", words(property) + (isRequired ? ", required." : "."))
      )
    }
    let relations = blueprint.relations.map { name, relation in
      let target = relation.many ? "Entities of \(relation.target)" : "An entity of \(relation.target)"
      return (
        key: name,
        value: described("optionalField", target + (relation.required ? ", required." : "."))
      )
    }
    return when(
      "blueprint", "\"\(blueprint.identifier)\"",
      then: [
        "properties": [
          "properties": ["properties": .object(properties)],
          "relations": ["properties": .object(relations)],
        ]
      ])
  }

  /// `A text, date-time`, `One of "a", "b"`
  private static func words(_ property: BlueprintProperty) -> String {
    if let values = property.enumValues { return "One of " + values.joined(separator: ", ") }
    let type = property.type.flatMap { JSONKind(rawValue: $0.rawValue) }?.words ?? "a value"
    return type.prefix(1).uppercased() + type.dropFirst() + (property.format.map { ", \($0)" } ?? "")
  }

  private static func when(_ key: String, _ value: String, then consequence: SchemaValue) -> SchemaValue {
    let constant: SchemaValue = ["const": .text(value)]
    return [
      "if": ["properties": .object([(key: key, value: constant)]), "required": [.text(key)]],
      "then": consequence,
    ]
  }
}

extension SelectorConfig {
  /// The selector's keys, in the file's order.
  var keys: [String] {
    JSONView(valid: Array(json.utf8)).members?.map(\.key) ?? []
  }
}
