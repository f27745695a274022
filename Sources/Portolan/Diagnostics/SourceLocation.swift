import RawJSON
import YAMLTree

/// A place in a text that a person can go to.
public struct SourceLocation: Sendable, Hashable, Codable {
  /// The file, as the user named it or as it was found from there, or what a text without a file is called.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column in characters (Unicode scalars), counted from 1.
  public var column: Int

  /// Creates a location.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  /// The first character of a text.
  package init(startOf file: String) {
    self.init(file: file, line: 1, column: 1)
  }

  /// A place in a YAML file.
  package init(_ position: YAMLPosition, in file: String) {
    self.init(file: file, line: position.line, column: position.column)
  }
}

// MARK: Counting lines

extension SourceLocation {
  /// Moves on to what follows `text`, which begins at this location.
  mutating func advance(over text: JSONScanner) {
    let (newlines, lastStart) = text.lines()
    line += newlines
    if newlines > 0 { column = 1 }
    // A character's first byte is the one that does not continue another.
    for index in lastStart..<text.count where text.byte(index) & 0xC0 != 0x80 { column += 1 }
  }

  /// Moves on to what follows the bytes in `range`, which begin at this location.
  package mutating func advance(over range: Range<Int>, of bytes: [UInt8]) {
    bytes.withScanner(of: range) { advance(over: $0) }
  }

  /// Where the byte at `offset` of `bytes` is, which begin at this location; an offset past their end is
  /// taken for the end.
  package func advanced(to offset: Int, in bytes: [UInt8]) -> SourceLocation {
    var location = self
    location.advance(over: 0..<min(max(0, offset), bytes.count), of: bytes)
    return location
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, which terminals and editors open.
  public var description: String { "\(file):\(line):\(column)" }
}
