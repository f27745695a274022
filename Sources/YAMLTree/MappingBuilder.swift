/// Collects a mapping's entries, refuses keys given twice and applies merge keys as PyYAML does.
struct MappingBuilder {
  private var own: [YAMLMapping.Entry] = []
  private var merged: [YAMLMapping.Entry] = []
  private var keys: [String: YAMLPosition] = [:]

  /// Throws `.duplicateKey` where the mapping has the key already.
  func checkKey(_ key: YAMLNode, writtenAt place: YAMLPosition) throws(YAMLError) {
    guard !key.isMergeKey, let text = key.string, let first = keys[text] else { return }
    throw YAMLError(
      reason: .duplicateKey(text, first: first), position: place,
      message: "the key \(text.quotedForMessage) is given twice in this mapping, first at \(first)",
      help: "remove or rename one of them; where a new entry of a list begins, its `- ` is missing")
  }

  /// Adds an entry. Throws `.invalidMerge`.
  mutating func add(
    _ key: YAMLNode, writtenAt keyPlace: YAMLPosition, _ value: YAMLNode, valueWrittenAt place: YAMLPosition
  ) throws(YAMLError) {
    guard !key.isMergeKey else { return try merge(value, writtenAt: place) }
    let text = key.string ?? ""
    keys[text] = keyPlace
    own.append(YAMLMapping.Entry(key: key, keyText: text, value: value, isMerged: false))
  }

  /// The mapping: what was merged, overridden by the mapping's own entries.
  func mapping() -> YAMLMapping {
    YAMLMapping(overriding: merged + own)
  }

  /// Of several merge keys the later overrides the earlier; of a list's mappings the earlier the later.
  private mutating func merge(_ value: YAMLNode, writtenAt place: YAMLPosition) throws(YAMLError) {
    switch value.value {
    case .mapping(let mapping): append(mapping)
    case .sequence(let nodes):
      for node in nodes.reversed() {
        guard case .mapping(let mapping) = node.value else {
          throw Self.invalidMerge(node, at: node.start)
        }
        append(mapping)
      }
    case .scalar: throw Self.invalidMerge(value, at: place)
    }
  }

  private mutating func append(_ mapping: YAMLMapping) {
    for var entry in mapping.entries {
      entry.isMerged = true
      merged.append(entry)
    }
  }

  private static func invalidMerge(_ node: YAMLNode, at position: YAMLPosition) -> YAMLError {
    YAMLError(
      reason: .invalidMerge, position: position,
      message: "`<<` takes a mapping or a list of mappings, not \(node.kindName)",
      help: "give it an alias of a mapping, such as `<<: *defaults`, or quote the key")
  }
}
