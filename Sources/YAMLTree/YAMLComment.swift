/// A comment of a YAML text, which is no part of its tree.
package struct YAMLComment: Sendable {
  /// What is behind its `#`, up to the end of the line.
  package let text: String
  /// Where its `#` is.
  package let start: YAMLPosition
  /// Whether nothing else is on its line.
  package let isAlone: Bool
}

/// What comments a YAML text holds, and which lines belong together.
package struct YAMLComments: Sendable {
  /// The comments, in the order of the text. A `#` within quotes or a block of text is none.
  package let comments: [YAMLComment]
  /// What would be comments if they were not in a block of text: jq takes them for such.
  package let commentsInTexts: [YAMLComment]
  /// The lines of each scalar that goes over several, in the order of the text.
  package let longScalars: [ClosedRange<Int>]

  /// Reads a UTF-8 text, with or without a byte order mark.
  ///
  /// - Throws: `YAMLError` where libyaml refuses it.
  package init(_ bytes: [UInt8]) throws(YAMLError) {
    try InputCheck.check(bytes)
    let source = SourceText(bytes)
    let scalars = try Self.scalars(of: source)
    comments = Self.comments(
      of: source, in: source.contentStart..<source.bytes.count, outside: scalars.map(\.text))
    commentsInTexts = scalars.filter(\.isBlock).flatMap {
      Self.comments(of: source, in: $0.text, outside: [])
    }
    longScalars = scalars.map(\.whole).map {
      source.position(atOffset: $0.lowerBound)
        .line...source.position(atOffset: max($0.lowerBound, $0.upperBound - 1)).line
    }.filter { $0.count > 1 }
  }

  /// Where each scalar is written, and where of that a `#` is text: in a block, what follows the line of its
  /// indicator.
  private static func scalars(of source: SourceText) throws(YAMLError) -> [(
    whole: Range<Int>, text: Range<Int>, isBlock: Bool
  )] {
    let events = try EventStream(source)
    var scalars: [(Range<Int>, Range<Int>, Bool)] = []
    while true {
      let event = try events.next()
      switch event.kind {
      case .streamEnd: return scalars
      case .scalar(_, let style):
        let whole = NodeProperties.skip(in: source, event.range)
        var text = whole
        let isBlock = style == .literal || style == .folded
        if isBlock {
          let head = whole.first { source.lineBreak(at: $0, before: whole.upperBound) != nil }
          text = (head ?? whole.upperBound)..<whole.upperBound
        }
        scalars.append((whole, text, isBlock))
      default: continue
      }
    }
  }

  /// The comments in `range`, which begins with a line.
  private static func comments(
    of source: SourceText, in range: Range<Int>, outside texts: [Range<Int>]
  ) -> [YAMLComment] {
    let bytes = source.bytes
    var comments: [YAMLComment] = []
    var texts = texts[...]
    var offset = range.lowerBound
    var isLineBlank = true
    while offset < range.upperBound {
      while let first = texts.first, first.upperBound <= offset { texts.removeFirst() }
      if let first = texts.first, first.contains(offset) {
        offset = first.upperBound
        isLineBlank = bytes[offset - 1] == 0x0A || bytes[offset - 1] == 0x0D
        continue
      }
      if let lineBreak = source.lineBreak(at: offset, before: bytes.count) {
        offset = lineBreak.upperBound
        isLineBlank = true
        continue
      }
      if bytes[offset] == UInt8(ascii: "#"), isLineBlank || source.isBlank(at: offset - 1) {
        let end =
          bytes[offset...].indices.first { source.lineBreak(at: $0, before: bytes.count) != nil }
          ?? bytes.count
        comments.append(
          YAMLComment(
            text: String(decoding: bytes[(offset + 1)..<end], as: UTF8.self),
            start: source.position(atOffset: offset), isAlone: isLineBlank))
        offset = end
        continue
      }
      if !source.isBlank(at: offset) { isLineBlank = false }
      offset += 1
    }
    return comments
  }
}
