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
    place(of: field, mapping, of: resource)?.start
  }

  /// Where that begins, and where it ends, as far as that is known.
  func place(
    of field: String, _ mapping: Int, of resource: Int
  ) -> (start: SourceLocation, end: SourceLocation?)? {
    if let found = self.mapping(mapping, of: resource)?.mapping(of: field), let start = found.location {
      return (start, found.end)
    }
    return resources[resource].map { ($0.location, nil) }
  }
}

extension EntityMapping {
  /// Where the expression is that makes a field, nil where none does.
  func location(of field: String) -> SourceLocation? { mapping(of: field)?.location }

  /// What makes a field, nil where nothing does.
  func mapping(of field: String) -> FieldMapping? {
    switch field {
    case "identifier": return identifier
    case "blueprint": return .expression(blueprint)
    case "title": return title.map { .expression($0) }
    case "icon": return icon.map { .expression($0) }
    case "team": return team
    default: break
    }
    if let name = field.dropping("properties.") {
      return properties?.last { $0.name == name }.map { .expression($0.expression) }
    }
    if let name = field.dropping("relations.") { return relations?.last { $0.name == name }?.mapping }
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

  /// Where it ends, if it is a single expression.
  var end: SourceLocation? {
    if case .expression(let expression) = self { expression.endLocation } else { nil }
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
