import YAMLTree

extension ConfigReader {
  /// The resource that `node` is, nil where something that it cannot do without is missing or wrong.
  mutating func resource(_ node: YAMLNode, _ index: Int) -> ResourceConfig? {
    let field = "resources[\(index)]"
    guard let mapping = mapping(node, what: "a resource", field: field) else { return nil }
    warnOfUnknownKeys(mapping, known: ConfigKeys.resource, what: "a resource")
    let kind = kind(mapping, node, field)
    let selector = selector(mapping["selector"], of: node, field + ".selector")
    guard
      let port = required(
        "port", in: mapping, of: node, field: field,
        help: "add `port:` with `entity:` and `mappings:` below it"),
      let portMapping = self.mapping(port, what: "`port`", field: field + ".port")
    else { return nil }
    warnOfUnknownKeys(portMapping, known: ConfigKeys.port, what: "`port`")
    let before = diagnostics.count
    let items = itemsToParse(portMapping, field + ".port")
    let isWellFormed = !diagnostics[before...].contains { $0.severity == .error }
    let mappings = mappings(portMapping, port, field)
    guard let kind, let selector, let mappings, isWellFormed else { return nil }
    return ResourceConfig(
      kind: kind, index: index, selector: selector, itemsToParse: items, mappings: mappings.entries,
      hasMappingList: mappings.isList, location: location(node))
  }

  private mutating func kind(_ mapping: YAMLMapping, _ node: YAMLNode, _ field: String) -> String? {
    let help = "name the kind of raw objects that it reads, as `kind: issue`"
    guard let kind = required("kind", in: mapping, of: node, field: field, help: help) else { return nil }
    if let text = kind.string, !text.isEmpty { return text }
    report(.wrongType, "`kind` is \(kind.kindName), not a name", at: kind, help: help, field: field)
    return nil
  }

  private mutating func selector(_ node: YAMLNode?, of resource: YAMLNode, _ field: String) -> SelectorConfig?
  {
    guard let node, !node.isNull else {
      return SelectorConfig(query: ConfigExpression(default: "true", at: location(resource)), json: "{}")
    }
    guard let mapping = mapping(node, what: "`selector`", field: field) else { return nil }
    guard let query = mapping["query"], !query.isNull else {
      return SelectorConfig(query: ConfigExpression(default: "true", at: location(node)), json: node.json())
    }
    return expression(query, field + ".query").map { SelectorConfig(query: $0, json: node.json()) }
  }

  private mutating func itemsToParse(_ port: YAMLMapping, _ field: String) -> ItemsToParse? {
    let removes = flag(port, "itemsToParseTopLevelTransform", default: true)
    var name = "item"
    if let node = port["itemsToParseName"], !node.isNull {
      if let text = node.string, !text.isEmpty {
        name = text
      } else {
        report(
          .wrongType, "`itemsToParseName` is \(node.kindName), not a name", at: node,
          help: "name the key under which an item stands, as `itemsToParseName: comment`", field: field)
      }
    }
    guard let node = port["itemsToParse"], !node.isNull,
      let expression = expression(node, field + ".itemsToParse")
    else { return nil }
    return ItemsToParse(expression: expression, name: name, removesParsedArray: removes)
  }

  private mutating func mappings(
    _ port: YAMLMapping, _ node: YAMLNode, _ field: String
  ) -> (entries: [EntityMapping], isList: Bool)? {
    let help = "add `entity:` with `mappings:` below it, and there `identifier` and `blueprint`"
    guard let entity = required("entity", in: port, of: node, field: field + ".port", help: help),
      let entityMapping = mapping(entity, what: "`entity`", field: field + ".port.entity")
    else { return nil }
    warnOfUnknownKeys(entityMapping, known: ConfigKeys.entity, what: "`entity`")
    guard
      let mappings = required(
        "mappings", in: entityMapping, of: entity, field: field + ".port.entity", help: help)
    else { return nil }
    let path = field + ".port.entity.mappings"
    guard let list = mappings.sequence else {
      return entityMappingOf(mappings, path).map { ([$0], false) }
    }
    // All of them are read before one that is broken ends the resource, so that all errors show.
    let read = list.enumerated().map { entityMappingOf($1, "\(path)[\($0)]") }
    let entries = read.compactMap { $0 }
    return entries.count == read.count ? (entries, true) : nil
  }
}
