import Portolan
import RawJSON

/// What made a field of an entity: which expression, of which line.
package struct FieldProvenance: Sendable, Hashable {
  /// The field's place in the entity: `title`, `properties.url`.
  package var field: String
  /// Its JSON.
  package var value: String
  /// The expression as it was written; nil where no mapping made the field.
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
    let mapping = origin.flatMap { origin in
      config.flatMap { ConfigPlaces($0).mapping(origin.mapping, of: origin.resource) }
    }
    let identifier = JSONView(valid: json)["identifier"].map { [("identifier", $0.json)] } ?? []
    return (identifier + EntityFields.of(json)).map { field, value in
      let made = mapping?.mapping(of: field)
      return FieldProvenance(field: field, value: value, expression: made?.text, location: made?.location)
    }
  }
}
