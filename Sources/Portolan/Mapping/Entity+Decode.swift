#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Entity {
  /// The entity as a value of your own type.
  ///
  /// ```swift
  /// struct Issue: Decodable {
  ///   struct Properties: Decodable { var status: String? }
  ///   var identifier: String
  ///   var properties: Properties
  /// }
  /// let object = Array(#"{"key": "PORT-1", "fields": {"status": "Done"}}"#.utf8)
  /// for entity in mapping.map(object: object, kind: "issue") {
  ///   print(try entity.decode(Issue.self).properties.status ?? "no status")
  /// }
  /// ```
  ///
  /// Numbers keep their digits as far as the type holds them: `Int64` and `Decimal` hold more than `Double`. An
  /// identifier may be a search query, which is no text: see ``identifier``.
  /// - Parameter type: what to make; it names the keys as the entity has them, such as `identifier`, `title`,
  ///   `properties` and `relations`.
  /// - Returns: the value.
  /// - Throws: `DecodingError` where a key is missing that the type needs, or a value is of another type.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json))
  }
}
