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
      ("a\u{0}", 1..<2, "a NUL byte stands in the expression"),
      ("\"a\u{0}\"", 2..<3, "a NUL byte stands in the expression"),
      ("a\u{A0}b", 1..<3, "this kind of blank (U+00A0) is not jq"),
      ("bad 'x'", 4..<5, "a single quote is not jq"), ("a b 'x'", 2..<3, "`b` cannot follow here"),
      ("import \"a\\(1)\" as a; .", 7..<14, "the path of a module must be plain text"),
      ("module 1; .", 7..<8, "the metadata of a module must be a constant object"),
    ])
  func places(source: String, range: Range<Int>, message: String) throws {
    let error = try syntaxError(source)
    #expect(error.range == range)
    #expect(error.message == message)
  }

  @Test(
    "A habit of other languages gets the jq way as a hint",
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
  func hints(source: String, range: Range<Int>, hint: String) throws {
    let error = try syntaxError(source)
    #expect(error.range == range)
    #expect(error.hint == hint)
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
    #expect(!error.message.isEmpty)
    #expect(error.range.upperBound <= source.utf8.count)
  }
}
