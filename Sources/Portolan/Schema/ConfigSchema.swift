import RawJSON

/// The JSON Schema (draft 7) of a `port-app-config.yml`, for editors: it completes keys, explains them and
/// marks what can never be right. Keys that it does not know are allowed, as Ocean allows them.
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
    /// The keys of its selector, apart from `query`.
    var selectorKeys: [String] = []
  }

  private let names: [String]
  private let kinds: [Kind]
  private let blueprints: [Blueprint]

  /// The schema of any config.
  public init() {
    names = []
    kinds = []
    blueprints = []
  }

  /// The schema of the configs of `integrations`: with the kinds of their `spec.yml`, the selector keys that
  /// their configs use, and their blueprints' properties and relations.
  ///
  /// - Throws: ``DiagnosticsError`` for a `spec.yml` or `blueprints.json` that cannot be read. The config
  ///   itself may be broken: it is what someone is editing.
  public init(_ integrations: [Integration]) throws(DiagnosticsError) {
    names = integrations.map(\.name)
    var kinds: [Kind] = []
    var blueprints: [Blueprint] = []
    for integration in integrations {
      if let path = integration.specPath {
        for name in try IntegrationSpec.load(contentsOf: path).kinds
        where !kinds.contains(where: { $0.name == name }) {
          kinds.append(Kind(name: name))
        }
      }
      if let path = integration.blueprintsPath {
        for blueprint in try Blueprints.load(contentsOf: path).all
        where !blueprints.contains(where: { $0.identifier == blueprint.identifier }) {
          blueprints.append(blueprint)
        }
      }
      for resource in (try? ConfigTree(contentsOf: integration.configPath))?.resources ?? [] {
        guard let place = kinds.firstIndex(where: { $0.name == resource.kind?.text }) else { continue }
        for key in resource.selectorKeys where !kinds[place].selectorKeys.contains(key) {
          kinds[place].selectorKeys.append(key)
        }
      }
    }
    // With several integrations, one without a spec.yml may have any kind.
    self.kinds = integrations.allSatisfy { $0.specPath != nil } ? kinds : []
    self.blueprints = blueprints
  }

  /// The schema, indented, UTF-8.
  public var json: [UInt8] {
    var writer = JSONWriter(.indented)
    document.write(into: &writer)
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  private var document: SchemaValue {
    var grammar = Grammar.portAppConfig
    if !kinds.isEmpty {
      grammar.suggest(kinds.map(\.name), for: "kind", of: .resource, isClosed: true)
    }
    grammar.suggest(blueprints.map { "\"\($0.identifier)\"" }, for: "blueprint", of: .mapping)
    let selectors = kinds.filter { !$0.selectorKeys.isEmpty }.map(Self.selector)
    let schema = GrammarSchema(
      grammar,
      conditions: [Grammar.Part.resource: selectors, .mapping: blueprints.map(Self.fields)]
        .filter { !$0.value.isEmpty })
    return schema.document(
      title: "port-app-config.yml" + (names.isEmpty ? "" : " of " + names.joined(separator: ", ")))
  }

  /// The selector's keys of a kind.
  private static func selector(_ kind: Kind) -> SchemaValue {
    let keys = kind.selectorKeys.map { key in
      (key: key, value: ["description": "What the integration is told for \(kind.name)."] as SchemaValue)
    }
    return GrammarSchema.when(
      "kind", kind.name, then: ["properties": ["selector": ["properties": .object(keys)]]])
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
          "properties": ["properties": .object(properties)],
          "relations": ["properties": .object(relations)],
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

extension ConfigTree.Resource {
  /// The keys of its selector that are for the integration, in the file's order.
  fileprivate var selectorKeys: [String] {
    selector?.yaml.mapping?.entries.map(\.keyText).filter { $0 != "query" } ?? []
  }
}
