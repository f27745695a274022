/// A piece of a scalar's text and the bytes of the YAML text that gave it.
struct ScalarSegment {
  enum Output: Equatable {
    /// The text is the source's bytes.
    case copied
    /// The text is one character that a line break, a fold or an escape stands for.
    case scalar(Unicode.Scalar)
  }

  var textStart: Int
  var textCount: Int
  var source: Range<Int>
  var output: Output

  var textEnd: Int { textStart + textCount }
}

/// Collects segments, joining copied neighbours.
struct ScalarSegmentBuilder {
  private(set) var segments: [ScalarSegment] = []
  private var textCount = 0

  mutating func copy(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let last = segments.count - 1
    if last >= 0, segments[last].output == .copied, segments[last].source.upperBound == range.lowerBound {
      segments[last].source = segments[last].source.lowerBound..<range.upperBound
      segments[last].textCount += range.count
    } else {
      segments.append(
        ScalarSegment(textStart: textCount, textCount: range.count, source: range, output: .copied))
    }
    textCount += range.count
  }

  mutating func write(_ scalar: Unicode.Scalar, for range: Range<Int>) {
    let count = UTF8.width(scalar)
    segments.append(
      ScalarSegment(textStart: textCount, textCount: count, source: range, output: .scalar(scalar)))
    textCount += count
  }

  /// LF, CR, CR LF and NEL all become LF; LS and PS stay, as libyaml keeps them.
  mutating func lineBreak(_ range: Range<Int>) {
    if range.isKeptLineBreak { copy(range) } else { write("\n", for: range) }
  }
}

extension Range<Int> {
  /// Whether the bytes of a line break are LS or PS (three bytes in UTF-8), which folding does not join.
  var isKeptLineBreak: Bool { count == 3 }
}
