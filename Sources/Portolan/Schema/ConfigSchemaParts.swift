/// The parts of a config's schema that are the same for every integration.
enum ConfigSchemaParts {
  static let top: SchemaValue = [
    "deleteDependentEntities": described(
      flag: true, "Deleting an entity deletes those that depend on it. Default: true."),
    "createMissingRelatedEntities": described(
      flag: true, "A relation's missing target is created empty. Default: true."),
    "enableMergeEntity": described(
      flag: true, "An upsert merges properties into what is there; false replaces. Default: true."),
    "entityDeletionThreshold": [
      "description":
        "A sync that would delete a larger share of the entities (0 to 1) deletes nothing. Default: 0.9.",
      "type": ["number", "null"], "minimum": 0, "maximum": 1, "default": 0.9,
    ],
    "resources": [
      "description": "What to map, applied in order. A kind may stand here several times.",
      "type": ["array", "null"], "items": ["$ref": "#/definitions/resource"],
    ],
  ]

  static let port: SchemaValue = [
    "description": "How a raw object becomes entities.",
    "type": "object",
    "required": ["entity"],
    "properties": [
      "entity": [
        "description": "What the entities are.",
        "type": "object",
        "required": ["mappings"],
        "properties": [
          "mappings": [
            "description":
              "What an item becomes; a list of mappings makes an entity of each, as Port's Kubernetes exporter.",
            "anyOf": [
              ["$ref": "#/definitions/mapping"],
              ["type": "array", "items": ["$ref": "#/definitions/mapping"]],
            ],
          ]
        ],
      ],
      "itemsToParse": described(
        "optionalJQ",
        "jq: gives a list, of which each element becomes an item: the object, with the element in it."
      ),
      "itemsToParseName": [
        "description": "The key under which an item stands in the object. Default: item.",
        "type": ["string", "number", "boolean", "null"], "default": "item",
      ],
      "itemsToParseTopLevelTransform": described(
        flag: true, "Remove the array that was parsed from each item. Default: true."),
    ],
  ]

  /// jq text: also what YAML reads as a number or a boolean.
  static let jq: SchemaValue = ["type": ["string", "number", "boolean"]]

  static let optionalJQ: SchemaValue = ["type": ["string", "number", "boolean", "null"]]

  /// A boolean; an editor that knows YAML 1.2 only reads `yes` as text.
  static let flag: SchemaValue = [
    "anyOf": [
      ["type": ["boolean", "null"]],
      [
        "type": "string",
        "enum": ["yes", "no", "on", "off", "Yes", "No", "On", "Off", "YES", "NO", "ON", "OFF"],
      ],
    ]
  ]

  static let field: SchemaValue = [
    "anyOf": [["$ref": "#/definitions/jq"], ["$ref": "#/definitions/query"]]
  ]

  static let optionalField: SchemaValue = [
    "anyOf": [["$ref": "#/definitions/optionalJQ"], ["$ref": "#/definitions/query"]]
  ]

  static let query: SchemaValue = [
    "description": "A search query: which entity of the catalog is meant. Each leaf is a jq expression.",
    "type": "object",
    "required": ["combinator", "rules"],
    "properties": [
      "combinator": [
        "description": #"jq: whether all rules must hold, '"and"', or one of them, '"or"'."#,
        "anyOf": [["enum": [#""and""#, #""or""#]], ["$ref": "#/definitions/jq"]],
      ],
      "rules": [
        "description": "The rules; each may be a query again.",
        "type": "array",
        "items": ["anyOf": [["$ref": "#/definitions/rule"], ["$ref": "#/definitions/query"]]],
      ],
    ],
  ]

  static let rule: SchemaValue = [
    "description": "One condition on the entity that is looked for.",
    "type": "object",
    "required": ["property", "operator"],
    "properties": [
      "property": described("jq", #"jq: the property to compare, '"$identifier"', '"email"', …"#),
      "operator": [
        "description": "jq: how to compare.",
        "anyOf": [
          ["enum": [#""=""#, #""!=""#, #""contains""#, #""in""#, #""beginsWith""#, #""endsWith""#]],
          ["$ref": "#/definitions/jq"],
        ],
      ],
      "value": [
        "description": "jq: what to compare it with.",
        "anyOf": [["$ref": "#/definitions/optionalField"]],
      ],
    ],
  ]

  /// A reference with a description of its own: in draft 7 nothing beside a `$ref` counts.
  static func described(_ definition: String, _ description: String) -> SchemaValue {
    ["description": .text(description), "allOf": [["$ref": "#/definitions/\(definition)"]]]
  }

  private static func described(flag value: Bool, _ description: String) -> SchemaValue {
    described("flag", description).adding([(key: "default", value: .boolean(value))])
  }
}
