/// Text laid out in columns, by the width that a terminal gives each character.
package enum TextColumns {
  /// How a column is set.
  package enum Alignment {
    case left
    case right
  }

  /// The rows as lines, columns two spaces apart, without white space at the ends.
  package static func lines(_ rows: [[Cell]], _ alignments: [Alignment]) -> [String] {
    let widths = alignments.indices.map { column in
      rows.map { column < $0.count ? displayWidth($0[column].text) : 0 }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      var pending = 0
      for (column, cell) in row.enumerated() {
        let padding = widths[column] - displayWidth(cell.text)
        let before = alignments[column] == .right ? padding : 0
        line += String(repeating: " ", count: pending + before) + cell.styled
        pending = padding - before + 2
      }
      return line
    }
  }

  /// How wide the rows are as lines.
  package static func width(of rows: [[Cell]]) -> Int {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? displayWidth($0[column].text) : 0 }.max() ?? 0
    }
    return widths.reduce(0, +) + 2 * max(0, count - 1)
  }

  /// The cells two spaces apart, in lines of at most `width` columns where no cell is longer.
  package static func flowed(_ cells: some Sequence<Cell>, to width: Int) -> [String] {
    var lines: [String] = []
    var used = 0
    for cell in cells {
      let columns = displayWidth(cell.text)
      if let last = lines.last, used + 2 + columns <= width {
        lines[lines.count - 1] = last + "  " + cell.styled
        used += 2 + columns
      } else {
        lines.append(cell.styled)
        used = columns
      }
    }
    return lines
  }

  /// A text, and how it is shown.
  package struct Cell {
    package var text: String
    package var styled: String

    package init(_ text: String, _ style: (String) -> String = { $0 }) {
      self.text = text
      styled = style(text)
    }
  }

  /// `text` on one line: line breaks and control characters become spaces.
  package static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline || isControl($0) ? " " : $0 })
  }

  /// `text` on one line, cut to `width` columns: at its end, or in the middle of an address or a
  /// number, whose ends tell most.
  package static func fitted(_ text: String, to width: Int) -> String {
    let line = oneLine(text)
    guard displayWidth(line) > width else { return line }
    guard !line.contains(" ") else { return cut(line, to: width) }
    let end = String(beginning(of: String(line.reversed()), (width - 1) / 2).reversed())
    return beginning(of: line, width - 1 - displayWidth(end)) + "…" + end
  }

  /// `text` broken between words into lines of at most `width` columns; on the first one, `used` are taken already. A
  /// word that is longer than a line is left whole.
  package static func wrapped(_ text: String, to width: Int, used: Int = 0) -> [String] {
    var lines: [String] = [""]
    var column = used
    for word in text.split(separator: " ", omittingEmptySubsequences: false).map(String.init) {
      let columns = displayWidth(word)
      if let last = lines.last, column > (lines.count == 1 ? used : 0) {
        if column + 1 + columns <= width {
          lines[lines.count - 1] = last + " " + word
          column += 1 + columns
          continue
        }
        lines.append("")
        column = 0
      }
      lines[lines.count - 1] += word
      column += columns
    }
    return lines
  }

  /// `line`, cut at its end to `width` columns.
  package static func cut(_ line: String, to width: Int) -> String {
    displayWidth(line) > width ? beginning(of: line, width - 1) + "…" : line
  }

  /// As much of `line` as `width` columns hold.
  private static func beginning(of line: String, _ width: Int) -> String {
    var used = 0
    return String(
      line.prefix { character in
        used += columns(character)
        return used <= width
      })
  }

  /// How many columns a terminal gives `text`.
  package static func displayWidth(_ text: String) -> Int {
    text.reduce(0) { $0 + columns($1) }
  }

  /// East Asian wide characters and emoji take two columns.
  private static func columns(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case ..<0x300: return 1
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      return scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.generalCategory == .format
        ? 0 : 1
    }
  }

  /// Characters that would move the cursor, turn the writing direction or colour the terminal.
  private static func isControl(_ character: Character) -> Bool {
    character.unicodeScalars.contains { scalar in
      scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) || (0x202A...0x202E).contains(scalar.value)
        || (0x2066...0x2069).contains(scalar.value)
    }
  }
}
