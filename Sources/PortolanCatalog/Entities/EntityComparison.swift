import RawJSON

/// Compares what a mapping makes with what a catalog has, as CATALOG's first rule says.
///
/// Null and absent are the same; numbers are decimals; `team`, and relations to many, are sets, and an empty one is the
/// same as none; texts are bytes. What is null inside a property's value is compared as any other part of it.
package struct EntityComparison: Sendable {
  /// Whether what the mapping does not name stays, and so is not compared.
  package var merges: Bool
  /// What is not compared, however it differs: `.properties.lastSeen`, or a part of a value,
  /// `.properties.meta.updated`.
  package var ignored: [JSONPath]

  package init(merges: Bool, ignoring ignored: [JSONPath] = []) {
    self.merges = merges
    self.ignored = ignored
  }

  /// The fields that differ, each with the catalog's JSON and the mapping's: none where both are the same.
  ///
  /// Fields that the catalog resolves by a search query are none of them: see ``queries(in:)``.
  ///
  /// - Parameters:
  ///   - stored: the catalog's entity, one line of JSON.
  ///   - desired: the mapping's, one line of JSON.
  /// - Returns: fields as `title`, `properties.status`, `relations.owner`, in the mapping's order.
  package func changes(from stored: [UInt8], to desired: [UInt8]) -> [(
    field: String, before: String?, after: String?
  )] {
    if stored == desired { return [] }
    var walk = EntityWalk(merges: merges, ignored: ignored.map(\.steps))
    walk.compare(JSONView(valid: stored), JSONView(valid: desired))
    return walk.changes
  }

  /// The fields of what a mapping makes whose value is a search query, for the catalog to resolve: `identifier`, `team`,
  /// `relations.owner`.
  package static func queries(in desired: [UInt8]) -> [String] {
    let entity = JSONView(valid: desired)
    var queries = ["identifier", "team"].filter { entity[$0]?.isSearchQuery ?? false }
    for (name, value) in entity["relations"]?.members ?? [] where value.isSearchQuery {
      queries.append("relations.\(name)")
    }
    return queries
  }
}
