import JQ
import Testing

/// What expressions read, to the letter: nothing that is precise may become coarse unseen.
@Suite struct ReadSetTests {
  @Test(
    "steps, outputs and operators read what flows into the result",
    arguments: [
      (".", "."), (".a.b", ".a.b"), (".a[0].b", ".a[].b"), (".a[-1]", ".a[]"), (".a[1:3]", ".a[]"),
      (".a[1:3] | map(.b)", ".a[].b"), (".a[\"b\"]", ".a.b"), (".a?.b?", ".a.b"), (".a[.b]", ".a, .b"),
      ("..", "."),
      ("\"x\"", "nothing"), ("{a: 1}", "nothing"), ("[.a, .b]", ".a, .b"), ("{a, b: .c.d}", ".a, .c.d"),
      ("{(.a): .b}", ".a, .b"), ("{a: .x, b: .y} | .a", ".x, .y|type"), ("[.a, .b] | .[0].c", ".a.c, .b.c"),
      (".a + .b", ".a, .b"), ("-.a", ".a"), ("\"x\\(.a)y\\(.b.c)\"", ".a, .b.c"), (".a | @base64", ".a"),
      (".a == .b", ".a, .b"), (".a == null", ".a|type"), ("\"x\" != .a", ".a|type"),
      (".a > length", ".a|type, .[]|type"),
      (".a and .b", ".a|type, .b|type"), (".a // .b", ".a, .b"), (".a | not", ".a|type"), (".a |= 1", "."),
      (".a = .b", "."),
    ])
  func operators(_ text: String, _ reads: String) throws {
    #expect(try sorted(parsed(text).reads.description) == sorted(reads))
  }

  @Test(
    "conditions read types, and branches what they give",
    arguments: [
      ("if .a then .b else .c end", ".a|type, .b, .c"), ("if .a then 1 end", "."), ("try .a catch .b", ".a"),
      (". as $r | .a | $r.b", ".a|type, .b"), (". as {a: $x, b: [$y]} | $x", ".a, .b[]|type"),
      (". as [$a] ?// {$a} | $a", ".a, .[]"), (". as {(.k): $x} | $x", "."),
      ("label $l | .a, break $l, .b", ".a, .b"),
      ("reduce .a[] as $x (0; . + $x.n)", ".a[].n"), ("reduce .a[] as {n: $n} (.b; $n)", ".a[].n, .b"),
      ("reduce (1, 2) as $i (.; .a)", "."), ("foreach .a[] as $x (.b; .; {k: $x.k, c: .c})", ".a[].k, .b.c"),
      ("error({a: .b})", ".b"), ("$ENV.A", "nothing"), ("$unknown", "."), ("$__loc__", "nothing"),
    ])
  func control(_ text: String, _ reads: String) throws {
    #expect(try sorted(parsed(text).reads.description) == sorted(reads))
  }

  @Test(
    "builtins read what their result and their errors show",
    arguments: [
      (".a | map(.b)", ".a[].b"), (".a | map(select(.b == 1) | .c)", ".a[].b|type, .a[].c"),
      (".a | map(select(.b)) | first | .c", ".a[].b|type, .a[].c"), (".a | length", ".a[]|type"),
      (".a | keys", ".a[]|type"),
      (".a | type", ".a|type"), (".a | has(\"b\")", ".a.b|type"), (".a | has(.b)", ".a.b, .a[]|type"),
      (".a | any(.b)", ".a[].b|type"), ("all(.a[]; .b)", ".a[].b|type"), ("first(.a[].b)", ".a[].b"),
      ("[limit(.n; .a[])]", ".n, .a[]"), ("isempty(.a[])", ".a[]|type"), ("[range(.a)]", ".a"),
      ("empty", "nothing"),
      (".a | to_entries | map(.key)", ".a[]|type"), (".a | to_entries[] | .value.b", ".a[].b"),
      (".a | map_values(.b)", ".a[].b"), (".a | with_entries(.value |= .b)", ".a[]"),
      (".a | sort_by(.b) | map(.c)", ".a"),
      ("[.a[]] | sort_by(.b) | map(.c)", ".a[].b, .a[].c"),
      ("[.a[]] | group_by(.b) | map(.[0].c)", ".a[].b, .a[].c"),
      (".a | join(\",\")", ".a"), (".a | test(.b)", ".a"), ("del(.a)", "."), ("path(.a)", "."),
      ("paths", "."), ("tojson", "."),
      ("getpath([\"a\"])", "."), ("some_unknown(.a)", "."), (". as $r | .a | test($r.b)", ".a, .b"),
      (". as $r | .a | del(.[$r.b])", ".a, .b"), (". as $r | .a | path($r | .b)", "."),
      (".a | values | .b", ".a.b"),
    ])
  func builtins(_ text: String, _ reads: String) throws {
    #expect(try sorted(parsed(text).reads.description) == sorted(reads))
  }

  @Test(
    "calls are followed with the names that their place knows",
    arguments: [
      ("def f: .a; f", ".a"), ("def f(g): g | .b; f(.a)", ".a.b"), ("def f($x): $x.b; f(.a)", ".a.b"),
      ("def f($x): x.b; f(.a)", ".a.b"), ("def f: .a; def g: f; def f: .b; g", ".a"),
      ("def map(f): f; map(.a)", ".a"),
      ("def f(g): def h: g; .a | h; .b as $x | f($x.c)", ".a|type, .b.c"),
      ("def f: if . then .a | f else 1 end; f", "."),
      ("def p(f): path(f); . as $r | .a | p($r | .b)", "."),
    ])
  func functions(_ text: String, _ reads: String) throws {
    #expect(try sorted(parsed(text).reads.description) == sorted(reads))
  }

  @Test(
    "expressions made to take long to follow read everything, soon",
    arguments: [
      "def f: f; f", "def f: f, f; f", "def f(g): f(g | g); f(.)",
      String(repeating: "[.,.] | ", count: 100) + ".",
      String(repeating: "{a: ., b: .} | ", count: 100) + ".a",
      String(repeating: "(.a, .b) | ", count: 100) + ".",
      String(repeating: ".a | ", count: 400) + ".",
      (0..<30).reduce("def f0: .a;") { $0 + "def f\($1 + 1): f\($1), f\($1);" } + "f30",
    ])
  func hostile(_ text: String) throws {
    #expect(try parsed(text).reads == .all)
  }

  private func sorted(_ paths: String) -> [String] {
    paths.split(separator: ", ").map(String.init).sorted()
  }
}
