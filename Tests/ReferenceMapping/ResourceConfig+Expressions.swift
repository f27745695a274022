import Portolan

extension ResourceConfig {
  /// Every expression with its place, as a person would look for it.
  package var expressions: [(place: String, expression: ConfigExpression)] {
    var found = [(place: "selector.query", expression: selector.query)]
    if let itemsToParse { found.append(("itemsToParse", itemsToParse.expression)) }
    for mapping in mappings {
      found += mapping.identifier.expressions("identifier")
      found.append(("blueprint", mapping.blueprint))
      if let title = mapping.title { found.append(("title", title)) }
      if let icon = mapping.icon { found.append(("icon", icon)) }
      found += mapping.team?.expressions("team") ?? []
      found += (mapping.properties ?? []).map { ("properties.\($0.name)", $0.expression) }
      found += (mapping.relations ?? []).flatMap { $0.mapping.expressions("relations.\($0.name)") }
    }
    return found
  }
}

extension FieldMapping {
  fileprivate func expressions(_ place: String) -> [(place: String, expression: ConfigExpression)] {
    switch self {
    case .expression(let expression): [(place, expression)]
    case .query(let members): members.flatMap { $0.value.expressions("\(place).\($0.key)") }
    case .list(let elements): elements.flatMap { $0.expressions(place) }
    }
  }
}
