extension LanguageSample {
  static let texts = [
    LanguageSample(
      "trim",
      "trim, ltrim, rtrim",
      on: #"" \t x y\u00a0\n""#, gives: #"["x y","x y \n"," \t x y"]"#),
    LanguageSample(
      "trim of what is no text",
      "try trim catch .",
      on: "1", gives: #"["trim input must be a string"]"#),
    LanguageSample(
      "trimstr",
      #"trimstr("ab"), trimstr("")"#,
      on: #""abxab""#, gives: #"["x","abxab"]"#),
    LanguageSample(
      "an empty end is taken off",
      #"rtrimstr(""), ltrimstr("")"#,
      on: #""ab""#, gives: #"["ab","ab"]"#),
    LanguageSample(
      "ltrimstr of what is no text",
      #"[try ltrimstr("a") catch "error", try rtrimstr("a") catch "error"]"#,
      on: "1", gives: #"[["error","error"]]"#),
    LanguageSample(
      "tonumber is strict",
      #"[.[] | try tonumber catch "error"]"#,
      on: #"[" 1","1 ","1","-1.5","0x1","","nan1"]"#,
      gives: #"[["error","error",1,-1.5,"error","error","error"]]"#),
    LanguageSample(
      "toboolean",
      #"[.[] | try toboolean catch "error"]"#,
      on: #"["true","false",true,"yes",1]"#, gives: #"[[true,false,true,"error","error"]]"#),
    LanguageSample(
      "toarray of both kinds",
      "[.[] | [.] | add(.) | length]",
      on: "[[1],[2,3]]", gives: "[[1,1]]"),
    LanguageSample(
      "positions count characters",
      #"index("b"), rindex("b"), indices("b")"#,
      on: #""éb-éb""#, gives: "[1,4,[1,4]]"),
    LanguageSample(
      "positions of the empty text",
      #"indices(""), index("")"#,
      on: #""ab""#, gives: "[[],null]"),
    LanguageSample(
      "overlapping positions",
      #"indices("aa"), rindex("aa")"#,
      on: #""aaa""#, gives: "[[0,1],1]"),
    LanguageSample(
      "positions in arrays",
      "indices(1), indices([1, 2]), index(2)",
      on: "[0,1,2,1,2]", gives: "[[1,3],[1,3],2]"),
    LanguageSample(
      "text times numbers",
      "[. * 0, . * 0.5, . * 1.5, . * 2, . * -1]",
      on: #""ab""#, gives: #"[["","","ab","abab",null]]"#),
    LanguageSample(
      "numbers times text",
      "[2 * ., 0 * .]",
      on: #""ab""#, gives: #"[["abab",""]]"#),
    LanguageSample(
      "@uri keeps only what is unreserved",
      #"@uri, @uri "x=\(.)""#,
      on: #""a b!'()*~-_.\u00e9""#,
      gives: #"["a%20b%21%27%28%29%2A~-_.%C3%A9","x=a%20b%21%27%28%29%2A~-_.%C3%A9"]"#),
    LanguageSample(
      "@urid",
      #"@urid, (try ("%zz" | @urid) catch "error")"#,
      on: #""a%20b%C3%A9""#, gives: #"["a bé","error"]"#),
    LanguageSample(
      "@base64d of odd lengths",
      "[.[] | @base64d]",
      on: #"["YQ","YWI","YWJj",""]"#, gives: #"[["a","ab","abc",""]]"#),
    LanguageSample(
      "text by code points",
      #"[.[] | try implode catch "error"]"#,
      on: #"[[97],[-1],["a"],[1114112]]"#, gives: #"[["a","�","error","�"]]"#),
    LanguageSample(
      "ascii case",
      "ascii_downcase, ascii_upcase",
      on: #""aÉz""#, gives: #"["aÉz","AÉZ"]"#),
    LanguageSample(
      "a text divided by the empty one",
      #". / "", split("")"#,
      on: #""aé""#, gives: #"[["a","é"],["a","é"]]"#),
    LanguageSample(
      "ends and starts of what is no text",
      #"[try startswith("a") catch "error", try endswith("a") catch "error"]"#,
      on: "1", gives: #"[["error","error"]]"#),
    LanguageSample(
      "abs",
      "[.[] | abs]",
      on: "[-1,1,0,-0.5]", gives: "[[1,1,0,0.5]]"),
    LanguageSample(
      "abs of what is no number",
      #"[.[] | try abs catch "error"]"#,
      on: #"["x",null,[]]"#, gives: #"[["x","error",[]]]"#),
  ]

  static let patterns = [
    LanguageSample(
      "empty matches of all",
      #"[match(""; "g").offset]"#,
      on: #""abc""#, gives: "[[0,1,2,3]]"),
    LanguageSample(
      "empty matches at the end",
      #"[match("$"; "g").offset], [match("^"; "g").offset], [match("b*"; "g") | [.offset, .length]]"#,
      on: #""ab""#, gives: "[[2],[0],[[0,0],[1,1],[2,0]]]"),
    LanguageSample(
      "replacing starts",
      #"gsub("^"; ">"), sub("$"; "<"), gsub(""; "-")"#,
      on: #""ab""#, gives: #"[">ab","ab<","-a-b-"]"#),
    LanguageSample(
      "replacing in text that is not ASCII",
      #"gsub("é"; "e"), gsub("^é"; ""), sub("(?<x>[a-z])$"; "<\(.x)>")"#,
      on: #""éaéb""#, gives: #"["eaeb","aéb","éaé<b>"]"#),
    LanguageSample(
      "replacements with several outputs",
      #"[sub("(?<x>a)"; "\(.x)1", "\(.x)2")]"#,
      on: #""xay""#, gives: #"[["xa1y","xa2y"]]"#),
    LanguageSample(
      "captures of groups without a match",
      #"capture("(?<a>x)?(?<b>y)")"#,
      on: #""y""#, gives: #"[{"a":null,"b":"y"}]"#),
    LanguageSample(
      "matches of groups without a match",
      #"match("(x)?y").captures"#,
      on: #""y""#, gives: #"[[{"offset":-1,"string":null,"length":0,"name":null}]]"#),
    LanguageSample(
      "scan with flags",
      #"[scan("ab"; "i")], [scan("(a)(b)?"; "gi")]"#,
      on: #""abAB""#, gives: #"[["ab","AB"],[["a","b"],["A","B"]]]"#),
    LanguageSample(
      "splits",
      #"[splits(", *")], [splits("x"; null)], split("B"; "gi")"#,
      on: #""a, bxc""#, gives: #"[["a","bxc"],["a, b","c"],["a, ","xc"]]"#),
    LanguageSample(
      "an array as the pattern",
      #"test(["A", "i"]), [match(["A", "ig"]).offset]"#,
      on: #""aba""#, gives: "[true,[0,2]]"),
    LanguageSample(
      "flags that give spaces no meaning",
      #"[match(" "; "gx") | .offset]"#,
      on: #""ab""#, gives: "[[0,1,2]]"),
    LanguageSample(
      "the newline",
      #"[scan(".")], [match("b$"; "g").offset]"#,
      on: #""a\nb""#, gives: #"[["a","b"],[2]]"#),
  ]

  static let numbers = [
    LanguageSample(
      "division by zero that is written there",
      #"try (. / 0) catch "error""#,
      on: "1", gives: #"["error"]"#),
    LanguageSample(
      "remainder of zero that is written there",
      #"try (. % 0) catch "error""#,
      on: "1", gives: #"["error"]"#),
    LanguageSample(
      "remainder of large numbers",
      "[. % 10, 5 % 1e19, -5 % 3, 5 % -3, 5.9 % 3]",
      on: "1e18", gives: "[[0,5,-2,2,2]]"),
    LanguageSample(
      "remainder of nan",
      "[(nan % 5), (5 % nan)] | map(isnan)",
      on: "null", gives: "[[true,true]]"),
    LanguageSample(
      "strftime of a list",
      #"strftime("%Y-%m-%dT%H:%M:%SZ"), strftime("%A, %B %d"), todate"#,
      on: "[2024,1,3,4,5,6,0,0]",
      gives: #"["2024-02-03T04:05:06Z","Saturday, February 03","2024-02-03T04:05:06Z"]"#),
    LanguageSample(
      "strftime of a number",
      #"strftime("%Y %Z %%Z"), todate"#,
      on: "1425599621", gives: #"["2015 GMT %Z","2015-03-05T23:53:41Z"]"#),
    LanguageSample(
      "strftime of nothing",
      #"strftime("")"#,
      on: "0", gives: #"[""]"#),
    LanguageSample(
      "mktime of short lists",
      "[.[] | mktime]",
      on: "[[2024],[2024,1],[2024,1,3,4]]", gives: "[[1703980800,1706659200,1706932800]]"),
    LanguageSample(
      "todate of a short list",
      "todate",
      on: "[2024,1,3]", gives: #"["2024-02-03T00:00:00Z"]"#),
    LanguageSample(
      "dates of what is no date",
      #"[.[] | try strftime("%Y") catch "error"]"#,
      on: #"["x",null,{}]"#, gives: #"[["error","error","error"]]"#),
    LanguageSample(
      "bsearch",
      #"bsearch(2), bsearch(5), (try ("x" | bsearch(1)) catch "error")"#,
      on: "[1,2,3]", gives: #"[1,-4,"error"]"#),
    LanguageSample(
      "significand and friends",
      "[significand, logb, trunc, exp10]",
      on: "2", gives: "[[1,1,2,100]]"),
    LanguageSample(
      "flatten",
      #"flatten, flatten(1), (try flatten(-1) catch "error")"#,
      on: "[1,[2,[3]]]", gives: #"[[1,2,3],[1,2,[3]],"error"]"#),
    LanguageSample(
      "from_entries by other names",
      "from_entries",
      on: #"[{"name":"a","Value":1},{"K":1,"k":2,"key":"b"},{"key":false,"name":"n"}]"#,
      gives: #"[{"a":1,"b":null,"n":null}]"#),
    LanguageSample(
      "tojson",
      "tojson, ([nan] | tojson)",
      on: #"[1.5,null,"é"]"#, gives: #"["[1.5,null,\"é\"]","[null]"]"#),
    LanguageSample(
      "getpath of no array",
      #"try getpath("a") catch "error""#,
      on: "{}", gives: #"["error"]"#),
    LanguageSample(
      "halt_error is an error",
      "try (1 | error) catch .",
      on: "null", gives: "[1]"),
    LanguageSample(
      "INDEX",
      "INDEX(.id) | keys",
      on: #"[{"id":1},{"id":"b"}]"#, gives: #"[["1","b"]]"#),
    LanguageSample(
      "combinations",
      "[combinations], [[0, 1] | combinations(2)]",
      on: "[[1,2],[3]]", gives: "[[[1,3],[2,3]],[[0,0],[0,1],[1,0],[1,1]]]"),
    LanguageSample(
      "group_by and unique_by",
      "group_by(.a) | map(length)",
      on: #"[{"a":2},{"a":1},{"a":2}]"#, gives: "[[1,2]]"),
    LanguageSample(
      "min_by and max_by of nothing",
      "[min_by(.a), max_by(.a)]",
      on: "[]", gives: "[[null,null]]"),
    LanguageSample(
      "ltrimstr in a path of work",
      #"map(ltrimstr("refs/heads/"))"#,
      on: #"["refs/heads/main","x"]"#, gives: #"[["main","x"]]"#),
    LanguageSample(
      "limit keeps the rest unevaluated",
      #"[limit(1; 1, error("x"))]"#,
      on: "null", gives: "[[1]]"),
    LanguageSample(
      "env is closed",
      "env | length",
      on: "null", gives: "[0]"),
    LanguageSample(
      "error with an object",
      "try error({code: 3}) catch .code",
      on: "null", gives: "[3]"),
    LanguageSample(
      "splitting by no characters",
      #"[.[] / ","]"#,
      on: #"["a,b",""]"#, gives: #"[[["a","b"],[]]]"#),
  ]
}
