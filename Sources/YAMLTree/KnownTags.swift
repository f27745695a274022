/// The tags that PyYAML's safe loader knows; any other is refused, as it refuses it.
enum KnownTags {
  private static let prefix = "tag:yaml.org,2002:"
  private static let scalar: Set = [
    "str", "int", "float", "bool", "null", "timestamp", "binary", "merge", "value",
  ]
  private static let sequence: Set = ["seq", "omap", "pairs"]
  private static let mapping: Set = ["map", "set"]

  /// Throws `.unknownTag` for a tag that a node of the event's kind cannot have.
  static func check(_ event: YAMLEvent, at position: YAMLPosition) throws(YAMLError) {
    guard let tag = event.tag, !isKnown(tag, on: event.kind) else { return }
    throw YAMLError(
      reason: .unknownTag(tag), position: position,
      message: "the tag \(shorthand(tag).quotedForMessage) is not one that this value can have",
      help: "put the value in quotes if it is text that starts with `!`, or remove the tag")
  }

  private static func isKnown(_ tag: String, on kind: YAMLEvent.Kind) -> Bool {
    guard tag.hasPrefix(prefix) else { return false }
    let name = String(tag.dropFirst(prefix.count))
    switch kind {
    case .scalar: return scalar.contains(name)
    case .sequenceStart: return sequence.contains(name)
    case .mappingStart: return mapping.contains(name)
    default: return false
    }
  }

  private static func shorthand(_ tag: String) -> String {
    tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
  }
}
