import RawJSON
import Testing

@testable import JQ

@Suite("Expressions compiled together")
struct BatchTests {
  @Test("outcomes come in the order of the expressions")
  func order() throws {
    let outcomes = try run(
      [".a", "empty", "error(\"x\")", ".b[]", "null", "[]", "{e: 1}", "error({c: 1})", "."],
      on: #"{"a":1,"b":[2,3]}"#)
    #expect(
      outcomes == [
        .value("1"), .nothing, .failure("x"), .value("2"), .value("null"), .value("[]"), .value(#"{"e":1}"#),
        .failure(#"{"c":1}"#), .value(#"{"a":1,"b":[2,3]}"#),
      ])
  }

  @Test(
    "an expression that does not compile harms none of the others",
    arguments: [
      ".a |", "nope", "(", ")", ".a) | (.b", ".a)] | [(.b", "\"", "\"abc\\(", "# only", "}", "if", "$x", "]",
      ".a # )", "reduce . as $x (0; 1", "\u{0}", "import \"x\" as x; .", "include \"x\"; .", "try",
      "def f: 1;",
      "'a'", ".a \\", "as $x | .", "; def x: 1;", "label $out | ", "]) catch 1, (1",
    ])
  func broken(_ broken: String) throws {
    let expressions = [".a", broken, ".b", "def f: 3; f", "$ENV"]
    let batch = JQBatch(expressions.map { JQExpression($0) }, environment: JQEnvironment())
    let harmless = ["# only", ".a # )", "def f: 1;"].contains(broken)
    #expect(Set(batch.rejections.keys) == (harmless ? [] : [1]))
    for input in [1, 2] {
      let found = try outcomes(of: batch, 5, on: "{\"a\":\(input),\"b\":5}")
      #expect(
        [found[0], found[2], found[3], found[4]] == [
          .value("\(input)"), .value("5"), .value("3"), .value("{}"),
        ])
      #expect(found[1].isFailure == !harmless)
    }
  }

  @Test("two broken expressions are both named, with their own messages")
  func twoBroken() {
    let batch = JQBatch(["nope", ".a", "other"].map { JQExpression($0) }, environment: JQEnvironment())
    #expect(batch.rejections[0]?.message.contains("nope") == true)
    #expect(batch.rejections[1] == nil)
    #expect(batch.rejections[2]?.message.contains("other") == true)
  }

  @Test(
    "halt ends its own expression only", arguments: ["halt", "1, halt | halt", ". as $x | halt", "[halt]"])
  func halt(_ expression: String) throws {
    let outcomes = try run([".a", expression, ".b"], on: #"{"a":1,"b":2}"#)
    #expect([outcomes[0], outcomes[2]] == [.value("1"), .value("2")])
    #expect(try run([".a", "halt_error", ".b"], on: #"{"a":1,"b":2}"#).last == .value("2"))
  }

  @Test(
    "a comment at the end hides nothing of the next expression",
    arguments: ["# c", "#", "# c \\", "# ) \\\\", "# c \\\n", "#\\", "# \"", "# ]) catch 0"])
  func comments(_ comment: String) throws {
    #expect(
      try run([".a \(comment)", ".b"], on: #"{"a":1,"b":2}"#) == [.value("1"), .value("2")])
  }

  @Test("definitions and variables stay in their expression")
  func scopes() throws {
    let outcomes = try run(["def f: 1; f", "def f: 2; f", "3 as $x | $x", "label $f | 4, break $f", "f"])
    #expect(outcomes.prefix(4) == [.value("1"), .value("2"), .value("3"), .value("4")])
    #expect(outcomes[4].isFailure)
  }

  @Test("only the first output is taken, and nothing after it runs")
  func firstOutput() throws {
    #expect(
      try run(["1, error(\"x\")", "range(1; 1e12)", "repeat(1)"]) == [.value("1"), .value("1"), .value("1")])
  }

  @Test("an empty expression gives its input, no expressions give nothing")
  func empty() throws {
    #expect(
      try run(["", " \n", "# c", ".a"], on: #"{"a":1}"#).prefix(4).map(\.description) == [
        #"{"a":1}"#, #"{"a":1}"#, #"{"a":1}"#, "1",
      ])
    #expect(try run([], on: "1") == [])
  }
}
