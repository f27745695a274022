/// Finds where a scalar's text starts after its anchor and tag.
enum NodeProperties {
  static func skip(in source: SourceText, _ range: Range<Int>) -> Range<Int> {
    var offset = range.lowerBound
    while offset < range.upperBound {
      switch source.bytes[offset] {
      case UInt8(ascii: "&"): offset = endOfName(in: source, offset + 1..<range.upperBound)
      case UInt8(ascii: "!"): offset = endOfWord(in: source, offset..<range.upperBound)
      case UInt8(ascii: "#"): offset = endOfLine(in: source, offset..<range.upperBound)
      default:
        guard isSpace(in: source, offset, range.upperBound) else { return offset..<range.upperBound }
        offset += source.lineBreak(at: offset, before: range.upperBound)?.count ?? 1
      }
    }
    return range.upperBound..<range.upperBound
  }

  /// An anchor's name ends at the first character that libyaml allows in none: `&a?b` is the anchor `a`.
  private static func endOfName(in source: SourceText, _ range: Range<Int>) -> Int {
    range.first { offset in
      switch source.bytes[offset] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): false
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"): false
      default: true
      }
    } ?? range.upperBound
  }

  private static func endOfWord(in source: SourceText, _ range: Range<Int>) -> Int {
    range.first { isSpace(in: source, $0, range.upperBound) } ?? range.upperBound
  }

  private static func endOfLine(in source: SourceText, _ range: Range<Int>) -> Int {
    range.first { source.lineBreak(at: $0, before: range.upperBound) != nil } ?? range.upperBound
  }

  private static func isSpace(in source: SourceText, _ offset: Int, _ end: Int) -> Bool {
    source.isBlank(at: offset) || source.lineBreak(at: offset, before: end) != nil
  }
}
