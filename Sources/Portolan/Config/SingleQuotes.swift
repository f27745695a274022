import JQ

/// Ocean's rule on single quotes: those that open or close a word become double quotes.
///
/// As a regular expression it replaces `(^|\s)'(?!\s|")|(?<!\s|")'(\s|$)` by the captured white space
/// and `"`. A quote that touches a parenthesis, a comma or an operator stays, and is not jq.
package enum SingleQuotes {
  /// The text with the quotes replaced.
  package static func replaced(in text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "'")) else { return text }
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    // The white space that a match ends with is used up: the next match cannot begin with it.
    var consumed = 0
    for (i, scalar) in scalars.enumerated() {
      guard scalar == "'" else {
        result.append(scalar)
        continue
      }
      let before = i > 0 ? scalars[i - 1] : nil
      let after = i + 1 < scalars.count ? scalars[i + 1] : nil
      if opensWord(before, after, isFree: i == 0 || i - 1 >= consumed) {
        result.append("\"")
        consumed = i + 1
      } else if closesWord(before, after) {
        result.append("\"")
        consumed = i + 2
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Whether the text is jq once its quotes are replaced.
  static func isJQ(_ text: String) -> Bool { JQExpression(replaced(in: text)).program != nil }

  private static func opensWord(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?, isFree: Bool) -> Bool {
    guard before.map(isSpace) ?? true, isFree else { return false }
    return after.map { !isSpace($0) && $0 != "\"" } ?? true
  }

  private static func closesWord(_ before: Unicode.Scalar?, _ after: Unicode.Scalar?) -> Bool {
    guard after.map(isSpace) ?? true else { return false }
    return before.map { !isSpace($0) && $0 != "\"" } ?? true
  }

  /// What Python's `\s` matches in text.
  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || (0x1C...0x1F).contains(scalar.value)
  }
}
