import JQ
import Testing

@Suite struct SyntaxErrorTests {
  @Test(
    "A fault names its exact place",
    arguments: [
      ("(.a", 0..<1, "this `(` is never closed"), ("[1, {a: 2", 4..<5, "this `{` is never closed"),
      ("\"a\\(1", 2..<4, "this `\\(` is never closed"), (".a + \"b", 5..<6, "this string is never closed"),
      ("f((1; 2)", 4..<5, "expected `)` to close `(`"), ("if . then 1", 0..<2, "this `if` has no `end`"),
      ("if . 1 end", 5..<6, "expected `then` after the condition of `if`"),
      (".é", 1..<3, "`é` is not jq"), ("(1]", 2..<3, "expected `)` to close `(`"),
      ("1)", 1..<2, "this `)` closes nothing"), (".a .b c", 6..<7, "`c` cannot follow here"),
      ("1 +", 3..<3, "expected an expression after `+`"),
      ("{(1): 2}", 2..<3, "the key of an object must be a string, not a number"),
      ("1 == 2 == 3", 7..<9, "`==` cannot follow another operator of its kind"),
      ("\"\\d\"", 1..<3, "`\\d` is not an escape of jq"),
      ("\"\\ud800\"", 1..<7, "`\\ud800` is the first half of a surrogate pair without its second"),
      ("a\u{0}", 1..<2, "a NUL byte is in the expression"),
      ("\"a\u{0}\"", 2..<3, "a NUL byte is in the expression"),
      ("a\u{A0}b", 1..<3, "this kind of blank (U+00A0) is not jq"),
      ("bad 'x'", 4..<5, "a single quote is not jq"), ("a b 'x'", 2..<3, "`b` cannot follow here"),
      ("import \"a\\(1)\" as a; .", 7..<14, "the path of a module must be plain text"),
      ("module 1; .", 7..<8, "the metadata of a module must be a constant object"),
    ])
  func places(source: String, range: Range<Int>, message: String) throws {
    let error = try syntaxError(source)
    #expect(error.range == range)
    #expect(error.description == message)
  }

  @Test(
    "A habit of other languages gets the jq way as help",
    arguments: [
      (".a && .b", 3..<5, "use `and`"), (".a || .b", 3..<5, "use `or`"), ("1 === 1", 2..<5, "use `==`"),
      ("1 !== 2", 2..<5, "use `!=`"), ("split(',')", 6..<7, "jq strings take double quotes: \"…\""),
      ("{a-b: 1}", 2..<3, "a key with `-` takes double quotes: `{\"a-b\": 1}`"),
      (".foo.0", 4..<6, "an element is taken with `.[0]`"), (". as x | 1", 5..<6, "write `$x`"),
      (". foo", 2..<5, "write `.foo` without a blank"), (".$x", 1..<3, "write `.[$x]`"),
      ("def f(a, b): 1; f", 7..<8, "`;` separates parameters"),
      (".a?//1", 2..<5, "write `? //` with a blank between them"),
      (".a.[1:2]", 5..<6, "a slice takes no dot before it: `.a[1:2]`"),
      (
        "if . then 1 else if . then 2 end", 0..<2,
        "`else if` opens a second `if`, which needs its own `end`; `elif` goes on with the first"
      ),
      (".a ? 1 : 2", 5..<6, "is a `|` or another operator missing?"),
    ])
  func help(source: String, range: Range<Int>, help: String) throws {
    let error = try syntaxError(source)
    #expect(error.range == range)
    #expect(error.help == help)
  }

  @Test(
    "What jq 1.8 rejects is rejected",
    arguments: [
      "1 + def f: 1; f", "{a: . as $x | $x}", "reduce .[] as $x (0)", "foreach .[] as $x (1; 2; 3; 4)",
      "f()", ".[:]", "{,}", "{(.a)}", "{$__loc__: 1}", ". as [] | 1", ". as {} | 1", ". as {a} | 1",
      "def f(): 1; f", "def f: 1", "label x | 1", "break", "..a", "1.a", "$ x", "@ base64", "\"\\u12\"",
      "import \"a\"; 1", "1; 2", "try", "if . then end", ".a.[]x", "$$$$x", "1 = 2 = 3", "a = = b",
    ])
  func rejects(source: String) throws {
    let error = try syntaxError(source)
    #expect(!error.description.isEmpty)
    #expect(error.range.upperBound <= source.utf8.count)
  }

  @Test("Each reason is met by the text that its documentation shows", arguments: reasons)
  func reason(source: String, reason: SyntaxError.Reason, found: SyntaxError.Found) throws {
    let error = try syntaxError(source)
    #expect(error.reason == reason)
    #expect(error.found == found)
    #expect(!error.help.isEmpty)
    #expect(!error.description.contains("expected  "), "\(error)")
  }

  private static let reasons: [(String, SyntaxError.Reason, SyntaxError.Found)] = [
    (".a && .b", .foreignOperator(.and), .text("&&")), (".a || .b", .foreignOperator(.or), .text("||")),
    ("1 === 1", .foreignOperator(.equal), .text("===")),
    ("1 !== 1", .foreignOperator(.notEqual), .text("!==")),
    ("1 <> 1", .foreignOperator(.lessOrGreater), .text("<>")), ("!.a", .foreignOperator(.not), .text("!")),
    (#".a ?? "none""#, .foreignOperator(.alternative), .text("??")),
    ("(.a ?? 1)", .foreignOperator(.alternative), .text("??")),
    ("split(',')", .singleQuote, .text("'")), ("“a”", .curlyQuote, .text("“")),
    ("a\u{A0}b", .unknownBlank, .text("\u{A0}")), (".é", .unknownCharacter, .text("é")),
    ("\u{0}", .nullByte, .text("\u{0}")), ("$ x", .variableWithoutName, .text("$")),
    ("@ base64", .formatWithoutName, .text("@")), (#""\d""#, .unknownEscape, .text(#"\d"#)),
    (#""\u12""#, .shortUnicodeEscape, .text(#"\u12"#)),
    (#""\ud83d""#, .halfSurrogatePair, .text(#"\ud83d"#)), ("\"a", .unclosedString, .text("\"")),
    ("(.a", .unclosedBracket(.parenthesis), .text("(")), ("[", .unclosedBracket(.bracket), .text("[")),
    ("{a", .unclosedBracket(.brace), .text("{")),
    (#""\(1"#, .unclosedBracket(.interpolation), .text(#"\("#)),
    ("(1]", .bracketNotClosedHere(.parenthesis), .symbol("]")),
    ("[1 2]", .bracketNotClosedHere(.bracket), .number("2")), ("1)", .closesNothing, .symbol(")")),
    ("if . then 1", .unclosedConditional(elseIf: false), .text("if")),
    ("if . then 1 else if . then 2 end", .unclosedConditional(elseIf: true), .text("if")),
    ("(if . then 1)", .conditionalNotClosedHere(hasElse: false, elseIf: false), .symbol(")")),
    ("(if . then 1 else 2)", .conditionalNotClosedHere(hasElse: true, elseIf: false), .symbol(")")),
    ("1 +", .missingOperand(after: "+"), .end), ("| 1", .missingOperand(after: nil), .symbol("|")),
    (".a b", .cannotFollow, .name("b")), ("1 == 2 == 3", .chainedOperator, .symbol("==")),
    (". foo", .missingKeyAfterDot, .name("foo")), (".a.$x", .missingKeyAfterDot, .variable("$x")),
    (".a.[1:2]", .sliceAfterDot, .symbol(":")), ("{1: 2}", .missingObjectKey, .number("1")),
    ("{,}", .missingObjectKey, .symbol(",")), ("{(1): 2}", .objectKeyNotString(.number), .text("1")),
    ("{(.a)}", .missingColonAfterComputedKey, .symbol("}")), ("{a = 1}", .missingColonAfterKey, .symbol("=")),
    ("{a-b: 1}", .dashInObjectKey, .symbol("-")), ("{a: 1; b: 2}", .objectNotClosedHere, .symbol(";")),
    (". as x | 1", .missingPattern, .name("x")), (". as {a} | 1", .missingColonInPattern, .symbol("}")),
    (". as $x 1", .missingPipeAfterPattern, .number("1")), ("label x | 1", .missingLabelName, .name("x")),
    ("label $x 1", .missingPipeAfterLabel(name: "x"), .number("1")), ("break", .missingBreakLabel, .end),
    ("if . 1 end", .missingThen(after: .if), .number("1")),
    ("if . then 1 elif . end", .missingThen(after: .elif), .keyword("end")),
    ("reduce .[] (0; 1)", .missingLoopAs(.reduce), .symbol("(")),
    ("reduce .[] as $x 0", .missingLoopParts(.reduce), .number("0")),
    ("foreach .[] as $x (0)", .wrongLoopParts(.foreach), .text("(0)")),
    ("def 1: 2; 3", .missingFunctionName, .number("1")), ("def f(): 1; f", .missingParameter, .symbol(")")),
    ("def f(a, b): 1; f", .commaBetweenParameters, .symbol(",")),
    ("def f 1; f", .missingColonBeforeBody(function: "f"), .number("1")),
    ("def f: 1", .missingSemicolonAfterBody(function: "f"), .end),
    ("module {} 1", .missingSemicolonAfterModule, .number("1")),
    ("import \"a\" as b {} 1", .missingSemicolonAfterImport, .number("1")),
    ("import a as b; 1", .missingImportPath, .name("a")),
    (#"import "a\(1)" as b; 1"#, .importPathNotPlain, .text(#""a\(1)""#)),
    ("import \"a\"; 1", .missingImportAs, .symbol(";")),
    ("import \"a\" as 1; 2", .missingImportName, .number("1")),
    ("module 1; 2", .metadataNotConstant, .text("1")),
    (String(repeating: "1+", count: 600) + "1", .tooManyOperators, .text("+")),
    (String(repeating: "(", count: 300), .tooManyBrackets, .symbol("(")),
  ]
}
