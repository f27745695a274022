/// Builds the tree from libyaml's events, on a stack of its own, so that no text can exhaust the thread's.
struct Composer {
  private let source: SourceText
  private let limits: YAMLLimits
  private let events: EventStream
  private var anchors: AnchorTable
  private var open: [OpenCollection] = []
  private var root: YAMLNode?

  init(_ source: SourceText, _ limits: YAMLLimits) throws(YAMLError) {
    self.source = source
    self.limits = limits
    events = try EventStream(source)
    anchors = AnchorTable(limit: limits.expandedNodes)
  }

  /// The text's only document.
  mutating func document() throws(YAMLError) -> YAMLNode {
    var documents = 0
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamStart, .documentEnd: continue
      case .streamEnd: return try finished()
      case .documentStart:
        documents += 1
        guard documents == 1 else { throw secondDocument(at: event.range.lowerBound) }
      case .alias(let name): try alias(name, event)
      case .scalar(let text, let style): try scalar(text, style, event)
      case .sequenceStart(let isFlow): try start(.sequence, isFlow, event)
      case .mappingStart(let isFlow): try start(.mapping(MappingBuilder()), isFlow, event)
      case .collectionEnd: try endCollection(event)
      }
    }
  }

  private func finished() throws(YAMLError) -> YAMLNode {
    guard let root, !root.isLeftOut else {
      throw YAMLError(
        reason: .emptyDocument, position: YAMLPosition(line: 1, column: 1, offset: 0),
        message: "the file holds no YAML, only blank lines or comments", help: "write a YAML document into it"
      )
    }
    return root
  }

  private func secondDocument(at offset: Int) -> YAMLError {
    YAMLError(
      reason: .multipleDocuments, position: source.position(atOffset: offset),
      message: "a second document starts here", help: "keep one document and remove the `---` line")
  }

  private mutating func start(
    _ content: OpenCollection.Content, _ isFlow: Bool, _ event: YAMLEvent
  ) throws(YAMLError) {
    let position = source.position(atOffset: event.range.lowerBound)
    if let parent = open.last, parent.wantsKey { throw Self.nonScalarKey(at: position) }
    guard open.count < limits.nestingDepth else { throw nestingTooDeep(at: position) }
    try KnownTags.check(event, at: position)
    if let anchor = event.anchor { try anchors.open(anchor, at: position) }
    open.append(
      OpenCollection(content: content, isFlow: isFlow, anchor: event.anchor, tag: event.tag, start: position))
  }

  private mutating func endCollection(_ event: YAMLEvent) throws(YAMLError) {
    guard let collection = open.popLast() else { return }
    let composed = collection.composed(end: source.position(atOffset: event.range.upperBound))
    if let anchor = collection.anchor { anchors.close(anchor, composed) }
    try add(composed)
  }

  private mutating func scalar(
    _ text: String, _ style: YAMLScalar.Style, _ event: YAMLEvent
  ) throws(YAMLError) {
    try KnownTags.check(event, at: source.position(atOffset: event.range.lowerBound))
    let written = NodeProperties.skip(in: source, event.range)
    let scalar = YAMLScalar(text: text, style: style, source: source, range: Self.textRange(written, style))
    let node = YAMLNode(
      value: .scalar(scalar), tag: event.tag, start: source.position(atOffset: written.lowerBound),
      end: source.position(atOffset: written.upperBound), isAnchored: event.anchor != nil)
    try Self.checkTag(node, scalar)
    let composed = ComposedNode(node: node, size: 1, height: 0)
    if let anchor = event.anchor {
      try anchors.open(anchor, at: source.position(atOffset: event.range.lowerBound))
      anchors.close(anchor, composed)
    }
    try add(composed)
  }

  private static func textRange(_ written: Range<Int>, _ style: YAMLScalar.Style) -> Range<Int> {
    let isQuoted = style == .singleQuoted || style == .doubleQuoted
    guard isQuoted, written.count >= 2 else { return written }
    return written.lowerBound + 1..<written.upperBound - 1
  }

  private mutating func alias(_ name: String, _ event: YAMLEvent) throws(YAMLError) {
    let position = source.position(atOffset: event.range.lowerBound)
    let composed = try anchors.expand(name, at: position)
    if let parent = open.last, parent.wantsKey, composed.height > 0 { throw Self.nonScalarKey(at: position) }
    guard open.count + composed.height <= limits.nestingDepth else { throw nestingTooDeep(at: position) }
    try add(composed, writtenAt: position)
  }

  private mutating func add(_ composed: ComposedNode, writtenAt place: YAMLPosition? = nil) throws(YAMLError)
  {
    guard !open.isEmpty else {
      root = composed.node
      return
    }
    try open[open.count - 1].add(composed, writtenAt: place ?? composed.node.start)
  }

  private static func checkTag(_ node: YAMLNode, _ scalar: YAMLScalar) throws(YAMLError) {
    guard let tag = node.tag, let kind = ScalarType.name(ofTag: tag), node.scalarType == nil else { return }
    throw YAMLError(
      reason: .tagMismatch(tag), position: node.start,
      message: "\(scalar.text.quotedForMessage) is not \(kind), which its tag says it is",
      help: "remove the tag or correct the value")
  }

  private static func nonScalarKey(at position: YAMLPosition) -> YAMLError {
    YAMLError(
      reason: .nonScalarKey, position: position, message: "a list or a mapping cannot be a key",
      help: "put the value in quotes if it is text, such as `{{ name }}`")
  }

  private func nestingTooDeep(at position: YAMLPosition) -> YAMLError {
    YAMLError(
      reason: .nestingTooDeep(limit: limits.nestingDepth), position: position,
      message: "lists and mappings are more than \(limits.nestingDepth) levels inside each other",
      help: "write the document flatter")
  }
}
