/// Why a text is not a jq program.
public struct SyntaxError: Error, Sendable, Hashable {
  /// The text that is at fault, in UTF-8 byte offsets of the source; empty at its end.
  public var range: Range<Int>

  /// What stands there, as it was written; `end of the expression` at the end.
  public var found: String

  /// What could have stood there instead; empty where that would not help.
  public var expected: [String]

  /// The fault in one sentence, without its position.
  public var message: String

  /// What to write instead, where that can be told.
  public var hint: String?

  /// Makes an error.
  public init(
    range: Range<Int>, found: String, expected: [String] = [], message: String, hint: String? = nil
  ) {
    self.range = range
    self.found = found
    self.expected = expected
    self.message = message
    self.hint = hint
  }
}
