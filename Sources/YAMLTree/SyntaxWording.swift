/// Friendly messages for what libyaml's scanner and parser refuse.
struct SyntaxWording {
  var message: String
  var help: String?
  /// Whether the place to look at is where libyaml began, not where it gave up.
  var isAtContext = false

  static func wording(for problem: SyntaxProblem) -> SyntaxWording {
    contextual(problem) ?? scalar(problem) ?? constant(problem.message) ?? byContext(problem)
      ?? SyntaxWording(
        message: "this is not valid YAML: \(problem.message)", help: "check this line and the one before")
  }

  /// Problems whose cause the text around them tells.
  private static func contextual(_ problem: SyntaxProblem) -> SyntaxWording? {
    switch problem.message {
    case "mapping values are not allowed in this context": unexpectedColon(problem)
    case "did not find expected key": unexpectedContent(problem, of: "mapping", wants: "a key")
    case "did not find expected '-' indicator": unexpectedContent(problem, of: "list", wants: "`- `")
    case "did not find expected comment or line break": blockHeader(problem)
    case "did not find expected <document start>":
      SyntaxWording(
        message: "the document has ended, and this does not belong to it",
        help:
          "check the indentation, and put a value that starts with a quote or bracket in quotes as a whole")
    case "did not find expected ',' or ']'":
      SyntaxWording(
        message: "the list `[` of \(problem.contextPlace) is not closed here",
        help: "separate its items by `,` and close it with `]`")
    case "did not find expected ',' or '}'":
      SyntaxWording(
        message: "the mapping `{` of \(problem.contextPlace) is not closed here",
        help: "separate its entries by `,` and close it with `}`")
    case "did not find expected node content":
      SyntaxWording(
        message: problem.character.map { "a value is expected here, not `\($0)`" }
          ?? "a value is expected here",
        help: "write a value, or put the text in quotes")
    case "found character that cannot start any token":
      SyntaxWording(
        message: problem.character.map { "a value cannot start with `\($0)`" } ?? "no value can start here",
        help: "put the value in quotes")
    default: nil
    }
  }

  private static func unexpectedColon(_ problem: SyntaxProblem) -> SyntaxWording {
    let line = problem.lineBefore
    let message = "a `:` is where no key can end"
    if line.contains(": ") || line.hasPrefix("\"") || line.hasPrefix("'") {
      return SyntaxWording(
        message: message, help: "put the value in quotes if it holds `: `, or start a new line")
    }
    return SyntaxWording(
      message: message,
      help: "indent this line like the other keys, and check that the line before has its `:`")
  }

  private static func unexpectedContent(
    _ problem: SyntaxProblem, of kind: String, wants: String
  ) -> SyntaxWording {
    if let wording = closedValue(endingWith: problem.lineBefore.last) { return wording }
    return SyntaxWording(
      message: "\(wants) is expected here, in the \(kind) that starts at \(problem.contextPlace)",
      help: "indent this line like the other lines of the \(kind)")
  }

  /// A quote or bracket ended the value, and the rest of the line does not belong to it.
  private static func closedValue(endingWith last: Character?) -> SyntaxWording? {
    switch last {
    case "\"", "'":
      SyntaxWording(
        message: "the value ends at its closing quote, and more text follows",
        help:
          "put the whole value in quotes of the other kind, or write it after `|` or `>-` on its own lines"
          + (last == "'" ? "; an apostrophe within single quotes is written twice: `''`" : ""))
    case let bracket? where "]}".contains(bracket):
      SyntaxWording(
        message: "the value ends at its closing `\(bracket)`, and more text follows",
        help: "put the whole value in quotes")
    default: nil
    }
  }

  private static func blockHeader(_ problem: SyntaxProblem) -> SyntaxWording {
    let wording = closedValue(endingWith: problem.lineBeforeContext.last)
    guard var wording else {
      return SyntaxWording(
        message: "only `+`, `-`, 1 to 9 or a comment may follow `|` or `>` on its line",
        help: "start the text on the next line, or put it in quotes")
    }
    wording.isAtContext = true
    return wording
  }

  /// Problems within a scalar, an anchor or a directive.
  private static func scalar(_ problem: SyntaxProblem) -> SyntaxWording? {
    switch problem.message {
    case "found unexpected end of stream":
      SyntaxWording(
        message: "the quoted text that starts here never ends", help: "close it with the same quote",
        isAtContext: true)
    case "found unexpected document indicator":
      SyntaxWording(
        message: "the quoted text that starts here meets a `---` or `...` line",
        help: "close the quote before it",
        isAtContext: true)
    case "could not find expected ':'":
      SyntaxWording(
        message: "this line has no `:` after its key", help: "write `key: value`, or indent it as text",
        isAtContext: true)
    case "did not find expected alphabetic or numeric character":
      SyntaxWording(
        message: "`*` and `&` start an alias or an anchor, and its name is missing or has other characters",
        help: "put the value in quotes if it is text", isAtContext: true)
    default: nil
    }
  }

  /// Whatever is wrong inside a tag or a directive has the same remedy.
  private static func byContext(_ problem: SyntaxProblem) -> SyntaxWording? {
    guard let context = problem.context else { return nil }
    if context.hasSuffix("directive") {
      return SyntaxWording(
        message: "a `%` that starts a line starts a directive, and this is none",
        help: "indent the line, or put the text in quotes", isAtContext: true)
    }
    if context.hasSuffix(" tag") {
      return SyntaxWording(
        message: "a `!` starts a tag, and this is none", help: "put the value in quotes if it is text",
        isAtContext: true)
    }
    return nil
  }

  private static func constant(_ message: String) -> SyntaxWording? {
    constants[message].map { SyntaxWording(message: $0.message, help: $0.help) }
  }

  private static let constants: [String: (message: String, help: String)] = [
    "mapping keys are not allowed in this context": (
      "a `?` starts a key here, where none can be", "put the value in quotes if it is text"
    ),
    "block sequence entries are not allowed in this context": (
      "a list item (`- `) cannot start here", "put it on its own line, indented, or quote it if it is text"
    ),
    "found unknown escape character": (
      "a `\\` in double quotes starts an escape, and this one does not exist",
      "write `\\\\` for a backslash, or use single quotes"
    ),
    "did not find expected hexdecimal number": (
      "an escape lacks its hexadecimal digits", "write \\x with 2 digits, \\u with 4 or \\U with 8"
    ),
    "found invalid Unicode character escape code": (
      "this escape is not a Unicode character",
      "write characters above U+FFFF as \\U with 8 digits, not as two \\u"
    ),
    "found an indentation indicator equal to 0": (
      "the number after `|` or `>` is 0", "write 1 to 9, or leave it out"
    ),
    "found undefined tag handle": (
      "the tag's handle is not declared", "put the value in quotes if it is text that starts with `!`"
    ),
    "found incompatible YAML document": ("the file says it is not YAML 1.x", "remove the %YAML line"),
    "found unexpected ':'": ("a `:` is inside unquoted text", "put the text in quotes"),
  ]
}
