/// A place in a text file that a person can go to.
public struct SourceLocation: Sendable, Hashable, Codable {
  /// The file, as the user named it or as it was found from there.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column in characters, counted from 1.
  public var column: Int

  /// Creates a location.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `file:line:column`, which terminals and editors open.
  public var description: String { "\(file):\(line):\(column)" }
}
