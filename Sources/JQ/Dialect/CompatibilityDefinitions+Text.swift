extension CompatibilityDefinitions {
  /// jq 1.8: new and mended functions of strings.
  static let strings = [
    "def ltrimstr($left): if startswith($left) then .[($left | length):] else . end;",
    "def rtrimstr($right): if endswith($right) then .[:length - ($right | length)] else . end;",
    "def trimstr($text): ltrimstr($text) | rtrimstr($text);",
    #"""
    def __spaces: "[\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]+";
    """#,
    #"def __trimmed: if type == "string" then . else error("trim input must be a string") end;"#,
    #"""
    def ltrim: __trimmed | . as $in | [match("\\A" + __spaces)]
      | if . == [] then $in else $in[.[0].length:] end;
    """#,
    #"""
    def rtrim: __trimmed | . as $in | [match(__spaces + "\\z")]
      | if . == [] then $in else $in[:.[0].offset] end;
    """#,
    "def trim: ltrim | rtrim;",
    #"""
    def indices($i): if type == "array" and ($i | type) == "array" then .[$i]
      elif type == "array" then .[[$i]]
      elif type == "string" and ($i | type) == "string" then
        if $i == "" then [] else ($i | explode) as $codes | explode | .[$codes] end
      else .[$i] end;
    """#,
    "def index($i): indices($i) | .[0];",
    "def rindex($i): indices($i) | .[-1:][0];",
  ]

  /// jq 1.8: new and mended functions of numbers and dates.
  static let numbers = [
    "def __builtin_tonumber: tonumber;",
    #"""
    def tonumber: if type == "string" and ((.[:1] + .[-1:]) | test("[ \\t\\r\\n]"))
      then error("string (\(tojson)) cannot be parsed as a number") else __builtin_tonumber end;
    """#,
    #"""
    def toboolean: if type == "boolean" then . elif . == "true" then true elif . == "false" then false
      else error("\(type) (\(tojson)) cannot be parsed as a boolean") end;
    """#,
    "def __builtin_mktime: mktime;",
    #"""
    def mktime: if type == "array" and length < 8 and all(.[]; type == "number")
      then . + [1900, 0, 0, 0, 0, 0, 0, 0][length:] else . end | __builtin_mktime;
    """#,
    "def __builtin_strftime(f): strftime(f);",
    #"""
    def strftime($format):
      if type != "number" and (type != "array" or (all(.[]; type == "number") | not))
      then error("strftime/1 requires parsed datetime inputs")
      elif ($format | type) != "string" then error("strftime/1 requires a string format")
      elif $format == "" then ""
      else if type == "array" then mktime | gmtime else . end
        | __builtin_strftime($format | split("%%") | map(split("%Z") | join("GMT")) | join("%%")) end;
    """#,
    #"def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");"#,
    "def todate: todateiso8601;",
    "def __builtin_strflocaltime(f): strflocaltime(f);",
    #"""
    def strflocaltime($format):
      if ($format | type) != "string" then error("strflocaltime/1 requires a string format")
      elif $format == "" and (type == "number" or type == "array") then "" else __builtin_strflocaltime($format) end;
    """#,
    "def __builtin_bsearch(f): bsearch(f);",
    #"""
    def bsearch($target): if type == "array" then __builtin_bsearch($target)
      else error("\(type) (\(tojson)) cannot be searched from") end;
    """#,
  ]

  /// jq 1.8: new and mended functions of streams.
  static let streams = [
    "def add(f): reduce f as $x (null; . + $x);",
    "def last(g): reduce g as $item ([]; [$item]) | .[];",
    #"""
    def limit($n; f): if $n > 0 then label $out | foreach f as $item ($n; . - 1; $item, if . <= 0 then break $out else empty end)
      elif $n == 0 then empty else error("limit doesn't support negative count") end;
    """#,
    #"""
    def skip($n; f): if $n > 0 then foreach f as $item ($n; . - 1; if . < 0 then $item else empty end)
      elif $n == 0 then f else error("skip doesn't support negative count") end;
    """#,
    #"""
    def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
    """#,
  ]
}
