/// The slips of the hand that libyaml notices late, and elsewhere: found again in the lines around the place
/// where it gave up.
struct SyntaxCause {
  /// What is wrong, and where it really is.
  private struct Cause {
    let offset: Int
    let message: String
    let help: String
  }

  private let problem: SyntaxProblem
  private let lines: SourceLines
  /// The line where libyaml gave up, and the one where what it was reading began.
  private let last: Int
  private let first: Int

  init(_ problem: SyntaxProblem) {
    self.problem = problem
    lines = SourceLines(problem.source)
    last = lines.line(atOffset: problem.offset)
    first = min(last, problem.contextOffset.map(lines.line) ?? last)
  }

  /// The cause in words; nil where none of these slips is there.
  func error() -> YAMLError? {
    guard let cause = foreignBlank ?? missingBlank ?? foreignNote ?? openQuote ?? missingDash ?? shiftedLine
    else { return nil }
    return YAMLError(
      reason: .syntax(original: problem.context.map { "\(problem.message) \($0)" } ?? problem.message),
      position: problem.source.position(atOffset: cause.offset), message: cause.message, help: cause.help)
  }

  /// Blanks that look like spaces and are none, in the indentation or after a colon.
  private var foreignBlank: Cause? {
    let near = Set([first, max(0, last - 1), last]).sorted()
    for number in near {
      let text = lines.text(number)
      guard let blank = text.unicodeScalars.firstIndex(where: { $0 == "\u{A0}" || $0 == "\u{3000}" }) else {
        continue
      }
      let before = text[..<blank]
      guard before.allSatisfy({ $0 == " " }) || before.hasSuffix(":") || before.hasSuffix("-") else {
        continue
      }
      let code = text.unicodeScalars[blank] == "\u{A0}" ? "U+00A0" : "U+3000"
      return Cause(
        offset: lines.start(number) + before.utf8.count,
        message: "this blank is no space of YAML: it is the character \(code)",
        help: "write an ordinary space in its place, and check the line for others")
    }
    return nil
  }

  /// `key:value`, which is one text and no key.
  private var missingBlank: Cause? {
    guard problem.message == "could not find expected ':'" else { return nil }
    let text = lines.text(first)
    let trimmed = text.drop { $0 == " " || $0 == "-" }
    guard let colon = trimmed.firstIndex(of: ":"), trimmed[..<colon].allSatisfy(\.isKeyPart),
      colon > trimmed.startIndex, let next = trimmed[colon...].dropFirst().first, next != " ", next != "/"
    else { return nil }
    let key = trimmed[..<colon]
    let value = trimmed[trimmed.index(after: colon)...]
    return Cause(
      offset: lines.start(first) + text.utf8.count - trimmed[colon...].utf8.count,
      message: "a blank is missing after the `:` of `\(key)`",
      help: "write `\(key): ` and then `\(String(value).trimmed.shortened)`")
  }

  /// A note in another language's manner, or the dots that stand for something left out.
  private var foreignNote: Cause? {
    guard problem.message == "could not find expected ':'" else { return nil }
    let text = lines.text(first).trimmed
    let offset = lines.start(first) + lines.indentation(first)
    if text.hasPrefix("//") || text.hasPrefix("/*") || text.hasPrefix("--") {
      return Cause(
        offset: offset, message: "`\(text.prefix(2))` starts no note in YAML", help: "write a note after `#`")
    }
    guard text == "..." || text == "…" else { return nil }
    return Cause(
      offset: offset, message: "`\(text)` stands where a key is expected",
      help: "write what was left out, or make the line a note: `# \(text)`")
  }

  /// A quoted text that ends at the quote with which a later one begins.
  private var openQuote: Cause? {
    guard problem.message.hasPrefix("did not find expected"), let quote = problem.lineBefore.last,
      quote == "\"" || quote == "'", let (number, column) = lines.openQuote(quote, above: last)
    else { return nil }
    return Cause(
      offset: lines.start(number) + column,
      message: "this quoted text is never closed on its line: it ends at the `\(quote)` on line \(last + 1)",
      help: "close it with `\(quote)` where it ends")
  }

  /// An entry of a list that is written as if the dash were there.
  private var missingDash: Cause? {
    switch problem.message {
    case "did not find expected '-' indicator":
      guard lines.indentation(last) == lines.indentation(first), lines.isKey(last) else { return nil }
      return dash(last)
    case "mapping values are not allowed in this context":
      guard let before = lines.previous(last), lines.isKey(before),
        lines.indentation(last) > lines.indentation(before),
        lines.hasEntry(after: last, indentation: lines.indentation(before))
      else { return nil }
      return dash(before)
    case "did not find expected key":
      // The entries after the first one have a dash, two columns before where the first one begins.
      guard problem.lineBefore.isEmpty, lines.text(last).dropFirst(lines.indentation(last)).hasPrefix("- "),
        let start = lines.firstOfMapping(above: last, indentation: lines.indentation(last) + 2)
      else { return nil }
      return holder(of: start) ?? dash(start)
    default: return nil
    }
  }

  /// A key that holds the mapping at `start`, where the entries of a list are expected: `project:` for
  /// `- kind: project`.
  private func holder(of start: Int) -> Cause? {
    guard let before = lines.previous(start), lines.isKey(before),
      lines.indentation(before) == lines.indentation(last)
    else { return nil }
    let name = lines.text(before).trimmed
    let entry = lines.text(last).trimmed.dropFirst(2).drop { $0 == " " }
    guard name.hasSuffix(":"), let colon = entry.firstIndex(of: ":") else { return nil }
    return Cause(
      offset: lines.start(before) + lines.indentation(before),
      message: "`\(name)` stands where an entry of the list is expected",
      help: "begin it as the others: `- \(entry[..<colon]): \(name.dropLast())`")
  }

  private func dash(_ number: Int) -> Cause {
    let text = lines.text(number).trimmed
    return Cause(
      offset: lines.start(number) + lines.indentation(number),
      message: "this entry of the list has no `- ` before it",
      help: "write `- \(text.shortened)`, and indent what belongs to it by two more")
  }

  /// A line that starts between the columns at which the lines around it start.
  private var shiftedLine: Cause? {
    let isShifted =
      problem.message == "did not find expected key"
      || problem.message == "did not find expected '-' indicator"
    guard isShifted, problem.lineBefore.isEmpty, lines.isKey(last) else { return nil }
    let column = lines.indentation(last)
    let columns = lines.indentations(above: last)
    guard !columns.contains(column), let nearest = columns.min(by: { abs($0 - column) < abs($1 - column) })
    else { return nil }
    return Cause(
      offset: lines.start(last) + column,
      message: "this line starts at column \(column + 1), and no line that it could belong to does",
      help: "start it at column \(nearest + 1), below the keys that it stands beside")
  }
}

extension Character {
  fileprivate var isKeyPart: Bool { isLetter || isNumber || self == "_" || self == "-" || self == "." }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  fileprivate var shortened: String { count > 60 ? prefix(59) + "…" : self }
}
