import Testing

@testable import JQ

@Suite("Which names mean what where")
struct ScopeTests {
  @Test(
    "what nothing in the program defines is jq's",
    arguments: [
      ("map(.a) | length", "length/0 map/1"),
      ("def f: g; f, g", "g/0"),
      ("def map(f): map(f); map(1)", ""),
      ("(def length: 1; length) + length", "length/0"),
      ("def f(g; $x): g, x, $x, y; f(1; 2), g", "g/0 y/0"),
      ("def f: def g: 1; g; f, g", "g/0"),
      ("def add: add(.[]); add", "add/1"),
      (". as {(k): $x, \"\\(l)\": [$y]} | m", "k/0 l/0 m/0"),
    ])
  func builtins(_ text: String, _ expected: String) throws {
    let body = try #require(try Parser.parse(text).body)
    #expect(body.calledBuiltins.sorted().map(\.description).joined(separator: " ") == expected)
  }

  @Test(
    "variables and labels are known where jq knows them",
    arguments: [
      (". as $x | $x", ""), ("$x", "x"), ("(. as $x | 1) | $x", "x"), ("$x as $x | 1", "x"),
      (". as [$a, {b: $c, $d, (\"e\"): $f}] | $a, $b, $c, $d, $e, $f", "b e"),
      ("reduce $a as $a ($a; $a)", "a a"), ("foreach . as $a ($a; $a; $a)", "a"),
      ("foreach . as $a ($a; $a)", "a"), (". as {a: $k, ($k): $v} | $v", ""),
      (". as [$a] ?// {$b} | $a, $b", ""), ("def f($x; g): $x, x, $g; $x", "g x"),
      ("label $l | break $l", ""), ("(label $l | 1) | break $l", "l"), ("{$x}", "x"),
      (". as $x | {$x, $y: 1}", "y"),
      ("$ENV, $__loc__, $__prog_args", ""),
    ])
  func variables(_ text: String, _ expected: String) throws {
    #expect(try Parser.parse(text).unresolvedNames.map(\.name).joined(separator: " ") == expected)
  }

  @Test(
    "a function of the program is not judged as jq's of the same name",
    arguments: [
      "def length: 1e9; [range(length)]", "def f(length): [range(length)]; f(1e9)",
      "def length: \"x\"; length * 1e9", "def empty: .; reduce .[] as $x ([.]; . + empty)",
      "def now: .; reduce .[] as $x ([.]; . + now)", "def select(f): .[1e9]; select(1) = 1",
    ])
  func bounds(_ text: String) {
    #expect(!JQExpression(text).isBounded)
  }

  @Test(
    "nor rewritten as that",
    arguments: [
      ("def sub(a; b): a - b; sub(.x; .y)", "1"), ("def scan(f): [f]; scan(.x)", "[3]"),
      ("def map(f): [path(f)]; map(try .x catch .)", #"[["x"]]"#),
      ("def first(f): repeat(f); [limit(2; try first(1) catch .)]", "[1,1]"),
      ("def halt: 7; halt", "7"), ("def debug: 8; debug", "8"),
    ])
  func rewriting(_ text: String, _ expected: String) throws {
    #expect(try run(text, on: #"{"x":3,"y":2}"#) == .value(expected))
  }

  @Test("what jq 1.7 removed is refused where the program does not define it itself")
  func removed() throws {
    let refused = JQExpression("(def pow10: 1; pow10) + pow10").compileError()
    #expect(refused?.message.contains("write `exp10`") == true)
    #expect(JQExpression("def pow10: 1; pow10").compileError() == nil)
  }
}
