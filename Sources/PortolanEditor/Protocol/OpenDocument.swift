/// How a client counts the columns of a line.
package enum PositionEncoding: String, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case utf32 = "utf-32"

  /// How many columns the character takes.
  func width(_ scalar: Unicode.Scalar) -> Int {
    switch self {
    case .utf8: UTF8.width(scalar)
    case .utf16: UTF16.width(scalar)
    case .utf32: 1
    }
  }
}

/// A place in a document as a client counts: from 0, in its encoding.
package struct EditorPosition: Sendable, Hashable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }
}

/// A document that is open in the editor, with the text as it is there.
package struct OpenDocument: Sendable {
  /// How the client counts columns.
  package let encoding: PositionEncoding
  /// The version that the client gave it.
  package var version: Int?
  /// The text.
  package private(set) var text: String
  /// The lines, without their ends.
  package private(set) var lines: [[Unicode.Scalar]] = []

  /// A document that has been opened.
  package init(_ text: String, encoding: PositionEncoding, version: Int? = nil) {
    self.encoding = encoding
    self.version = version
    self.text = text
    split()
  }

  /// Puts `replacement` in place of what is between two positions; nil for the whole text. What lies outside the text
  /// is taken for its nearest place.
  package mutating func change(_ range: (start: EditorPosition, end: EditorPosition)?, _ replacement: String)
  {
    if let range {
      let start = index(range.start)
      let end = max(start, index(range.end))
      text.unicodeScalars.replaceSubrange(start..<end, with: replacement.unicodeScalars)
    } else {
      text = replacement
    }
    split()
  }

  /// The column of a position, counted in characters from 0.
  package func column(_ position: EditorPosition) -> Int {
    guard lines.indices.contains(position.line) else { return 0 }
    var width = 0
    for (column, scalar) in lines[position.line].enumerated() {
      if width >= position.character { return column }
      width += encoding.width(scalar)
    }
    return lines[position.line].count
  }

  /// The position of a line and column, counted in characters from 1.
  package func position(line: Int, column: Int) -> EditorPosition {
    guard lines.indices.contains(line - 1) else {
      return EditorPosition(line: max(0, line - 1), character: 0)
    }
    let width = lines[line - 1].prefix(max(0, column - 1)).reduce(0) { $0 + encoding.width($1) }
    return EditorPosition(line: line - 1, character: width)
  }

  private func index(_ position: EditorPosition) -> String.UnicodeScalarView.Index {
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    var line = 0
    while line < position.line, index < scalars.endIndex {
      if scalars[index] == "\n" { line += 1 }
      index = scalars.index(after: index)
    }
    guard line == position.line else { return scalars.endIndex }
    return scalars.index(index, offsetBy: column(position), limitedBy: scalars.endIndex) ?? scalars.endIndex
  }

  private mutating func split() {
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      Array(line.last == "\r" ? line.dropLast() : line)
    }
  }
}
