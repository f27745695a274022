/// A line of a file with a part of it underlined, fitted to the terminal.
struct SourceExcerpt {
  /// The line as a terminal shows it.
  let line: String
  /// Blanks, and `^` under each column of the part.
  let marks: String

  private static let tabWidth = 2

  /// The part from `start` up to `end`, columns counted in Unicode scalars from 1; a part that goes on
  /// on another line is underlined up to the end of this one. What is in the columns `hidden` is not shown.
  init(_ source: SourceLine, from start: Int, to end: Int?, hiding hidden: [Range<Int>], width: Int) {
    let scalars = source.text.unicodeScalars.enumerated().map { index, scalar in
      hidden.contains { $0.contains(index + source.firstColumn) } ? "•" : scalar
    }
    let first = min(max(start - source.firstColumn, 0), scalars.count)
    let last = min(max(end.map { $0 - source.firstColumn } ?? first + 1, first), scalars.count)
    var before = Self.shown(scalars[..<first])
    let part = Self.shown(scalars[first..<last])
    let after = Self.shown(scalars[last...])
    let partWidth = max(1, TextColumns.displayWidth(part))
    // Of a line that is too long, what is around the part is shown.
    let room = max(20, width - min(partWidth, width * 2 / 3) - 10)
    if TextColumns.displayWidth(before) > room { before = "…" + Self.end(of: before, room - 1) }
    let beforeWidth = TextColumns.displayWidth(before)
    line = TextColumns.cut(before + part + after, to: max(width, beforeWidth + 1))
    let visible = max(1, min(partWidth, TextColumns.displayWidth(line) - beforeWidth))
    marks = String(repeating: " ", count: beforeWidth) + String(repeating: "^", count: visible)
  }

  private static func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar == "\t" {
        text.append(contentsOf: repeatElement(" ", count: tabWidth))
      } else if scalar != "\u{FEFF}" {
        text.append(scalar)
      }
    }
    return TextColumns.oneLine(String(text))
  }

  /// The last characters of `text`, as many as `width` columns hold.
  private static func end(of text: String, _ width: Int) -> String {
    var end = Substring(text)
    while TextColumns.displayWidth(String(end)) > width { end = end.dropFirst() }
    return String(end)
  }
}
