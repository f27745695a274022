/// One piece of a jq program: what it is, and where it was in the source.
package struct Expression: Sendable, Hashable {
  /// What the piece is.
  package var node: Node

  /// Where it was, in UTF-8 byte offsets of the source. Empty for a piece that was not read from text.
  package var range: Range<Int>

  /// Makes a piece; without a range it counts as not read from text.
  package init(_ node: Node, range: Range<Int> = 0..<0) {
    self.node = node
    self.range = range
  }
}
