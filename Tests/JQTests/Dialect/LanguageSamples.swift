/// A program of jq 1.8, and all that it gives, as one array.
struct LanguageSample: CustomStringConvertible, Sendable {
  let name: String
  let program: String
  let input: String
  let expected: String

  init(_ name: String, _ program: String, on input: String, gives expected: String) {
    self.name = name
    self.program = program
    self.input = input
    self.expected = expected
  }

  var description: String { name }
}

/// What 1.7, 1.7.1 and 1.8 brought or fixed, with what jq 1.8.2 itself gives.
extension LanguageSample {
  static let syntax = [
    LanguageSample(
      "if without else",
      #"[.[] | if . > 1 then "many" end]"#,
      on: "[1,2]", gives: #"[[1,"many"]]"#),
    LanguageSample(
      "elif without else",
      #"[.[] | if . == 1 then "a" elif . == 2 then "b" end]"#,
      on: "[1,2,3]", gives: #"[["a","b",3]]"#),
    LanguageSample(
      "a dot before a bracket",
      #"[.a.[0], (.a.["b"]?), (.a.[])]"#,
      on: #"{"a":[1,2]}"#, gives: "[[1,1,2]]"),
    LanguageSample(
      "a variable as an object's key",
      #""k" as $k | {$k: 1, b: 2}"#,
      on: "null", gives: #"[{"k":1,"b":2}]"#),
    LanguageSample(
      "a variable alone as an entry",
      ".a as $x | {$x}",
      on: #"{"a":1}"#, gives: #"[{"x":1}]"#),
    LanguageSample(
      "keywords as variables",
      ". as $if | . as [$then] | reduce .[] as $end ($if[0]; . + $end)",
      on: "[1,2]", gives: "[4]"),
    LanguageSample(
      "keywords as variables in patterns",
      ". as {$if, and: $or} | [$if, $or]",
      on: #"{"if":1,"and":2}"#, gives: "[[1,2]]"),
    LanguageSample(
      "keywords as keys",
      #"{if: 1, and, "or": 2} | .if + .or"#,
      on: #"{"and":3}"#, gives: "[3]"),
    LanguageSample(
      "operators in an object's values",
      "{a: 1 + 2, b: .x // 3, c: 4 | tostring}",
      on: "{}", gives: #"[{"a":3,"b":3,"c":"4"}]"#),
    LanguageSample(
      "binding binds tighter on the left",
      "1 + . as $x | [$x, .]",
      on: "2", gives: "[[3,2]]"),
    LanguageSample(
      "a binding after a minus",
      "-. as $x | [$x, .]",
      on: "2", gives: "[[-2,2]]"),
    LanguageSample(
      "a comment that goes on after a backslash",
      "[1, # one \\\n 2,\n 3]",
      on: "null", gives: "[[1,3]]"),
    LanguageSample(
      "a comment that ends after two backslashes",
      "[1, # one \\\\\n 2\n, 3]",
      on: "null", gives: "[[1,2,3]]"),
    LanguageSample(
      "line breaks of two characters",
      "[1, # one\r\n 2]\r\n",
      on: "null", gives: "[[1,2]]"),
    LanguageSample(
      "a field that reads as an exponent",
      "[.e0, .E1x]",
      on: #"{"e0":1,"E1x":2}"#, gives: "[[1,2]]"),
    LanguageSample(
      "alternative destructuring",
      "[.[] | . as [$a] ?// {$a} | [$a]]",
      on: #"[[1],{"a":2}]"#, gives: "[[[1],[2]]]"),
    LanguageSample(
      "the location",
      "$__loc__.line",
      on: "null", gives: "[1]"),
  ]

  static let errors = [
    LanguageSample(
      "try catches only what its body raises",
      #"try (map(select(.a | tonumber?) | error("y"))) catch ."#,
      on: #"[{"a":"1"}]"#, gives: #"["y"]"#),
    LanguageSample(
      "try does not catch what comes after its output",
      #"try ((try 1 catch "in") | error("out")) catch ."#,
      on: "null", gives: #"["out"]"#),
    LanguageSample(
      "a question mark does not catch what comes after its output",
      #"try ((1?) | error("out")) catch ."#,
      on: "null", gives: #"["out"]"#),
    LanguageSample(
      "try in an update's value",
      #"try (.a += (try 1 catch "in")) catch "out""#,
      on: #"{"a":"x"}"#, gives: #"["out"]"#),
    LanguageSample(
      "first out of a try with a handler",
      "[first(try (1, 2) catch .)], [first((.a |= 1 | 3), 4)]",
      on: "{}", gives: "[[1],[3]]"),
    LanguageSample(
      "first out of a question mark beside a path expression",
      "[first({a: (.. | [paths]), b: (1?)})] | length",
      on: "[[1]]", gives: "[1]"),
    LanguageSample(
      "a null error",
      "[try error(null) catch ., try error catch .]",
      on: "null", gives: "[[null,null]]"),
    LanguageSample(
      "a null error goes through a handler",
      "try (try error(null) catch error) catch [.]",
      on: "1", gives: "[[null]]"),
    LanguageSample(
      "an error without a handler",
      #"[(try error("x")), 1]"#,
      on: "null", gives: "[[1]]"),
    LanguageSample(
      "nested handlers",
      #"try (try error("a") catch error("b" + .)) catch ."#,
      on: "null", gives: #"["ba"]"#),
  ]

  static let updates = [
    LanguageSample(
      "empty deletes in arrays",
      "(.[] | select(. >= 2)) |= empty",
      on: "[1,5,3,0,7]", gives: "[[1,0]]"),
    LanguageSample(
      "empty deletes in objects",
      ".a |= empty",
      on: #"{"a":1,"b":2}"#, gives: #"[{"b":2}]"#),
    LanguageSample(
      "an update takes the first output",
      ".a |= (., 5)",
      on: #"{"a":1}"#, gives: #"[{"a":1}]"#),
    LanguageSample(
      "map_values keeps the first",
      "map_values(select(. != 1), 9)",
      on: #"{"a":1,"b":2}"#, gives: #"[{"a":9,"b":2}]"#),
    LanguageSample(
      "pick",
      "pick(.a, .b.c, .x[1])",
      on: #"{"a":1,"b":{"c":2,"d":3}}"#, gives: #"[{"a":1,"b":{"c":2},"x":[null,null]}]"#),
    LanguageSample(
      "paths by condition look at the top too",
      #"[paths(type == "number")]"#,
      on: #"[1,[[],{"a":2}]]"#, gives: #"[[[0],[1,1,"a"]]]"#),
    LanguageSample(
      "an error at the top of paths",
      #"try [paths(.a)] catch "error""#,
      on: #""x""#, gives: #"["error"]"#),
    LanguageSample(
      "deleting several positions",
      "del(.[1, 3], .[0])",
      on: "[1,2,3,4]", gives: "[[3]]"),
    LanguageSample(
      "getpath through null",
      #"[getpath(["a","b"]), (try getpath(["c","d"]) catch "error")]"#,
      on: #"{"c":1}"#, gives: #"[[null,"error"]]"#),
    LanguageSample(
      "walk",
      #"walk(if type == "object" then del(.a) elif type == "array" then sort else . end)"#,
      on: #"[3,{"a":1,"b":[2,1]}]"#, gives: #"[[3,{"b":[1,2]}]]"#),
    LanguageSample(
      "walk that deletes",
      "walk(select(. != null))",
      on: #"[1,null,{"a":null,"b":2}]"#, gives: #"[[1,{"b":2}]]"#),
    LanguageSample(
      "positions with a fraction",
      "[.[1.7], .[-1.2]], (.[0.5:1.5]), (.[1.9] = 9)",
      on: "[1,2,3]", gives: "[[2,3],[1,2],[1,9,3]]"),
    LanguageSample(
      "nan as a slice's end",
      ".[nan:1], .[1:nan]",
      on: "[1,2,3]", gives: "[[1],[2,3]]"),
    LanguageSample(
      "nan as a position",
      "[.[nan]]",
      on: "[1]", gives: "[[null]]"),
  ]

  static let streams = [
    LanguageSample(
      "limit of none",
      "[limit(0; error)], [limit(2; 1, 2, error)]",
      on: "null", gives: "[[],[1,2]]"),
    LanguageSample(
      "a negative limit",
      "try limit(-1; 1) catch .",
      on: "null", gives: #"["limit doesn't support negative count"]"#),
    LanguageSample(
      "skip",
      "[skip(1; 1, 2, 3)], [skip(0; 1)], [skip(9; 1)], (try skip(-1; 1) catch .)",
      on: "null", gives: #"[[2,3],[1],[],"skip doesn't support negative count"]"#),
    LanguageSample(
      "nth out of range",
      "[nth(5; 1, 2)], [nth(1; 1, 2, error)], (try nth(-1; 1) catch .)",
      on: "null", gives: #"[[],[2],"nth doesn't support negative indices"]"#),
    LanguageSample(
      "first and last of nothing",
      "[first(empty)], [last(empty)], [last(1, 2)]",
      on: "null", gives: "[[],[],[2]]"),
    LanguageSample(
      "add of a generator",
      "add(.[].a), add(empty)",
      on: #"[{"a":1},{"a":2}]"#, gives: "[3,null]"),
    LanguageSample(
      "range by steps",
      "[range(0; 5; 2)], [range(5; 0; -2)], [range(0; 5; 0)], [range(0, 1; 3; 2)]",
      on: "null", gives: "[[0,2,4],[5,3,1],[],[0,2,1]]"),
    LanguageSample(
      "any and all stop",
      "any((true, error); .), all((false, error); .), any(1, null; . == null)",
      on: "null", gives: "[true,false,true]"),
    LanguageSample(
      "isempty stops",
      #"isempty(1, error), isempty(empty), [isempty(error("x"))?]"#,
      on: "null", gives: "[false,true,[]]"),
    LanguageSample(
      "IN stops",
      "IN(2; 1, 2), IN(1, 2, 3), IN((1, 2); 5)",
      on: "2", gives: "[true,true,false]"),
    LanguageSample(
      "foreach with several starts",
      "[foreach (1, 2) as $x ((0, 10); . + $x)]",
      on: "null", gives: "[[1,3,11,13]]"),
    LanguageSample(
      "foreach with an extract",
      "[foreach .[] as $x (0; . + $x; [$x, .])]",
      on: "[1,2]", gives: "[[[1,1],[2,3]]]"),
    LanguageSample(
      "limit inside first",
      "[first(limit(3; range(10)))]",
      on: "null", gives: "[[0]]"),
    LanguageSample(
      "transpose",
      "transpose",
      on: "[[1],[2,3],[]]", gives: "[[[1,2,null],[null,3,null]]]"),
  ]
}
