import Testing

@testable import YAMLTree

@Suite("What libyaml refuses")
struct SyntaxErrorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var yaml: String
    var place: String
    var message: String
    var help: String
    var original: String

    var testDescription: String { yaml.debugDescription }
  }

  private static let cases = [
    Case(
      yaml: "a: b: c", place: "1:5", message: "a `:` is where no key can end",
      help: "in quotes if it holds `: `",
      original: "mapping values are not allowed in this context"),
    Case(
      yaml: "a: b\n c: d\n", place: "2:3", message: "a `:` is",
      help: "indent this line like the other keys",
      original: "mapping values are not allowed in this context"),
    Case(
      yaml: "é: \"x\" + .b\n", place: "1:8", message: "ends at its closing quote",
      help: "quotes of the other kind",
      original: "did not find expected key while parsing a block mapping"),
    Case(
      yaml: "a: [.x] | length\n", place: "1:9", message: "ends at its closing `]`",
      help: "whole value in quotes",
      original: "did not find expected comment or line break while scanning a block scalar"),
    Case(
      yaml: "a: {b: 1} + .c\n", place: "1:11", message: "ends at its closing `}`",
      help: "whole value in quotes",
      original: "did not find expected key while parsing a block mapping"),
    Case(
      yaml: "r:\n  a: 1\n  - b\n", place: "3:3", message: "in the mapping that starts at 2:3",
      help: "indent this line",
      original: "did not find expected key while parsing a block mapping"),
    Case(
      yaml: "- a\nb: 1", place: "2:1", message: "this entry of the list has no `- ` before it",
      help: "write `- b: 1`",
      original: "did not find expected '-' indicator while parsing a block collection"),
    Case(
      yaml: "a: 'x\nb: 1\n", place: "1:4", message: "quoted text that starts here never ends",
      help: "close it", original: "found unexpected end of stream while scanning a quoted scalar"),
    Case(
      yaml: "a: \"x\n---\n", place: "1:4", message: "meets a `---`", help: "close the quote",
      original: "found unexpected document indicator while scanning a quoted scalar"),
    Case(
      yaml: "a: [1, 2\nb: 3\n", place: "2:2", message: "the list `[` of 1:4 is not closed",
      help: "close it with `]`",
      original: "did not find expected ',' or ']' while parsing a flow sequence"),
    Case(
      yaml: "{a: 1, b", place: "1:9", message: "the mapping `{` of 1:1 is not closed",
      help: "close it with `}`",
      original: "did not find expected ',' or '}' while parsing a flow mapping"),
    Case(
      yaml: "a: 1\nfoo\nb: 2\n", place: "2:1", message: "no `:` after its key", help: "key: value",
      original: "could not find expected ':' while scanning a simple key"),
    Case(
      yaml: "a: @x", place: "1:4", message: "cannot start with `@`", help: "in quotes",
      original: "found character that cannot start any token while scanning for the next token"),
    Case(
      yaml: "a: *\n", place: "1:4", message: "start an alias or an anchor", help: "in quotes",
      original: "did not find expected alphabetic or numeric character while scanning an alias"),
    Case(
      yaml: "- ]", place: "1:3", message: "a value is expected here, not `]`", help: "in quotes",
      original: "did not find expected node content while parsing a block node"),
    Case(
      yaml: "a: \"\\.x\"", place: "1:5", message: "this one does not exist", help: "use single quotes",
      original: "found unknown escape character while parsing a quoted scalar"),
    Case(
      yaml: "a: \"\\ud83d\"", place: "1:7", message: "not a Unicode character", help: "\\U with 8 digits",
      original: "found invalid Unicode character escape code while parsing a quoted scalar"),
    Case(
      yaml: "a: \"\\xg0\"", place: "1:7", message: "lacks its hexadecimal digits", help: "\\x with 2 digits",
      original: "did not find expected hexdecimal number while parsing a quoted scalar"),
    Case(
      yaml: "a: - b", place: "1:4", message: "list item (`- `) cannot start here", help: "own line",
      original: "block sequence entries are not allowed in this context"),
    Case(
      yaml: "a: ? b", place: "1:4", message: "`?` starts a key", help: "in quotes",
      original: "mapping keys are not allowed in this context"),
    Case(
      yaml: "a: |0\n x", place: "1:5", message: "is 0", help: "1 to 9",
      original: "found an indentation indicator equal to 0 while scanning a block scalar"),
    Case(
      yaml: "a: >x\n b", place: "1:5", message: "may follow `|` or `>`", help: "next line",
      original: "did not find expected comment or line break while scanning a block scalar"),
    Case(
      yaml: "!x!y a", place: "1:1", message: "handle is not declared", help: "starts with `!`",
      original: "found undefined tag handle while parsing a node"),
    Case(
      yaml: "a: !(.x)[0]", place: "1:4", message: "`!` starts a tag", help: "in quotes",
      original: "did not find expected whitespace or line break while scanning a tag"),
    Case(
      yaml: "% x", place: "1:1", message: "`%` that starts a line", help: "in quotes",
      original: "could not find expected directive name while scanning a directive"),
    Case(
      yaml: "%YAML 2.0\n---\na", place: "1:1", message: "not YAML 1.x", help: "%YAML",
      original: "found incompatible YAML document"),
    Case(
      yaml: "a: 1\n...\nfoo", place: "3:1", message: "the document has ended", help: "indentation",
      original: "did not find expected <document start>"),
  ]

  @Test("is told in a friendly message, at its place, with libyaml's own", arguments: cases)
  func wording(_ example: Case) throws {
    let error = try failure(example.yaml)
    #expect(error.position.description == example.place)
    #expect(error.message.contains(example.message), "\(error)")
    #expect(error.help?.contains(example.help) == true, "\(error)")
    #expect(error.reason == .syntax(original: example.original))
    #expect(error.description.hasSuffix("(libyaml: \(example.original))"))
  }

  @Test(
    "a tab that indents is named, wherever libyaml stumbles",
    arguments: [
      ("a:\n\tb: 1", "2:1"), ("\ta: 1", "1:1"), ("a:\n  b: 1\n\tc: 2", "3:1"), ("a: |\n\tfoo", "2:1"),
      ("a:\n  b: 1\n  \tc: 2", "3:3"), ("a:\n  - x\n\t- y: z", "3:1"),
    ])
  func tabs(yaml: String, place: String) throws {
    let error = try failure(yaml)
    #expect(error.reason == .tabIndentation)
    #expect(error.position.description == place)
    #expect(error.description.contains("spaces"))
  }

  @Test("a tab inside brackets is no indentation")
  func tabInBrackets() throws {
    #expect(try YAMLParser.parse("a: [1,\n\t2]").json() == "{\"a\":[1,2]}")
    guard case .syntax = try failure("a: [1,\n\t2\nb: 1").reason else {
      Issue.record("the open bracket is the cause")
      return
    }
  }
}
