/// Reads jq programs: the language of jq 1.8.
public enum Parser {
  /// How high a tree may be.
  ///
  /// Brackets count, and so does every operator of a chain: a chain of more than about this many `|`, `,`
  /// or `+` is an error, and so are more brackets than this inside one another.
  public static let maximumDepth = 500

  /// Reads a whole program.
  ///
  /// - Parameter source: the jq text.
  /// - Returns: the program; empty text gives one without a body.
  /// - Throws: `SyntaxError` for the first place where the text cannot go on as jq. Whether functions and
  ///   variables are known is not looked at.
  public static func parse(_ source: String) throws(SyntaxError) -> Program {
    var reader = SyntaxReader(source)
    return try reader.readProgram()
  }
}
