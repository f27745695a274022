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
      let resources = (try? PortAppConfig(contentsOf: integration.configPath))?.resources ?? []
      for resource in resources {
        guard let place = kinds.firstIndex(where: { $0.name == resource.kind }) else { continue }
        for key in resource.selector.keys where key != "query" && !kinds[place].selectorKeys.contains(key) {
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
    let title = names.isEmpty ? "" : " of " + names.joined(separator: ", ")
    let head: SchemaValue = [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": "port-app-config.yml\(title)",
      "description": "Which raw objects a team wants, and how each becomes catalog entities.",
      "type": "object",
      "required": ["resources"],
    ]
    return head.adding([
      (key: "properties", value: ConfigSchemaParts.top),
      (
        key: "definitions",
        value: .object([
          (key: "resource", value: ConfigSchemaParts.resource(kinds)),
          (key: "port", value: ConfigSchemaParts.port),
          (key: "mapping", value: ConfigSchemaParts.mapping(blueprints)),
          (key: "jq", value: ConfigSchemaParts.jq),
          (key: "optionalJQ", value: ConfigSchemaParts.optionalJQ),
          (key: "flag", value: ConfigSchemaParts.flag),
          (key: "field", value: ConfigSchemaParts.field),
          (key: "optionalField", value: ConfigSchemaParts.optionalField),
          (key: "query", value: ConfigSchemaParts.query),
          (key: "rule", value: ConfigSchemaParts.rule),
        ])
      ),
    ])
  }
}
