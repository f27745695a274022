/// Where the paths of a ``PathTree`` stand in one document.
public struct PathMatches: Sendable {
  private var starts: [Int]
  private var ends: [Int]

  /// Matches for `tree`, all missing.
  public init(_ tree: PathTree) {
    starts = Array(repeating: -1, count: tree.count)
    ends = Array(repeating: -1, count: tree.count)
  }

  /// Where the node's value stands, nil where the document does not have it.
  public subscript(_ node: Int) -> Range<Int>? {
    starts[node] < 0 ? nil : starts[node]..<ends[node]
  }

  mutating func begin(_ node: Int, at start: Int, subtreeEnd: Int) {
    // A key that stands twice: what was found under the first is void.
    if starts[node] >= 0 { clear(node..<subtreeEnd) }
    starts[node] = start
  }

  mutating func end(_ node: Int, at end: Int) {
    ends[node] = end
  }

  mutating func clear() {
    clear(starts.indices)
  }

  private mutating func clear(_ nodes: Range<Int>) {
    for node in nodes { starts[node] = -1 }
  }
}
