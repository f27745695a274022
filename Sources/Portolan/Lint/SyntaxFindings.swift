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
    fileReference() ?? cutByComment(error) ?? curlyQuotes() ?? foreignForm(error) ?? singleQuotes(error)
      ?? foreignOperator(error) ?? foreignNote(error) ?? missingQuotes()
      ?? HyphenFindings(expression).inText(at: error.range.lowerBound) ?? general(error)
  }

  private func general(_ error: SyntaxError) -> Diagnostic {
    let changes: [TextChange] =
      switch error.reason {
      case .unknownEscape: [TextChange(range: error.range, text: "\\" + error.found.text)]
      case .unclosedConditional(elseIf: false):
        [TextChange(range: expression.wholeRange.upperBound..<expression.wholeRange.upperBound, text: " end")]
      case .unclosedBracket(let bracket):
        [
          TextChange(
            range: expression.wholeRange.upperBound..<expression.wholeRange.upperBound, text: bracket.closing)
        ]
      default: []
      }
    let isEscape = if case .unknownEscape = error.reason { true } else { false }
    let isBracket = if case .unclosedBracket = error.reason { true } else { false }
    let help =
      isEscape
      ? "a backslash in a text of jq is doubled: `\(expression.partInYAML("\\" + error.found.text))`"
      : error.help
    // Where a bracket is to be closed is for its author to say.
    return expression.finding(
      .error, .invalidExpression, "`\(expression.path)` is not jq: \(error)",
      help: help, in: error.range, changing: isBracket ? [] : changes)
  }

  /// A form of another language that has one of jq in its place: where the text is jq with it, or where the
  /// text stops being jq.
  private func foreignForm(_ error: SyntaxError) -> Diagnostic? {
    for form in ForeignForms.all {
      guard let found = form.find(expression.text), let new = expression.changed(by: [found.change]) else {
        continue
      }
      let isWhole = SingleQuotes.isJQ(new)
      let touches =
        error.range.lowerBound <= found.change.range.upperBound
        && found.change.range.lowerBound <= error.range.upperBound
      guard isWhole || touches else { continue }
      // One or two characters alone would not say what to write.
      let part = found.change.text.split(separator: " ").joined(separator: " ")
      let written = part.count <= 2 ? new : part
      return expression.finding(
        .error, .foreignSyntax, found.message,
        help: "write `\(expression.partInYAML(written.shortened(to: 120)))`",
        in: found.shown, changing: [found.change])
    }
    return nil
  }

  /// Quotes that a word processor or a web page has bent.
  private func curlyQuotes() -> Diagnostic? {
    let double: Set<Character> = ["“", "”", "„", "‟", "″"]
    let single: Set<Character> = ["‘", "’", "‚", "‛"]
    guard let first = expression.text.firstIndex(where: { double.contains($0) || single.contains($0) }) else {
      return nil
    }
    var straight = String(expression.text.map { double.contains($0) ? "\"" : single.contains($0) ? "'" : $0 })
    let whole = straight.wholeMatch(of: /\s*'(".*")'\s*/)
    if let whole { straight = String(whole.output.1) }
    guard SingleQuotes.isJQ(straight) else { return nil }
    let start = expression.text.utf8.distance(from: expression.text.startIndex, to: first)
    let range = whole == nil ? start..<start + expression.text[first].utf8.count : expression.wholeRange
    return expression.finding(
      .error, .singleQuotes, "`\(expression.text[first])` is a curly quote; jq and YAML take straight ones",
      help: "write straight double quotes: `\(expression.inYAML(straight))`", in: range,
      changing: [TextChange(range: expression.wholeRange, text: straight)])
  }

  /// `.a // the status`: what other languages would take for a note.
  private func foreignNote(_ error: SyntaxError) -> Diagnostic? {
    guard let match = expression.text.firstMatch(of: /\s+\/\/\s*[A-Za-z][\w,.'-]*(?:\s+[\w,.'-]+)+\s*$/),
      SingleQuotes.isJQ(String(expression.text[..<match.range.lowerBound]))
    else { return nil }
    let start = expression.text.utf8.distance(from: expression.text.startIndex, to: match.range.lowerBound)
    return expression.finding(
      .error, .foreignSyntax, "`//` starts no note in jq: it gives what stands after it instead of null",
      help: "write the note on a line of its own, after `#`", in: start + 1..<start + 3)
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
    var finding = Diagnostic(
      .error, .cutByComment, "YAML takes a `#` after a blank for a comment: the expression ends before it",
      help: "put the whole expression in quotes: `\(quoted(whole))`",
      at: SourceLocation(file: file, line: end.line, column: end.column + blanks),
      to: SourceLocation(file: file, line: end.line, column: end.column + blanks + 1),
      field: expression.path)
    if SingleQuotes.isJQ(whole) {
      let after = SourceLocation(file: file, line: end.line, column: end.column + length)
      let start = SourceLocation(expression.node.start, in: file)
      finding.fix = Diagnostic.Fix(
        "put the whole expression in quotes", [.init(from: start, to: after, replacement: quoted(whole))])
    }
    return finding
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }

  private func singleQuotes(_ error: SyntaxError) -> Diagnostic? {
    guard expression.text.contains("'") else { return nil }
    let allDouble = expression.text.replacing("'", with: "\"")
    let isReadable = JQExpression(allDouble).program != nil
    let wholeQuotes = 0..<expression.text.utf8.count
    guard error.reason == .singleQuote || isReadable else { return nil }
    let range = strayPair ?? error.range
    let body = expression.text.utf8.dropFirst(range.lowerBound + 1).prefix(max(0, range.count - 2))
    let fixed = "\"\(String(body) ?? "…")\""
    return expression.finding(
      .error, .singleQuotes,
      "jq takes double quotes around a text; single ones only work around a whole word",
      help: "write `\(expression.partInYAML(fixed))`", in: range,
      changing: isReadable ? [TextChange(range: wholeQuotes, text: allDouble)] : [])
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
    guard case .foreignOperator(let symbol) = error.reason else { return nil }
    if symbol == .or, let meant = valuesJoined(error) { return meant }
    if symbol == .and, expression.isOfText { return textsJoined(error) }
    return expression.finding(
      .error, .foreignSyntax, "`\(symbol.rawValue)` is not an operator of jq",
      help: "write `\(symbol.replacement)`"
        + (symbol == .not ? " after what is negated: `(.a | not)`" : ""),
      in: error.range, changing: symbol == .not ? [] : operators)
  }

  /// `&&` where a text stands: jq's `and` would give true or false.
  private func textsJoined(_ error: SyntaxError) -> Diagnostic {
    let sum = expression.text.split(separator: /\s*&&\s*/).joined(separator: " + \" \" + ")
    return expression.finding(
      .error, .foreignSyntax, "`&&` is not an operator of jq",
      help: "texts are joined with `+`: `\(expression.inYAML(sum))`", in: error.range)
  }

  /// `||` between values: SQL joins texts with it, JavaScript gives the second where there is no first.
  private func valuesJoined(_ error: SyntaxError) -> Diagnostic? {
    guard expression.role != .selector,
      expression.text.firstMatch(of: /[=<>]|\b(?:if|select|not|and|or)\b/) == nil
    else { return nil }
    let parts = expression.text.split(separator: /\s*\|\|\s*/)
    let isText = { (part: Substring) in part.first == "\"" && part.last == "\"" }
    let joins = parts.count > 2 && parts.dropLast().dropFirst().contains(where: isText)
    let instead = joins ? "+" : "//"
    let meaning =
      joins
      ? "texts are joined with `+`" : "`//` gives the second where the first is absent, `or` true or false"
    return expression.finding(
      .error, .foreignSyntax, "`||` is not an operator of jq",
      help: "\(meaning): `\(expression.inYAML(parts.joined(separator: " \(instead) ")))`", in: error.range)
  }

  /// All operators of other languages that have one of jq, but for the texts that hold them.
  private var operators: [TextChange] {
    var changes: [TextChange] = []
    var text = expression.text
    // Each is found where the text before it is jq.
    while changes.count < 50, let error = JQExpression(SingleQuotes.replaced(in: text)).syntaxError,
      case .foreignOperator(let symbol) = error.reason, symbol != .not
    {
      let shift = changes.reduce(0) { $0 + $1.text.utf8.count - $1.range.count }
      let range = error.range.lowerBound - shift..<error.range.upperBound - shift
      changes.append(TextChange(range: range, text: symbol.replacement))
      guard let new = expression.changed(by: changes) else { return [] }
      text = new
    }
    return changes
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
