/// A node, and how many nodes and levels it holds, aliases followed.
struct ComposedNode {
  var node: YAMLNode
  /// The nodes in it, itself included.
  var size: Int
  /// The levels of lists and mappings in it, itself included; 0 for a scalar.
  var height: Int
}

/// A list or mapping whose end has not come yet.
struct OpenCollection {
  enum Content {
    case sequence
    case mapping(MappingBuilder)
  }

  private(set) var content: Content
  let isFlow: Bool
  let anchor: String?
  let tag: String?
  let start: YAMLPosition
  private var items: [YAMLNode] = []
  private var pendingKey: (node: YAMLNode, place: YAMLPosition)?
  private var size = 1
  private var height = 1
  private var lastEnd: YAMLPosition

  init(content: Content, isFlow: Bool, anchor: String?, tag: String?, start: YAMLPosition) {
    self.content = content
    self.isFlow = isFlow
    self.anchor = anchor
    self.tag = tag
    self.start = start
    lastEnd = start
  }

  /// Whether the next node is a mapping's key.
  var wantsKey: Bool {
    if case .mapping = content { pendingKey == nil } else { false }
  }

  /// Adds an item, a key, or the value of the key before it. Throws `.duplicateKey` and `.invalidMerge`.
  mutating func add(_ composed: ComposedNode, writtenAt place: YAMLPosition) throws(YAMLError) {
    size += composed.size
    height = max(height, composed.height + 1)
    lastEnd = max(lastEnd, composed.node.end)
    guard case .mapping(var builder) = content else {
      items.append(composed.node)
      return
    }
    guard let key = pendingKey else {
      pendingKey = (composed.node, place)
      // Tells of a duplicate at once, before a value that may be wrong in its own way.
      try builder.checkKey(composed.node, writtenAt: place)
      return
    }
    pendingKey = nil
    // Releases the copy in `content`, so that the builder's arrays are not copied at every entry.
    content = .sequence
    defer { content = .mapping(builder) }
    try builder.add(key.node, writtenAt: key.place, composed.node, valueWrittenAt: place)
  }

  /// The finished node. A block collection ends with its last item, a flow one at its closing bracket.
  func composed(end: YAMLPosition) -> ComposedNode {
    let value: YAMLNode.Value
    switch content {
    case .sequence: value = .sequence(items)
    case .mapping(let builder): value = .mapping(builder.mapping())
    }
    let node = YAMLNode(
      value: value, tag: tag, start: start, end: isFlow ? end : lastEnd, isAnchored: anchor != nil)
    return ComposedNode(node: node, size: size, height: height)
  }
}
