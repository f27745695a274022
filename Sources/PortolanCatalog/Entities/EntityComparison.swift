import RawJSON

/// Compares what a mapping makes with what a catalog has, as CATALOG's first rule says.
///
/// Null and absent are the same; numbers are decimals; `team`, and relations to many, are sets; texts are bytes.
package struct EntityComparison: Sendable {
  /// Whether what the mapping does not name stays, and so is not compared.
  package var merges: Bool
  /// What is not compared, however it differs.
  package var ignored: [JSONPath]

  package init(merges: Bool, ignoring ignored: [JSONPath] = []) {
    self.merges = merges
    self.ignored = ignored
  }

  /// The fields that differ, each with the catalog's JSON and the mapping's: none where both are the same.
  ///
  /// - Parameters:
  ///   - stored: the catalog's entity, one line of JSON.
  ///   - desired: the mapping's, one line of JSON.
  /// - Returns: fields as `title`, `properties.status`, `relations.owner`, in the mapping's order.
  package func changes(from stored: [UInt8], to desired: [UInt8]) -> [(
    field: String, before: String?, after: String?
  )] {
    []
  }
}
