/// Where the paths of a ``PathTree`` are in one document.
package struct PathMatches: Sendable {
  /// Where a node's value is; nowhere if it starts below 0.
  @usableFromInline struct Match: Sendable {
    @usableFromInline var start = -1
    @usableFromInline var end = -1
  }

  @usableFromInline var matches: [Match]

  /// Matches for `tree`, all missing.
  package init(_ tree: PathTree) {
    matches = Array(repeating: Match(), count: tree.count)
  }

  /// Where the node's value is, nil where the document does not have it.
  @inlinable @inline(__always) package subscript(_ node: Int) -> Range<Int>? {
    let match = matches[node]
    return match.start < 0 ? nil : match.start..<match.end
  }

  /// Calls `body` with a place for each node, all missing at first.
  mutating func refill<Result>(
    _ body: (UnsafeMutableBufferPointer<Match>) throws(JSONError) -> Result
  ) throws(JSONError) -> Result {
    try matches.withUnsafeMutableBufferPointer { matches throws(JSONError) in
      matches.update(repeating: Match())
      return try body(matches)
    }
  }
}
