import YAMLTree

extension ConfigReader {
  /// The entity mapping that `node` is, nil where it is not well-formed.
  mutating func entityMappingOf(_ node: YAMLNode, _ field: String) -> EntityMapping? {
    guard let mapping = mapping(node, what: "`mappings`", field: field) else { return nil }
    warnOfUnknownKeys(mapping, known: ConfigKeys.mapping, what: "a mapping")
    let before = diagnostics.count
    let identifier = required(
      "identifier", in: mapping, of: node, field: field,
      help: "say which value identifies the entity, as `identifier: .key`"
    ).flatMap { fieldMapping($0, field + ".identifier") }
    let blueprint = required(
      "blueprint", in: mapping, of: node, field: field,
      help: #"name the blueprint as a jq string, quotes inside quotes: `blueprint: '"service"'`"#
    ).flatMap { expression($0, field + ".blueprint") }
    let title = optional("title", mapping).flatMap { expression($0, field + ".title") }
    let icon = optional("icon", mapping).flatMap { expression($0, field + ".icon") }
    let team = optional("team", mapping).flatMap { fieldMapping($0, field + ".team") }
    let properties = members("properties", mapping, field)?.compactMap { name, node in
      expression(node, "\(field).properties.\(name)").map { (name: name, expression: $0) }
    }
    let relations = members("relations", mapping, field)?.compactMap { name, node in
      fieldMapping(node, "\(field).relations.\(name)").map { (name: name, mapping: $0) }
    }
    guard let identifier, let blueprint, !diagnostics[before...].contains(where: { $0.severity == .error })
    else { return nil }
    return EntityMapping(
      identifier: identifier, blueprint: blueprint, title: title, icon: icon, team: team,
      properties: properties, relations: relations)
  }

  private func optional(_ key: String, _ mapping: YAMLMapping) -> YAMLNode? {
    mapping[key].flatMap { $0.isNull ? nil : $0 }
  }

  /// The members of `properties` or `relations`; those without a value are left out, with a warning.
  private mutating func members(
    _ key: String, _ mapping: YAMLMapping, _ field: String
  ) -> [(String, YAMLNode)]? {
    guard let node = mapping[key] else { return nil }
    if node.isNull { return [] }
    guard let members = self.mapping(node, what: "`\(key)`", field: "\(field).\(key)") else { return nil }
    var result: [(String, YAMLNode)] = []
    for entry in members.entries {
      if entry.value.isNull {
        report(
          .missingKey, "`\(entry.keyText)` has no expression; it is left out", at: entry.key,
          help: "write the jq expression behind the colon, or `null` in quotes for a null",
          field: "\(field).\(key).\(entry.keyText)", severity: .warning)
      } else {
        result.append((entry.keyText, entry.value))
      }
    }
    return result
  }

  /// The jq expression that `node` is: a scalar of any type, taken as it was written.
  mutating func expression(_ node: YAMLNode, _ field: String) -> ConfigExpression? {
    if case .scalar(let scalar) = node.value { return ConfigExpression(scalar, at: location(node)) }
    report(
      .wrongType, "a jq expression stands here; this is \(node.kindName)", at: node,
      help: "write the expression as text; in a YAML value that begins with [ or {, put it in quotes",
      field: field)
    return nil
  }

  /// The expression or search query that `node` is.
  mutating func fieldMapping(_ node: YAMLNode, _ field: String) -> FieldMapping? {
    node.mapping == nil
      ? expression(node, field).map { .expression($0) } : query(node, field)
  }

  /// A search query: `combinator` and `rules`, or as a rule `property`, `operator` and `value`.
  private mutating func query(_ node: YAMLNode, _ field: String) -> FieldMapping? {
    guard let mapping = mapping(node, what: "a search query", field: field) else { return nil }
    let isGroup = mapping["rules"] != nil || mapping["combinator"] != nil
    let known = isGroup ? ConfigKeys.query : ConfigKeys.rule
    warnOfUnknownKeys(mapping, known: known, what: isGroup ? "a search query" : "a rule of a search query")
    let before = diagnostics.count
    var entries: [(key: String, value: FieldMapping)] = []
    for key in isGroup ? ConfigKeys.query : ["property", "operator"] {
      _ = required(
        key, in: mapping, of: node, field: field,
        help:
          #"a search query has `combinator: '"and"'` and `rules:`, a rule `property`, `operator` and `value`"#
      )
    }
    for entry in mapping.entries where known.contains(entry.keyText) && !entry.value.isNull {
      let path = "\(field).\(entry.keyText)"
      if entry.keyText == "rules" {
        rules(entry.value, path).map { entries.append(("rules", $0)) }
      } else {
        fieldMapping(entry.value, path).map { entries.append((entry.keyText, $0)) }
      }
    }
    return diagnostics[before...].contains { $0.severity == .error } ? nil : .query(entries)
  }

  private mutating func rules(_ node: YAMLNode, _ field: String) -> FieldMapping? {
    guard let rules = node.sequence else {
      report(
        .wrongType, "`rules` is \(node.kindName), not a list", at: node,
        help: "start each rule with a dash: `- property: …`", field: field)
      return nil
    }
    return .list(rules.enumerated().compactMap { query($1, "\(field)[\($0)]") })
  }
}
