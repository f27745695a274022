import JQ

/// A plain text of jq that goes on in a line that is not indented below its key, so that it has ended for YAML.
struct ContinuedLine {
  /// The key whose text goes on.
  let key: String
  /// Where the line begins, and where it ends, in columns from 1.
  let columns: Range<Int>

  /// The one with number `number` of `source`, counted from 1; nil where it goes on with nothing.
  init?(_ number: Int, of source: [UInt8]) {
    let lines = String(decoding: source, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    guard number > 1, lines.indices.contains(number - 1) else { return nil }
    let indentation = lines[number - 1].prefix { $0 == " " }.count
    guard let content = Self.content(lines[number - 1]),
      let before = lines[..<(number - 1)].last(where: { Self.content($0) != nil }),
      let match = before.wholeMatch(of: /([\s\-]*)([\w.$\-]+):\s+([^\s"'|>&*#\[{].*)/),
      indentation <= match.output.1.count,
      Self.isJQ(String(match.output.3), lines[(number - 1)...].prefix(20).map { $0 })
    else { return nil }
    key = String(match.output.2)
    columns = indentation + 1..<indentation + 1 + content.unicodeScalars.count
  }

  /// What is on a line besides blanks, nil where nothing or a comment is.
  private static func content(_ line: String) -> String? {
    let text = line.drop { $0 == " " }.reversed().drop { $0.isWhitespace }.reversed()
    return text.isEmpty || text.first == "#" ? nil : String(text)
  }

  /// Whether `start` is jq together with one or some of the lines that follow.
  private static func isJQ(_ start: String, _ lines: [String]) -> Bool {
    var text = start
    for line in lines {
      guard let content = content(line), !content.contains(/^(?:- )*[\w.$\-]+:(?:\s|$)/),
        !content.hasPrefix("- ")
      else { return false }
      text += " " + content
      let expression = JQExpression(SingleQuotes.replaced(in: text))
      if let program = expression.program { return program.unresolvedNames.isEmpty }
    }
    return false
  }
}
