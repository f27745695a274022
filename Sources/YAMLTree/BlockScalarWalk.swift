/// Walks a literal or folded scalar as libyaml's scanner does, keeping where every piece came from.
struct BlockScalarWalk {
  private let source: SourceText
  private let end: Int
  private let isFolded: Bool
  private let keepsLastBreak: Bool
  private let keepsTrailingBreaks: Bool
  private let indentation: Int
  private var offset: Int
  private var column = 0
  private var blankLines: [Range<Int>] = []
  private var builder = ScalarSegmentBuilder()

  init(source: SourceText, range: Range<Int>, text: String, isFolded: Bool) {
    self.source = source
    self.isFolded = isFolded
    end = range.upperBound
    let header = Self.header(source, range)
    keepsLastBreak = !header.indicators.contains(UInt8(ascii: "-"))
    keepsTrailingBreaks = header.indicators.contains(UInt8(ascii: "+"))
    offset = header.end
    indentation = Self.indentation(source, header.end..<end, text)
  }

  mutating func segments() -> [ScalarSegment] {
    var lastBreak: Range<Int>?
    var lastLineIsIndented = false
    scanBlankLines()
    while column == indentation, offset < end {
      let isIndented = source.isBlank(at: offset)
      if let lastBreak {
        let folds = isFolded && !lastBreak.isKeptLineBreak && !lastLineIsIndented && !isIndented
        join(lastBreak, folds: folds)
      }
      writeBlankLines()
      lastLineIsIndented = isIndented
      lastBreak = copyLine()
      scanBlankLines()
    }
    if keepsLastBreak, let lastBreak { builder.lineBreak(lastBreak) }
    if keepsTrailingBreaks { writeBlankLines() }
    return builder.segments
  }

  private mutating func join(_ lastBreak: Range<Int>, folds: Bool) {
    if !folds {
      builder.lineBreak(lastBreak)
    } else if blankLines.isEmpty {
      builder.write(" ", for: lastBreak)
    }
  }

  private mutating func writeBlankLines() {
    blankLines.forEach { builder.lineBreak($0) }
    blankLines = []
  }

  private mutating func copyLine() -> Range<Int>? {
    let start = offset
    while offset < end {
      if let lineBreak = source.lineBreak(at: offset, before: end) {
        builder.copy(start..<offset)
        offset = lineBreak.upperBound
        return lineBreak
      }
      offset += 1
    }
    builder.copy(start..<offset)
    return nil
  }

  /// Eats indentation and line breaks up to the next line that has text.
  private mutating func scanBlankLines() {
    while true {
      column = 0
      while column < indentation, offset < end, source.bytes[offset] == 0x20 {
        offset += 1
        column += 1
      }
      guard offset < end, let lineBreak = source.lineBreak(at: offset, before: end) else { return }
      blankLines.append(lineBreak)
      offset = lineBreak.upperBound
    }
  }

  /// The indicators after `|` or `>`, and where the line after them starts.
  private static func header(_ source: SourceText, _ range: Range<Int>) -> (
    indicators: ArraySlice<UInt8>, end: Int
  ) {
    let line = source.bytes[range].dropFirst()
    let indicators = line.prefix { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }
    var offset = range.lowerBound
    while offset < range.upperBound {
      if let lineBreak = source.lineBreak(at: offset, before: range.upperBound) {
        return (indicators, lineBreak.upperBound)
      }
      offset += 1
    }
    return (indicators, range.upperBound)
  }

  /// How many spaces the scalar's lines have more in the YAML text than in its own text.
  ///
  /// The first line with more than spaces tells; where there is none, the widest does.
  private static func indentation(_ source: SourceText, _ lines: Range<Int>, _ text: String) -> Int {
    let written = SpaceCount(source, lines)
    let textSource = SourceText(Array(text.utf8))
    let read = SpaceCount(textSource, textSource.bytes.indices)
    if let written = written.firstTextLine, let read = read.firstTextLine { return max(written - read, 0) }
    return max(written.widest - read.widest, 0)
  }
}

/// How far the lines of a text are indented.
private struct SpaceCount {
  /// The spaces before the first character that is neither a space nor a line break.
  var firstTextLine: Int?
  /// The most spaces that a line before it has.
  var widest = 0

  init(_ source: SourceText, _ range: Range<Int>) {
    var spaces = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      if let lineBreak = source.lineBreak(at: offset, before: range.upperBound) {
        spaces = 0
        offset = lineBreak.upperBound
      } else if source.bytes[offset] == 0x20 {
        spaces += 1
        widest = max(widest, spaces)
        offset += 1
      } else {
        firstTextLine = spaces
        return
      }
    }
  }
}
