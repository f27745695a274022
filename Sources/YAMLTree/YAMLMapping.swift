/// A mapping's entries, in order, each key once.
package struct YAMLMapping: Sendable {
  /// A key and its value.
  package struct Entry: Sendable {
    /// The key, a scalar.
    package var key: YAMLNode
    /// The key's text, as written.
    package var keyText: String
    /// The value.
    package var value: YAMLNode
    /// Whether a merge key (`<<`) brought the entry from another mapping.
    package var isMerged: Bool
  }

  /// The entries: those that merge keys brought first, as PyYAML orders them, then the mapping's own.
  package let entries: [Entry]
  private let indexes: [String: Int]

  /// The later of two equal keys gives the value, the earlier the place.
  init(overriding candidates: [Entry]) {
    var entries: [Entry] = []
    var indexes: [String: Int] = [:]
    for candidate in candidates {
      if let index = indexes[candidate.keyText] {
        entries[index] = candidate
      } else {
        indexes[candidate.keyText] = entries.count
        entries.append(candidate)
      }
    }
    self.entries = entries
    self.indexes = indexes
  }

  /// The value of a key, nil where the mapping does not have it.
  package subscript(key: String) -> YAMLNode? {
    indexes[key].map { entries[$0].value }
  }
}
