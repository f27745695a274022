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
    change([DocumentChange(range: range, replacement: replacement)])
  }

  /// Makes changes one after another.
  mutating func change(_ changes: [DocumentChange]) {
    for change in changes {
      guard let range = change.range else {
        text = change.replacement
        continue
      }
      let start = index(range.start)
      let end = max(start, index(range.end))
      text.unicodeScalars.replaceSubrange(start..<end, with: change.replacement.unicodeScalars)
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
      let scalar = scalars[index]
      index = scalars.index(after: index)
      if scalar == "\n" || scalar == "\r" && !(index < scalars.endIndex && scalars[index] == "\n") {
        line += 1
      }
    }
    var width = 0
    while width < position.character, index < scalars.endIndex, !Self.isLineEnd(scalars[index]) {
      width += encoding.width(scalars[index])
      index = scalars.index(after: index)
    }
    return index
  }

  private static func isLineEnd(_ scalar: Unicode.Scalar) -> Bool { scalar == "\n" || scalar == "\r" }

  /// Lines end as the protocol says: with LF, CR and LF, or CR alone.
  private mutating func split() {
    lines = []
    var line: [Unicode.Scalar] = []
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if Self.isLineEnd(scalar) {
        // The LF after a CR ends no line of its own.
        if !(scalar == "\n" && last == "\r") {
          lines.append(line)
          line = []
        }
      } else {
        line.append(scalar)
      }
      last = scalar
    }
    lines.append(line)
  }
}

/// A change of a document's text.
struct DocumentChange {
  /// What is replaced; nil for the whole text.
  let range: (start: EditorPosition, end: EditorPosition)?
  let replacement: String
}
