import JQ
import YAMLTree

/// Says what is wrong with a text that is not jq, the known traps first.
struct SyntaxFindings {
  private let expression: LintExpression
  /// The file that it is in.
  private let source: [UInt8]

  init(_ expression: LintExpression, in source: [UInt8]) {
    self.expression = expression
    self.source = source
  }

  /// The finding for a text that neither this parser nor libjq reads.
  func finding(_ error: SyntaxError, _ refusal: JQCompileError) -> Diagnostic {
    fileReference() ?? cutByComment(error) ?? singleQuotes(error) ?? foreignOperator(error) ?? missingQuotes()
      ?? HyphenFindings(expression).inText(at: error.range.lowerBound) ?? general(error)
  }

  private func general(_ error: SyntaxError) -> Diagnostic {
    expression.finding(
      .error, .invalidExpression, "`\(expression.path)` is not jq: \(error)",
      help: error.help, in: error.range)
  }

  /// `file:README.md`, which is to be the name of a file.
  private func fileReference() -> Diagnostic? {
    guard expression.role == .value,
      let scheme = ["file:", "search:"].first(where: expression.text.hasPrefix)
    else { return nil }
    let name = expression.text.dropFirst(scheme.count).drop { $0 == "/" }
    return expression.finding(
      .error, .invalidExpression, "a file's name begins with `\(scheme)//`",
      help: "write `\(scheme)//\(name)`, which Port's Git integrations read")
  }

  /// A plain scalar ends at ` #`, which may be in a jq string.
  private func cutByComment(_ error: SyntaxError) -> Diagnostic? {
    guard expression.scalar.style == .plain, !expression.isPart else { return nil }
    let end = expression.node.end
    let bytes = source.dropFirst(end.offset).prefix { $0 != 0x0A && $0 != 0x0D }
    let blanks = bytes.prefix { $0 == 0x20 || $0 == 0x09 }.count
    guard blanks > 0, bytes.dropFirst(blanks).first == UInt8(ascii: "#") else { return nil }
    let rest = String(decoding: bytes, as: UTF8.self)
    let whole = expression.text + rest
    guard JQExpression(SingleQuotes.replaced(in: whole)).program != nil || error.reason == .unclosedString
    else {
      return nil
    }
    let length = rest.unicodeScalars.count
    let file = expression.source.location.file
    return Diagnostic(
      .error, .cutByComment, "YAML takes a `#` after a blank for a comment: the expression ends before it",
      help: "put the whole expression in quotes: `\(quoted(whole))`",
      at: SourceLocation(file: file, line: end.line, column: end.column + blanks),
      to: SourceLocation(file: file, line: end.line, column: end.column + length),
      field: expression.path)
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  private func singleQuotes(_ error: SyntaxError) -> Diagnostic? {
    guard expression.text.contains("'") else { return nil }
    let isReadable = JQExpression(expression.text.replacing("'", with: "\"")).program != nil
    guard error.reason == .singleQuote || isReadable else { return nil }
    let range = strayPair ?? error.range
    let body = expression.text.utf8.dropFirst(range.lowerBound + 1).prefix(max(0, range.count - 2))
    let fixed = "\"\(String(body) ?? "…")\""
    return expression.finding(
      .error, .singleQuotes,
      "jq takes double quotes around a text; single ones only work around a whole word",
      help: "write `\(expression.partInYAML(fixed))`", in: range)
  }

  /// The first pair of single quotes of which Ocean's rule leaves one as it is.
  private var strayPair: Range<Int>? {
    let quotes = expression.text.utf8.enumerated().filter { $0.element == UInt8(ascii: "'") }.map(\.offset)
    let evaluated = Array(expression.jq.text.utf8)
    for place in stride(from: 0, to: quotes.count - 1, by: 2) {
      let pair = [quotes[place], quotes[place + 1]]
      if pair.contains(where: { $0 < evaluated.count && evaluated[$0] == UInt8(ascii: "'") }) {
        return pair[0]..<pair[1] + 1
      }
    }
    return nil
  }

  private func foreignOperator(_ error: SyntaxError) -> Diagnostic? {
    if case .foreignOperator(let symbol) = error.reason {
      return expression.finding(
        .error, .foreignSyntax, "`\(symbol.rawValue)` is not an operator of jq",
        help: "write `\(symbol.replacement)`"
          + (symbol == .not ? " after what is negated: `(.a | not)`" : ""),
        in: error.range)
    }
    guard expression.text.contains(":"), let mark = expression.text.firstRange(of: " ? ") else { return nil }
    let place = expression.text.utf8.distance(from: expression.text.startIndex, to: mark.lowerBound) + 1
    return expression.finding(
      .error, .foreignSyntax, "jq has no `? :`", help: "write `if … then … else … end`", in: place..<place + 1
    )
  }

  private func missingQuotes() -> Diagnostic? {
    BareText.isText(expression) ? BareText.finding(expression) : nil
  }
}

extension Diagnostic.Rule {
  /// Single quotes where jq takes double ones.
  public static let singleQuotes = Self("single-quotes")
  /// An operator or word of another language.
  public static let foreignSyntax = Self("foreign-syntax")
  /// An expression whose end YAML took for a comment.
  public static let cutByComment = Self("cut-by-comment")
}
