/// A place in the YAML text, as an editor shows it.
package struct YAMLPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The line, from 1. LF, CR LF and CR end a line.
  package var line: Int
  /// The column, from 1, counted in Unicode scalars. A byte order mark does not count.
  package var column: Int
  /// The distance from the first byte of the text, in bytes. A byte order mark counts.
  package var offset: Int

  /// Makes a position of a line and a column, both from 1, and an offset in bytes from 0.
  package init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Whether one position is before another in the same text.
  package static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    left.offset < right.offset
  }

  /// The position as messages show it: `line:column`.
  package var description: String { "\(line):\(column)" }
}
