import Testing

@testable import JQ

@Suite("Which expressions are seen to end")
struct BoundednessTests {
  static let ordinary = [
    ".", ".a", ".a.b.c", ".a[0].b", ".items[]", "\"text\"", "true", "null", "[]", "{}", ".a // \"none\"",
    "\"https://example.com\" + .Links.Web", ".TaskQueueStopped | not", ".key | ascii_downcase",
    ".fields.labels | map(ascii_downcase)", ".fields.status.name", ".fields.issuetype.name == \"Epic\"",
    ".Url | if . then rtrimstr(\".git\") else null end", ".fields.created | sub(\"\\\\..*$\"; \"Z\")",
    ".Branch | split(\"/\") | .[2:] | join(\"/\")", "[.items[] | select(.x == 1) | .name]",
    ".a | map(select(.name == \"x\")) | .[0].value", "[.a[], .b[]] | unique", "to_entries | map(.key)",
    "with_entries(select(.value != null))",
    ".labels | to_entries | map(\"\\(.key)=\\(.value)\") | join(\",\")",
    "{a: .a, b: (.b | map(.c)), c: (.d | length), d: (.e | test(\"x\")), e: \"\\(.f)-\\(.g)\"}",
    ".a as $x | .b | map(select(.id == $x.id))", ".a[] as $x | .b[] | select(.id == $x.id)",
    "reduce .items[] as $i (0; . + $i.count)", "reduce .items[] as $i ({}; . + {($i.key): $i.value})",
    "reduce .items[] as $i ({}; .[$i.key] += [$i.value])", ".created / 1000 | floor | todate",
    ".a * 100 | round / 100", "(.a | tonumber) * (.b | tonumber)", ".a * 60 / 3600",
    "(.used / .total) * 100", "if .a > 10 then \"high\" elif .a > 5 then \"mid\" else \"low\" end",
    "def name: .first + \" \" + .last; .owner | name", "def f(g): map(g); .a | f(.b)",
    ".url | capture(\"(?<org>[^/]+)/(?<repo>[^/]+)$\") | .org", ".s | gsub(\"[^a-zA-Z0-9-]\"; \"-\")",
    ".arn | split(\":\") | last", ".tags // [] | any(. == \"x\")",
    ".a | group_by(.b) | map({k: .[0].b, n: length})",
    ".a | sort_by(.b) | reverse | first", ".a |= . + 1", ".a.b = .c", "del(.a, .b[0])",
    ".a[] |= ascii_downcase",
    "[.. | .name? // empty]", "[.. | strings | select(test(\"x\"))]", ".a | tojson | @base64", "now | todate",
    ".d | fromdateiso8601 | strftime(\"%Y\")", "try (.a | tonumber) catch null", ".a? // .b? // .c?",
    "[limit(3; .items[])]", "first(.items[] | select(.x))", ".a | add / length",
    ".a | flatten | unique | length",
    "[.a, .b, .c, .d, .e, .f, .g, .h, .i, .j, .k, .l] | map(select(. != null)) | join(\" \")",
    "[range(0; .items | length) as $i | .items[$i]]", ".a | @uri", "$ENV.NAME",
    "label $x | .a[] | ., break $x",
    ". as {a: $x, b: [$y]} | $x + $y", ".a | @html \"<b>\\(.)</b>\"", ".a | split(\", *\"; null)",
    "[.items[] | {id, name: (.name | ascii_upcase)}] | INDEX(.id)", ".a | test(\"^prod\"; \"i\")",
    "[.members[] | .email] | map(select(endswith(\"@x.io\")))",
    ".x | startswith(\"a\") and (.y | contains(\"b\"))",
  ]

  /// Those of the mappings that are part of the project, by kind of expression.
  static let mappings = [
    "(.fields.issuetype.name // \"\") | ascii_downcase | gsub(\" \"; \"-\")",
    ".self | split(\"/\") | .[:3] | join(\"/\") + \"/browse/\" + .key", ".fields.subtasks | map(.key)",
    ".fields.issuelinks | map(select(.type.name == \"Blocks\") | .inwardIssue.key | select(. != null))",
    ".SpaceManagersTeams + .SpaceManagersTeamMembers", ".Id | split(\"-\") | .[1] | tonumber",
  ]

  @Test("those of real mappings", arguments: ordinary + mappings)
  func bounded(_ text: String) {
    #expect(JQExpression(text).isBounded)
  }

  @Test(
    "those that need not",
    arguments: [
      "[range(1e10)]", "repeat(.)", "def f: f; f", "def f: def g: f; g; f", "def f(g): f(g); f(1)",
      "\"x\" * 1e9",
      "def length: length; length", "\"x\" * .n", ".a * .b", ". * 1000 * 1000", "1000 * (1000 * .a)",
      ".a *= 1e9",
      "(.a, .a, .a) *= 1000", "reduce range(100) as $i (1; [., .])",
      "reduce range(100) as $i ({}; . + {a: .})",
      "reduce .[] as $x ([.]; . + .)", "reduce .[] as $x (.; . as $s | . + $s)",
      "reduce .[] as $i (null; .[$i] = 1)",
      "reduce .[] as $i ({}; .[$i][$i] = 1)", "reduce .[] as $i ({}; .[$i.k] = .)",
      "foreach .[] as $x (0; [., .])",
      ".[999999999] = 0", ".[.n] = 1", "setpath([999999999]; 1)", ".[0:1e9] = [1]", "pick(.[1e9])",
      "until(false; .)",
      "[while(true; .)]", "[limit(1e9; repeat(1))]", "first(range(1e12))", "[combinations]",
      "[combinations(9)]",
      "walk([., .])", "recurse(.)", "[recurse([.])]", "..|..|..", ".. |= [[., .]]",
      "(.[0], .[0][0]) |= [[., .]]",
      "[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]",
      ". as $a | [$a,$a] as $b | [$b,$b] as $c | [$c,$c] as $d | [$d,$d] as $e | [$e,$e] as $f | [$f,$f] as $g"
        + " | [$g,$g] as $h | [$h,$h] as $i | [$i,$i] as $j | [$j,$j] as $k | [$k,$k]",
      "def f(g): g|g|g|g; f(f(f([.,.])))", "def f(g): g|g; def h(g): f(f(g)); h(h(h([.,.])))",
      "def a: [.,.]|[.,.]|[.,.]|[.,.]; a|a|a|a", "def f($x): [$x,$x]|[.,.]|[.,.]|[.,.]|[.,.]; f(f(f(.)))",
      "\"\\(.)\\(.)\"|\"\\(.)\\(.)\"|\"\\(.)\\(.)\"|\"\\(.)\\(.)\"", "tojson|tojson|tojson|tojson|tojson",
      "@base64|@base64|@base64|@base64|@base64", "@html|@json|@sh|@uri|@csv",
      "@json \"\\(@json \"\\(@json \"\\(@json \"\\(.)\\(.)\")\")\")\"",
      ".[] as $a | .[] as $b | .[] as $c | 1", "[.[] + .[] + .[]]", "[.[], .[]] as $x | [$x[] + $x[] + $x[]]",
      "{a: .[], b: .[], c: .[]}", "[.[] | [.] ] as $x | $x | map($x | map($x | map(1)))",
      ". as $s | gsub(\"a\"; $s) | gsub(\"a\"; $s) | gsub(\"a\"; $s)", "test(.pattern)", "test(\"(a+)+$\")",
      "test(\"(a|a)*$\")",
      "gsub(\"(a*)*\"; \"x\")",
      "gsub(\"\"; \"0123456789\") | gsub(\"\"; \"0123456789\") | gsub(\"\"; \"0123456789\")",
      ". as $s | split(\"\") | join($s) | split(\"\") | join($s)",
      "split(\"\")|join(\"abcdefghi\")|split(\"\")|join(\"abcdefghi\")", "test(\"a\"; \"x\")",
      "test(\"a\"; .flags)", "[splits(.x)]", "ascii", "getpath([range(1e9)])",
      "range(.n)", "[range(0; 1e9; 1)]", "range(1000) as $a | range(1000) as $b | range(1000)",
      "input_line_number | repeat(1)",
      "def f: reduce .[] as $x (0; f); f", "label $x | repeat(1, break $x)", "[paths | paths | paths]",
      "tostream | tostream",
      "fromstream(tostream)", "[.[] as [$a] ?// $a | $a]", "unknown", "splits(\"a*a*a*a*b\")",
      "if (.[], .[]) then .[] + .[] else .[] end | .[] + .[]",
      ".a |= repeat(.)", "try repeat(.) catch .", "[.. | .. ]", "transpose", "limit(1; repeat(.))",
      "add(range(1e9))", "isempty(repeat(empty))",
    ])
  func unbounded(_ text: String) {
    #expect(!JQExpression(text).isBounded)
  }

  @Test("judging ends, whatever is judged")
  func judging() {
    let definitions = (1..<60).map { "def f\($0): f\($0 - 1) | f\($0 - 1);" }.joined(separator: " ")
    #expect(!JQExpression("def f0: .a; " + definitions + " f59").isBounded)
    let nested = (1..<60).map { "def g\($0)(x): g\($0 - 1)(x | x);" }.joined(separator: " ")
    #expect(!JQExpression("def g0(x): x; " + nested + " g59([.,.])").isBounded)
    #expect(!JQExpression(String(repeating: " ", count: 30_000)).isBounded)
  }
}
