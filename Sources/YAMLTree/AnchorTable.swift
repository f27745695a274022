/// The anchors that a text has defined so far, and how many nodes its aliases have stood for.
struct AnchorTable {
  private enum State {
    case open
    case closed(ComposedNode)
  }

  private let limit: Int
  private var states: [String: (state: State, position: YAMLPosition)] = [:]
  private var expanded = 0

  init(limit: Int) {
    self.limit = limit
  }

  /// Begins the value of an anchor. Throws `.duplicateAnchor`, as PyYAML refuses it.
  mutating func open(_ name: String, at position: YAMLPosition) throws(YAMLError) {
    if let first = states[name]?.position {
      throw YAMLError(
        reason: .duplicateAnchor(name, first: first), position: position,
        message: "the anchor \(("&" + name).quotedForMessage) is defined twice, first at \(first)",
        help: "rename one of them")
    }
    states[name] = (.open, position)
  }

  /// Ends the value of an anchor.
  mutating func close(_ name: String, _ composed: ComposedNode) {
    states[name]?.state = .closed(composed)
  }

  /// The value of an alias. Throws `.undefinedAlias`, `.aliasCycle` and `.aliasExplosion`.
  mutating func expand(_ name: String, at position: YAMLPosition) throws(YAMLError) -> ComposedNode {
    guard let (state, anchor) = states[name] else {
      throw YAMLError(
        reason: .undefinedAlias(name), position: position,
        message: "no anchor \(name.quotedForMessage) is before this alias",
        help: "write `&\(name)` before the value that is meant, or put this in quotes if it is text")
    }
    guard case .closed(let composed) = state else {
      throw YAMLError(
        reason: .aliasCycle(name), position: position,
        message:
          "the alias \(("*" + name).quotedForMessage) is inside its own anchor's value, at \(anchor)",
        help: "remove the alias")
    }
    expanded += composed.size
    guard expanded <= limit else {
      throw YAMLError(
        reason: .aliasExplosion(limit: limit), position: position,
        message: "the aliases up to here stand for more than \(limit) nodes",
        help: "use fewer aliases of aliases")
    }
    return composed
  }
}
