extension MappingSamples {
  /// Expressions whose errors show values. Names are short, as libjq 1.6 shows eleven bytes.
  static let errors = MappingSamples(
    input: #"""
      {"a": {"c": {"d": 1}, "e": {"b": 2}}, "m": [{"n": {"o": 1}}], "s": "x"}
      """#,
    expressions: #"""
      try (.a | sort_by(.b)) catch .
      try (.a | group_by(.b)) catch .
      try (.a | unique_by(.b)) catch .
      try (.a | min_by(.b)) catch .
      try (.a | max_by(.b) | .c) catch .
      try (.a | map_values(.b) | sort_by(.x)) catch .
      try ({x: .a.c, y: .a.e} | sort_by(.b)) catch .
      try (.a | reverse) catch .
      try (.a - .s) catch .
      try (-.a) catch .
      try (.a | error) catch .c.d
      . as $r | try path($r | .m) catch .
      . as $r | .a | try path(.c | $r | .m) catch .
      . as $r | try (.s | del($r | .m)) catch .
      . as $r | .s | try ((. | $r | .m) |= 1) catch .
      . as $r | .s | try pick($r | .m) catch .
      def p(f): try path(f) catch .; . as $r | .s | p($r | .m)
      def p($v): try path($v | .m) catch .; . as $r | .s | p($r)
      . as $r | .s | try path([$r.a] | .[0]) catch .
      try ({(.a): 1}) catch .
      try (.m | join(",")) catch .
      try (.a | test("x")) catch .
      try (.a | ltrimstr("x") | length) catch .
      try (.a | tonumber) catch .
      try (.a | has(0)) catch .
      try (.m | has("n")) catch .
      try (.s | .[.a]) catch .
      try (.s | test(.)) catch .
      . as {s: $s, a: {($s): $v}} | $v
      . as {("a"): {c: $c}} | $c.d
      """#)
}
