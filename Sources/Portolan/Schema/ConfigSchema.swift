import JQ
import RawJSON

/// The JSON Schema (draft 7) of a `port-app-config.yml`, for editors: it completes keys, explains them and
/// marks what `lint` finds, as far as a schema can tell it, and nothing else.
///
/// ```swift
/// let integrations = Integration.find(from: ".")
/// let schema = try ConfigSchema(integrations)
/// print(String(decoding: schema.json, as: UTF8.self))
/// ```
public struct ConfigSchema: Sendable {
  /// What is known of a kind.
  struct Kind {
    let name: String
    /// What its selector can say, apart from `query`; of one that is found in a config, the name alone is known.
    var settings: [SelectorSetting] = []
    /// Whether its selector has no other settings.
    var isClosed = false
  }

  private let names: [String]
  private let kinds: [Kind]
  /// Whether there are no other kinds.
  private let isClosed: Bool
  private let blueprints: [Blueprint]
  /// Whether there are no other blueprints.
  private let hasAllBlueprints: Bool
  /// Which integrations read a config; nil where that is not known.
  private let families: Set<String>?

  /// The schema of any config.
  public init() {
    names = []
    kinds = []
    isClosed = false
    blueprints = []
    hasAllBlueprints = false
    families = nil
  }

  /// The schema of the configs of `integrations`: with the kinds of their `spec.yml` and `fetcher.yml`, the selector
  /// settings of the latter, or else the selector keys that their configs use, and their blueprints' properties and
  /// relations.
  ///
  /// - Throws: ``DiagnosticsError`` for a `spec.yml`, `fetcher.yml` or `blueprints.json` that cannot be read. The
  ///   config itself may be broken: it is what someone is editing.
  public init(_ integrations: [Integration]) throws(DiagnosticsError) {
    try self.init(integrations, fetchers: [:])
  }

  /// The schema of the configs of `integrations`; `fetchers` is what asks for the kinds of those that have no
  /// `fetcher.yml`, by their names.
  ///
  /// - Throws: ``DiagnosticsError``, as ``init(_:)``.
  package init(
    _ integrations: [Integration], fetchers: [String: FetcherDefinition]
  ) throws(DiagnosticsError) {
    names = integrations.map(\.name)
    var collector = Collector()
    for integration in integrations {
      try collector.add(integration, fetcher: fetchers[integration.name])
    }
    kinds = collector.kinds
    isClosed = !collector.hasOthers
    blueprints = collector.blueprints
    hasAllBlueprints = collector.hasAllBlueprints
    families = integrations.isEmpty ? nil : collector.families
  }

  /// The schema, indented, UTF-8.
  public var json: [UInt8] {
    var writer = JSONWriter(.indented)
    document.write(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private var document: SchemaValue {
    var grammar = Grammar.portAppConfig
    if let families { grammar.keep(readers: families) }
    if !kinds.isEmpty {
      grammar.suggest(kinds.map(\.name), for: "kind", of: .resource, isClosed: isClosed)
    }
    grammar.suggest(blueprints.map { "\"\($0.identifier)\"" }, for: "blueprint", of: .mapping)
    let selectors = kinds.filter { !$0.settings.isEmpty || $0.isClosed }.map(\.schema)
    let schema = GrammarSchema(
      grammar,
      conditions: [Grammar.Part.resource: selectors, .mapping: blueprints.map(Self.fields) + known]
        .filter { !$0.value.isEmpty }, jq: Self.noBareWord)
    return schema.document(
      title: "port-app-config.yml" + (names.isEmpty ? "" : " of " + names.joined(separator: ", ")))
  }

  /// That a blueprint's name is the name of one. Port's own begin with an underscore.
  private var known: [SchemaValue] {
    guard hasAllBlueprints, !blueprints.isEmpty else { return [] }
    let names = SchemaValue.texts(blueprints.map { "\"\($0.identifier)\"" })
    let name: SchemaValue = ["type": "string", "pattern": #"^\s*"[^"\\_][^"\\]*"\s*$"#]
    return [["properties": ["blueprint": ["anyOf": [["enum": names], ["not": name]]]]]]
  }

  /// That an expression is no text without jq's quotes: `jiraIssue`, `my-service`.
  private static var noBareWord: SchemaValue {
    let functions = Builtins.signatures.filter { $0.arity == 0 }.map(\.name) + ["true", "false", "null"]
    let known = functions.sorted().joined(separator: "|")
    return [
      "not": [
        "type": "string", "pattern": .text("^(?!(?:\(known))(?![A-Za-z0-9_]))[A-Za-z][A-Za-z0-9_-]*$"),
      ]
    ]
  }

  /// The properties and relations of a blueprint.
  private static func fields(_ blueprint: Blueprint) -> SchemaValue {
    let properties = blueprint.properties.map { name, property in
      let isRequired = blueprint.required.contains(name)
      return (
        key: name,
        value: GrammarSchema.described("optionalJQ", phrase(property) + (isRequired ? ", required." : "."))
      )
    }
    let relations = blueprint.relations.map { name, relation in
      let target = relation.many ? "Entities of \(relation.target)" : "An entity of \(relation.target)"
      // That a relation can be a search query is in the mapping's own part of the schema.
      let description = SchemaValue.text(target + (relation.required ? ", required." : "."))
      return (key: name, value: ["description": description] as SchemaValue)
    }
    return GrammarSchema.when(
      "blueprint", "\"\(blueprint.identifier)\"",
      then: [
        "properties": [
          "properties": ["properties": .object(properties), "additionalProperties": .boolean(false)],
          "relations": ["properties": .object(relations), "additionalProperties": .boolean(false)],
        ]
      ])
  }

  /// `A string, date-time`, `One of "a", "b"`
  private static func phrase(_ property: BlueprintProperty) -> String {
    if let values = property.enumValues { return "One of " + values.joined(separator: ", ") }
    let type = property.type?.kind.phrase ?? "a value"
    return type.prefix(1).uppercased() + type.dropFirst() + (property.format.map { ", \($0)" } ?? "")
  }
}
