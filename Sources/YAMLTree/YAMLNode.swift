/// A value in a YAML text: a scalar, a list or a mapping, and where it is.
package struct YAMLNode: Sendable {
  /// What a node holds.
  package enum Value: Sendable {
    /// One text, whatever its type.
    case scalar(YAMLScalar)
    /// A list.
    case sequence([YAMLNode])
    /// A mapping, merge keys applied.
    case mapping(YAMLMapping)
  }

  /// What the node holds.
  package var value: Value
  /// The tag that the text gives it, its handle resolved (`!!str` is `tag:yaml.org,2002:str`); nil where
  /// the text gives none.
  package var tag: String?
  /// Where it starts. A scalar starts at its text or its opening quote or indicator, after its tag and
  /// anchor; the value of an alias where its anchor's value starts.
  package var start: YAMLPosition
  /// Where it ends: the place after its last character. A block scalar ends after its last line break.
  package var end: YAMLPosition

  /// Whether the text names it, so that aliases can repeat it.
  package var isAnchored: Bool

  /// Makes a node.
  package init(
    value: Value, tag: String? = nil, start: YAMLPosition, end: YAMLPosition, isAnchored: Bool = false
  ) {
    self.value = value
    self.tag = tag
    self.start = start
    self.end = end
    self.isAnchored = isAnchored
  }

  /// Whether aliases can repeat it or a part of it. The reader limits how deep nodes nest.
  package var holdsAnchor: Bool {
    if isAnchored { return true }
    return switch value {
    case .scalar: false
    case .sequence(let elements): elements.contains(where: \.holdsAnchor)
    case .mapping(let mapping): mapping.entries.contains { $0.value.holdsAnchor }
    }
  }
}
