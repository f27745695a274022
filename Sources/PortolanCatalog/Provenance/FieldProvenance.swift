import Portolan
import RawJSON

/// What made a field of an entity: which expression, of which line.
package struct FieldProvenance: Sendable, Hashable {
  /// The field's place in the entity: `title`, `properties.url`.
  package var field: String
  /// Its JSON.
  package var value: String
  /// The expression as it was written; nil where no mapping made the field, or a search query did.
  package var expression: String?
  /// Where the expression, or the query, is in the config.
  package var location: SourceLocation?

  /// The fields of an entity, in their order.
  ///
  /// - Parameters:
  ///   - json: the entity, one line of JSON.
  ///   - origin: what it was made of, nil where that is not known.
  ///   - config: the config that made it, nil where that is not known.
  /// - Returns: the identifier and all fields.
  package static func fields(
    of json: [UInt8], origin: EntityOrigin?, config: PortAppConfig?
  ) -> [FieldProvenance] {
    let made = expressions(origin, config)
    let identifier = JSONView(valid: json)["identifier"].map { [("identifier", $0.json)] } ?? []
    return (identifier + EntityFields.of(json)).map { field, value in
      FieldProvenance(
        field: field, value: value, expression: made[field]?.text, location: made[field]?.location)
    }
  }

  /// The expressions of the mapping that made an entity, by the fields that they make.
  private static func expressions(
    _ origin: EntityOrigin?, _ config: PortAppConfig?
  ) -> [String: (text: String?, location: SourceLocation?)] {
    guard let origin, let mappings = config?.resource(at: origin.resource)?.mappings,
      mappings.indices.contains(origin.mapping)
    else { return [:] }
    let fields = mappings[origin.mapping].fields.map { ($0.field, ($0.mapping.text, $0.mapping.location)) }
    return Dictionary(fields) { first, _ in first }
  }
}

extension EntityMapping {
  /// What makes each field, by the fields' places in the entity.
  fileprivate var fields: [(field: String, mapping: FieldMapping)] {
    var fields: [(String, FieldMapping)] = [("identifier", identifier)]
    if let title { fields.append(("title", .expression(title))) }
    if let icon { fields.append(("icon", .expression(icon))) }
    if let team { fields.append(("team", team)) }
    fields += (properties ?? []).map { ("properties.\($0.name)", .expression($0.expression)) }
    fields += (relations ?? []).map { ("relations.\($0.name)", $0.mapping) }
    return fields
  }
}

extension FieldMapping {
  /// The expression as it was written, nil for a search query.
  fileprivate var text: String? {
    if case .expression(let expression) = self { expression.text } else { nil }
  }

  /// Where the expression is, or the first one of a query.
  fileprivate var location: SourceLocation? {
    switch self {
    case .expression(let expression): expression.location
    case .query(let members): members.lazy.compactMap(\.value.location).first
    case .list(let elements): elements.lazy.compactMap(\.location).first
    }
  }
}
