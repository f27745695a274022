import YAMLTree

/// A config as lint sees it: every expression and where it stands, also in resources that are not
/// well-formed.
struct LintDocument {
  let file: String
  let source: [UInt8]
  let resources: [LintResource]

  init(_ root: YAMLNode, file: String, source: [UInt8]) {
    self.file = file
    self.source = source
    let entries = root.mapping?["resources"]?.sequence ?? []
    resources = entries.enumerated().map { LintResource($1, index: $0, file: file) }
  }
}

/// An entry of `resources`.
struct LintResource {
  let index: Int
  let node: YAMLNode
  /// The `kind`, where it is a text.
  let kind: YAMLNode?
  let query: LintExpression?
  let itemsToParse: LintExpression?
  let mappings: [LintMapping]

  init(_ node: YAMLNode, index: Int, file: String) {
    self.index = index
    self.node = node
    let entries = node.mapping
    kind = entries?["kind"].flatMap { $0.scalar == nil ? nil : $0 }
    query = entries?["selector"]?.mapping?["query"]
      .flatMap { LintExpression($0, "selector.query", .selector, file) }
    let port = entries?["port"]?.mapping
    itemsToParse = port?["itemsToParse"].flatMap { LintExpression($0, "itemsToParse", .items, file) }
    let mappings = port?["entity"]?.mapping?["mappings"]
    self.mappings = (mappings?.sequence ?? mappings.map { [$0] } ?? [])
      .compactMap { LintMapping($0, file: file) }
  }

  /// Every expression, in the order in which it is evaluated.
  var expressions: [LintExpression] {
    [query, itemsToParse].compactMap { $0 } + mappings.flatMap(\.expressions)
  }
}

/// A mapping from an item to an entity.
struct LintMapping {
  let node: YAMLNode
  let identifier: LintField?
  let blueprint: LintField?
  let others: [LintField]
  let properties: [LintField]
  let relations: [LintField]

  init?(_ node: YAMLNode, file: String) {
    guard let mapping = node.mapping else { return nil }
    func field(_ name: String, _ role: LintExpression.Role) -> LintField? {
      mapping.entries.first { $0.keyText == name }.flatMap { LintField($0, name, role, file) }
    }
    func members(_ key: String, _ role: LintExpression.Role) -> [LintField] {
      (mapping[key]?.mapping?.entries ?? []).compactMap { LintField($0, "\(key).\($0.keyText)", role, file) }
    }
    self.node = node
    identifier = field("identifier", .identifier)
    blueprint = field("blueprint", .blueprint)
    others = [field("title", .value), field("icon", .icon), field("team", .value)].compactMap { $0 }
    properties = members("properties", .value)
    relations = members("relations", .value)
  }

  var expressions: [LintExpression] {
    ([identifier, blueprint].compactMap { $0 } + others + properties + relations).flatMap(\.expressions)
  }
}

/// A key of a mapping and what it is mapped from: one expression, or a search query with many.
struct LintField {
  let name: String
  let path: String
  let key: YAMLNode
  let expressions: [LintExpression]
  let isQuery: Bool

  /// Nil where nothing stands behind the key.
  init?(_ entry: YAMLMapping.Entry, _ path: String, _ role: LintExpression.Role, _ file: String) {
    guard !entry.value.isNull else { return nil }
    name = entry.keyText
    self.path = path
    key = entry.key
    isQuery = entry.value.mapping != nil
    expressions = Self.leaves(entry.value, path, isQuery ? .queryPart : role, file)
  }

  /// The one expression of a field that is not a search query.
  var expression: LintExpression? { isQuery ? nil : expressions.first }

  /// The YAML reader limits how deep nodes nest.
  private static func leaves(
    _ node: YAMLNode, _ path: String, _ role: LintExpression.Role, _ file: String
  ) -> [LintExpression] {
    switch node.value {
    case .scalar: [LintExpression(node, path, role, file)].compactMap { $0 }
    case .sequence(let nodes):
      nodes.enumerated().flatMap { leaves($1, "\(path)[\($0)]", role, file) }
    case .mapping(let mapping):
      mapping.entries.flatMap { leaves($0.value, "\(path).\($0.keyText)", role, file) }
    }
  }
}
