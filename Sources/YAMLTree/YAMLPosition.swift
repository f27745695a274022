/// A place in the YAML text, as an editor shows it.
public struct YAMLPosition: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// The line, from 1. LF, CR LF and CR end a line.
  public var line: Int
  /// The column, from 1, counted in Unicode scalars. A byte order mark does not count.
  public var column: Int
  /// The distance from the first byte of the text, in bytes. A byte order mark counts.
  public var offset: Int

  /// Makes a position of a line and a column, both from 1, and an offset in bytes from 0.
  public init(line: Int, column: Int, offset: Int) {
    self.line = line
    self.column = column
    self.offset = offset
  }

  /// Whether one position stands before another in the same text.
  public static func < (left: YAMLPosition, right: YAMLPosition) -> Bool {
    left.offset < right.offset
  }

  /// The position as messages show it: `line:column`.
  public var description: String { "\(line):\(column)" }
}
