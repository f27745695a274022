/// A scalar: its text after YAML's folding and escapes, and the way back to where it was written.
package struct YAMLScalar: Sendable {
  /// How a scalar is written.
  package enum Style: Sendable, Hashable, CaseIterable {
    /// Without quotes.
    case plain
    /// `'…'`
    case singleQuoted
    /// `"…"`
    case doubleQuoted
    /// `|`
    case literal
    /// `>`
    case folded
  }

  /// The text, folded and unescaped.
  package let text: String
  /// How it is written.
  package let style: Style
  let source: SourceText
  /// The bytes between the quotes, the plain text, or a block scalar from its indicator on.
  let range: Range<Int>

  /// Where in the YAML text a byte of `text` is, through folding, indentation and escapes.
  ///
  /// Takes time in proportion to the scalar's length. Bytes that one escape or one line break gave are
  /// where that starts. An offset of `text.utf8.count` or more returns the end of the text.
  package func position(ofOffset utf8Offset: Int) -> YAMLPosition {
    let segments = segments()
    let offset = max(utf8Offset, 0)
    guard let segment = Self.segment(holding: offset, in: segments) else {
      return source.position(atOffset: end(of: segments))
    }
    switch segment.output {
    case .copied: return source.position(atOffset: segment.source.lowerBound + offset - segment.textStart)
    case .scalar: return source.position(atOffset: segment.source.lowerBound)
    }
  }

  /// The pieces of the text in order, each with the bytes that gave it.
  func segments() -> [ScalarSegment] {
    switch style {
    case .plain, .singleQuoted, .doubleQuoted:
      var walk = FlowScalarWalk(source: source, range: range, style: style)
      return walk.segments()
    case .literal, .folded:
      var walk = BlockScalarWalk(source: source, range: range, text: text, isFolded: style == .folded)
      return walk.segments()
    }
  }

  private static func segment(holding offset: Int, in segments: [ScalarSegment]) -> ScalarSegment? {
    var low = 0
    var high = segments.count
    while low < high {
      let middle = low + (high - low) / 2
      if segments[middle].textEnd <= offset { low = middle + 1 } else { high = middle }
    }
    return low < segments.count ? segments[low] : nil
  }

  private func end(of segments: [ScalarSegment]) -> Int {
    switch style {
    case .plain, .singleQuoted, .doubleQuoted: range.upperBound
    case .literal, .folded: segments.last?.source.upperBound ?? range.lowerBound
    }
  }
}
