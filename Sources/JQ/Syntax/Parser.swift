/// Reads jq programs: the language of jq 1.8.
public enum Parser {
  /// How high a tree may be.
  ///
  /// Every operator of a chain counts, so one of more than about this many `|`, `,` or `+` is an error.
  public static let maximumDepth = 500

  /// How many brackets, interpolations, bodies, branches and signs may stand inside one another.
  ///
  /// The parser calls itself for each of them: optimized, this many fit on a stack of 512 kB.
  public static let maximumNesting = 200

  /// Reads a whole program.
  ///
  /// - Parameter source: the jq text.
  /// - Returns: the program; empty text gives one without a body.
  /// - Throws: `SyntaxError` for the first place where the text cannot go on as jq. Whether functions and
  ///   variables are known is not looked at.
  public static func parse(_ source: String) throws(SyntaxError) -> Program {
    var reader = SyntaxReader(source)
    do throws(SyntaxReader.Fault) {
      return try reader.readProgram()
    } catch {
      switch error {
      case .syntax(let error): throw error
      }
    }
  }
}
