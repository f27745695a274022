import YAMLTree

/// Reads a config from YAML nodes, collecting what is wrong on the way.
struct ConfigReader {
  let file: String
  private(set) var diagnostics: [Diagnostic] = []

  init(file: String) {
    self.file = file
  }

  /// The config that `root` is, with everything found wrong in it.
  mutating func config(_ root: YAMLNode) -> PortAppConfig {
    var config = PortAppConfig()
    guard let mapping = mapping(root, what: "a port-app-config", field: nil) else {
      config.diagnostics = diagnostics
      return config
    }
    warnOfUnknownKeys(mapping, known: ConfigKeys.top, what: "a port-app-config")
    config.deleteDependentEntities = flag(mapping, "deleteDependentEntities", default: true)
    config.createMissingRelatedEntities = flag(mapping, "createMissingRelatedEntities", default: true)
    config.enableMergeEntity = flag(mapping, "enableMergeEntity", default: true)
    config.entityDeletionThreshold = share(mapping, "entityDeletionThreshold", default: 0.9)
    config.resources = resources(mapping, root)
    config.diagnostics = diagnostics
    return config
  }

  private mutating func resources(_ mapping: YAMLMapping, _ root: YAMLNode) -> [ResourceConfig] {
    guard let node = mapping["resources"] else {
      report(
        .missingKey, "there is no `resources` key", at: root,
        help: "list what to map under `resources:`, each entry with a `kind` and a `port`")
      return []
    }
    if node.isNull { return [] }
    guard let entries = node.sequence else {
      report(
        .wrongType, "`resources` is \(node.kindName), not a list", at: node,
        help: "start each resource with a dash: `- kind: …`")
      return []
    }
    var resources: [ResourceConfig] = []
    for (index, entry) in entries.enumerated() {
      if let resource = resource(entry, index) { resources.append(resource) }
    }
    return resources
  }

  // MARK: What every reader below uses

  /// Where `node` begins.
  func location(_ node: YAMLNode) -> SourceLocation {
    SourceLocation(node.start, in: file)
  }

  mutating func report(
    _ rule: Diagnostic.Rule, _ message: String, at node: YAMLNode, help: String? = nil,
    field: String? = nil, severity: Diagnostic.Severity = .error
  ) {
    diagnostics.append(
      Diagnostic(
        severity, rule, message, help: help, at: location(node), to: node.headEnd(in: file), field: field))
  }

  /// The mapping that `node` is; anything else is reported.
  mutating func mapping(_ node: YAMLNode, what: String, field: String?) -> YAMLMapping? {
    if let mapping = node.mapping { return mapping }
    report(
      .wrongType, "\(what) is a mapping of keys to values; this is \(node.kindName)", at: node,
      help: "write `key: value` lines here", field: field)
    return nil
  }

  /// The value of a key that must be there.
  mutating func required(
    _ key: String, in mapping: YAMLMapping, of node: YAMLNode, field: String, help: String
  ) -> YAMLNode? {
    if let value = mapping[key], !value.isNull { return value }
    let found = mapping[key].map { _ in "`\(key)` is empty" } ?? "`\(key)` is missing"
    report(.missingKey, "\(found) in \(field)", at: mapping[key] ?? node, help: help, field: field)
    return nil
  }

  mutating func warnOfUnknownKeys(_ mapping: YAMLMapping, known: [String], what: String) {
    for entry in mapping.entries where !known.contains(entry.keyText) {
      let nearest = Spelling.nearest(to: entry.keyText, in: known)
      report(
        .unknownKey, "\(what) has no key `\(entry.keyText)`; it is ignored", at: entry.key,
        help: nearest.map { "did you mean `\($0)`?" }
          ?? "it knows \(known.map { "`\($0)`" }.joined(separator: ", "))",
        severity: .warning)
    }
  }

  /// A boolean of YAML 1.1: `true`, `yes`, `on` and their opposites.
  mutating func flag(_ mapping: YAMLMapping, _ key: String, default fallback: Bool) -> Bool {
    guard let node = mapping[key], !node.isNull else { return fallback }
    if let value = node.boolean { return value }
    report(
      .wrongType, "`\(key)` is \(node.kindName), not true or false", at: node,
      help: "write `\(key): true` or `\(key): false`, without quotes")
    return fallback
  }

  private mutating func share(_ mapping: YAMLMapping, _ key: String, default fallback: Double) -> Double {
    guard let node = mapping[key], !node.isNull else { return fallback }
    if let value = node.number, (0...1).contains(value) { return value }
    report(
      .wrongType, "`\(key)` is \(node.kindName), not a number from 0 to 1", at: node,
      help: "write the share of entities that a sync may delete, as `\(key): 0.9`")
    return fallback
  }
}

/// The keys that the grammar knows.
enum ConfigKeys {
  static let top = [
    "deleteDependentEntities", "createMissingRelatedEntities", "enableMergeEntity", "entityDeletionThreshold",
    "resources",
  ]
  static let resource = ["kind", "selector", "port"]
  static let port = ["entity", "itemsToParse", "itemsToParseName", "itemsToParseTopLevelTransform"]
  static let entity = ["mappings"]
  static let mapping = ["identifier", "blueprint", "title", "icon", "team", "properties", "relations"]
  static let query = ["combinator", "rules"]
  static let rule = ["property", "operator", "value"]
}
