import JQ
import TestSupport
import Testing

@Suite struct PrintingTests {
  @Test(
    "A printed program parses to the same tree",
    arguments: [
      ".", "..", ".a.b?.c[]?", "(.a.b)?", ".[\"a b\"]", ".\"a b\".c", ".\"a\\(.b)\"", "..[0]", "(1).a",
      ".[1:2][:3][4:]", "1 + 2 * 3 - -4", "(1 + 2) * 3", "1 - (2 - 3)", "(1 // 2) // 3", "(1, 2) | 3",
      "1 | (2 | 3)", "(1 | 2) | 3", "[.[] | select(.a == \"b\" and (.c | not))]", "-(-1)", "(-1).a",
      "(1 as $x | 2) | 3", "1 as $x | 2 as [$y, {a: $z, $w: [$v], (\"b\" + \"c\"): $u}] | $x",
      "1, (2 as $x | 3), 4",
      ". as [$a] ?// {$a} ?// $a | $a", "reduce (.a | .b) as $x (0; . + $x) | .a",
      "foreach .[] as [$a, $b] (0; $a; [$b, .])", "(if . then 1 end).a", "(try error catch .)?",
      "try (1 + 2) catch (. | length)", "try (try a catch b) catch c", "label $x | (1, break $x)",
      "def f(g; $x): def h: g; h | $x; f(1, 2; 3 | 4)", "(def f: 1; f), 2", "(label $x | 1), 2",
      "{a, \"b\", $x, $__loc__, if: 1, (.a): 2 | 3, \"c\\(1)\": 1 + 2, @json \"d\": 1, $y: -1}",
      "@base64 \"a\\(.b | @json)c\"", "\"\\u0000\\n\\\"\\\\é😀\\u007f\"", ".a |= (.b = 1)", "(.a = 1) = 2",
      ".a //= 1 | .b += (1, 2)", "if . then 1 elif .a then 2 else 3 end", "$__loc__", "m::f(1) + $m::x",
      ".a as $x | def f: $x; f", "[range(0; 10; 2)]", "(. as $x | 1)[]", "[]", "[[]]", "{}", "not",
    ])
  func roundTrip(source: String) throws {
    let tree = try parsed(source)
    let printed = tree.description
    #expect(plain(try parsed(printed)) == plain(tree), "\(printed)")
  }

  @Test(
    "Parentheses keep the meaning in every version of jq",
    arguments: [
      ("1 + 2 as $x | $x", "(1 + 2) as $x | $x"), ("{a: 1 + 2}", "{a: (1 + 2)}"),
      ("if . then 1 end.a", "(if . then 1 end).a"), (".a.[0]", ".a[0]"),
      ("reduce -1 as $x (0; 1)", "reduce (-1) as $x (0; 1)"),
    ])
  func versions(source: String, printed: String) throws {
    #expect(try parsed(source).description == printed)
  }

  @Test("A random tree, printed, parses to itself", arguments: [1, 2, 3, 5, 8, 13, 21, 34] as [UInt64])
  func randomTrees(seed: UInt64) throws {
    var generator = TreeGenerator(random: SeededRandom(seed: seed))
    for _ in 0..<150 {
      let tree = generator.expression(depth: 5)
      let printed = tree.description
      #expect(plain(try parsed(printed)) == plain(tree), "seed \(seed): \(printed)")
    }
  }
}
