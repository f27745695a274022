import JQ
import RawJSON

extension ConfigExpression {
  /// The text that the expression always gives, nil where it gives anything else.
  var constantText: String? {
    guard case .constant(let json) = expression.plain, json.first == UInt8(ascii: "\"") else { return nil }
    return json.withScanner { $0.text(0..<json.count) }
  }
}

extension FieldMapping {
  /// The expression, nil for a search query.
  var expression: ConfigExpression? {
    if case .expression(let expression) = self { expression } else { nil }
  }
}

extension EntityMapping {
  /// Where the expression of a field stands, by its place in the mapping; that of the blueprint for a field
  /// that is not mapped.
  func location(ofField path: String) -> SourceLocation {
    let expression: ConfigExpression? =
      switch path {
      case "identifier": identifier.expression
      case "title": title
      case "icon": icon
      case "team": team?.expression
      default:
        properties?.first { "properties.\($0.name)" == path }?.expression
          ?? relations?.first { "relations.\($0.name)" == path }?.mapping.expression
      }
    return expression?.location ?? blueprint.location
  }
}

extension ResourceConfig {
  /// A field's place in the resource: `properties.url`, or `mappings[1].properties.url` in a list of them.
  func fieldPath(_ field: String, mapping: Int) -> String {
    hasMappingList ? "mappings[\(mapping)].\(field)" : field
  }
}

extension PortAppConfig {
  /// The properties and relations that any mapping sets for entities of `blueprint`.
  func mappedFields(ofBlueprint blueprint: String) -> Set<String> {
    let mappings = resources.flatMap(\.mappings).filter {
      $0.blueprint.constantText.map { $0 == blueprint } ?? true
    }
    return Set(
      mappings.flatMap { mapping in
        (mapping.properties ?? []).map { "properties.\($0.name)" }
          + (mapping.relations ?? []).map { "relations.\($0.name)" }
      })
  }

  /// The resource at `index` of the file's list.
  func resource(at index: Int) -> ResourceConfig? {
    resources.first { $0.index == index }
  }
}
