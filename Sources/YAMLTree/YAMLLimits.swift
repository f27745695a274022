/// How much a YAML text may ask for before it is refused.
package struct YAMLLimits: Sendable, Hashable {
  /// The greatest nesting that any text may have, so that walking a tree never exhausts the stack.
  package static let greatestNestingDepth = 500

  /// How many lists and mappings may be inside each other, aliases followed.
  package var nestingDepth: Int
  /// How many nodes all aliases together may stand for.
  package var expandedNodes: Int

  /// 100 levels, 100,000 nodes.
  package static let `default` = YAMLLimits()

  /// Makes limits; a nesting depth above `greatestNestingDepth` is lowered to it.
  package init(nestingDepth: Int = 100, expandedNodes: Int = 100_000) {
    self.nestingDepth = min(max(nestingDepth, 1), Self.greatestNestingDepth)
    self.expandedNodes = max(expandedNodes, 0)
  }
}
