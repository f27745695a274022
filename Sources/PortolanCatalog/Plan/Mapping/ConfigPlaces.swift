import Portolan

/// Where the parts of a config are that make what a plan is about.
struct ConfigPlaces: Sendable {
  private let resources: [Int: ResourceConfig]

  init(_ config: PortAppConfig) {
    resources = Dictionary(config.resources.map { ($0.index, $0) }) { first, _ in first }
  }

  /// The resource number `index` of the config.
  func resource(_ index: Int) -> ResourceConfig? { resources[index] }

  /// The mapping number `mapping` of the resource number `resource`.
  func mapping(_ mapping: Int, of resource: Int) -> EntityMapping? {
    guard let mappings = resources[resource]?.mappings, mappings.indices.contains(mapping) else { return nil }
    return mappings[mapping]
  }

  /// Whether the entities of a mapping may have search queries: only relations and teams can be some.
  func mayHaveQueries(_ mapping: Int, of resource: Int) -> Bool {
    guard let mapping = self.mapping(mapping, of: resource) else { return true }
    return mapping.team != nil || !(mapping.relations ?? []).isEmpty
  }

  /// Where the expression is that makes a field of an entity; the resource where none does.
  func location(of field: String, _ mapping: Int, of resource: Int) -> SourceLocation? {
    self.mapping(mapping, of: resource)?.location(of: field) ?? resources[resource]?.location
  }
}

extension EntityMapping {
  /// Where the expression is that makes a field, nil where none does.
  func location(of field: String) -> SourceLocation? {
    switch field {
    case "identifier": return identifier.location
    case "blueprint": return blueprint.location
    case "title": return title?.location
    case "icon": return icon?.location
    case "team": return team?.location
    default: break
    }
    if let name = field.dropping("properties.") {
      return properties?.last { $0.name == name }?.expression.location
    }
    if let name = field.dropping("relations.") {
      return relations?.last { $0.name == name }?.mapping.location
    }
    return nil
  }
}

extension FieldMapping {
  /// Where its first expression is.
  var location: SourceLocation? {
    switch self {
    case .expression(let expression): expression.location
    case .query(let members): members.lazy.compactMap(\.value.location).first
    case .list(let elements): elements.lazy.compactMap(\.location).first
    }
  }

  /// Its expressions as they are written, so that two can be told apart.
  var text: String {
    switch self {
    case .expression(let expression): expression.text
    case .query(let members): "{\(members.map { "\($0.key): \($0.value.text)" }.joined(separator: ", "))}"
    case .list(let elements): "[\(elements.map(\.text).joined(separator: ", "))]"
    }
  }
}

extension String {
  fileprivate func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
