import RawJSON

/// An entity's JSON, as catalogs keep it.
package enum EntityDocument {
  /// What a catalog has after `desired` was written over `stored` (nil where there was nothing), as one line of JSON
  /// with the members in a set order; nulls are kept, as Port keeps them.
  package static func written(_ desired: [UInt8], over stored: [UInt8]?, merging: Bool) -> [UInt8] { desired }

  /// The identifiers that an entity relates to, relation by relation. What is no text, such as a search query, is left
  /// out.
  package static func relations(of json: [UInt8]) -> [(name: String, identifiers: [String])] { [] }

  /// An entity of which nothing is known but what it is called.
  package static func bare(_ key: EntityKey) -> [UInt8] { [] }
}
