/// The definitions that make every libjq speak jq 1.8's language, put before a program that uses them.
///
/// They are written in jq 1.6. A name with two underscores is called by rewritten programs and by other
/// definitions only; `__builtin_x` is what the library itself has as `x`, before it is defined anew.
enum CompatibilityDefinitions {
  /// What `program` needs with the libjq of `version`, in an order in which each stands before its users.
  static func needed(by program: Expression, _ version: LibJQVersion) -> [CompatibilityDefinition] {
    var chosen: [CompatibilityDefinition] = []
    var seen: Set<String> = []
    func visit(_ key: String) {
      guard seen.insert(key).inserted, let definition = table[key],
        definition.builtInSince.map({ version < $0 }) ?? true
      else { return }
      definition.calls.forEach(visit)
      chosen.append(definition)
    }
    program.calledFunctions.forEach(visit)
    return chosen
  }

  /// Every definition, by name and arity.
  static let table: [String: CompatibilityDefinition] = {
    let texts: [(String, LibJQVersion?)] =
      (errors + generators + updates + values + formats + patterns).map { ($0, .v1_7) }
      + numbers.map { ($0, .v1_8) } + strings.map { ($0, .v1_8) } + streams.map { ($0, .v1_8) }
      + later.map { ($0, nil) }
    var table: [String: CompatibilityDefinition] = [:]
    for (text, version) in texts {
      if let definition = CompatibilityDefinition(text, builtInSince: version) {
        table[definition.key] = definition
      }
    }
    return table
  }()
}

extension CompatibilityDefinitions {
  /// jq 1.7: errors may be null, and `try` catches only what its body raises.
  static let errors = [
    "def __builtin_error: error;",
    #"def error: if . == null then {"__jq_error": null} else . end | __builtin_error;"#,
    "def error(f): f | error;",
    #"def __is_break: type == "object" and has("__jq");"#,
    #"def __caught: if type == "object" and has("__jq_error") then null else . end;"#,
    #"""
    def __try(f; g): ([try (f | [.]) catch {"error": .}] | .[]) as $outcome
      | if ($outcome | type) == "array" then $outcome[0] else ($outcome.error | g) end;
    """#,
  ]

  /// jq 1.7: what ends as soon as it knows.
  static let generators = [
    "def isempty(g): first((g | false), true);",
    "def any(g; f): isempty(g | f or empty) | not;",
    "def any(f): any(.[]; f);",
    "def any: any(.[]; .);",
    "def all(g; f): isempty(g | f and empty);",
    "def all(f): all(.[]; f);",
    "def all: all(.[]; .);",
    "def IN(s): any(s == .; .);",
    "def IN(src; s): any(src == s; .);",
    #"""
    def range($init; $upto; $by): if $by > 0 then $init | while(. < $upto; . + $by)
      elif $by < 0 then $init | while(. > $upto; . + $by) else empty end;
    """#,
  ]

  /// jq 1.7: an update that gives nothing deletes, also in arrays.
  static let updates = [
    #"""
    def __modify(paths; update): reduce path(paths) as $path ([., []];
        (.[0] | getpath($path) | [first(update)]) as $new
        | if ($new | length) > 0 then setpath([0] + $path; $new[0]) else setpath([1, (.[1] | length)]; $path) end)
      | .[1] as $deleted | .[0] | delpaths($deleted);
    """#,
    "def map_values(f): __modify(.[]; f);",
    "def paths(f): path(.. | select(f)) | select(length > 0);",
    #"""
    def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f;
      w;
    """#,
    "def pick(paths): . as $in | reduce path(paths) as $p (null; setpath($p; $in | getpath($p)));",
  ]

  /// jq 1.7: new and mended functions of values.
  static let values = [
    "def abs: if . < 0 then - . else . end;",
    "def have_literal_numbers: false;",
    "def have_decnum: false;",
    "def transpose: [range(0; (map(length) | max) // 0) as $i | [.[][$i]]];",
    #"""
    def __multiply(f; g): g as $y | f as $x
      | if ($x | type) == "string" and ($y | type) == "number" then __repeat($x; $y)
        elif ($x | type) == "number" and ($y | type) == "string" then __repeat($y; $x)
        else $x * $y end;
    """#,
    #"""
    def __whole: if . >= 9223372036854775807 then 9223372036854774784
      elif . <= -9223372036854775808 then -9223372036854774784 else . end;
    """#,
    #"""
    def __modulo(f; g): g as $y | f as $x
      | if ($x | type) == "number" and ($y | type) == "number" then
          if ($x | isnan) or ($y | isnan) then nan
          elif ($x | isinfinite) and ($y | isinfinite) then if $x < 0 then -1 else 0 end
          else ($x | __whole) % ($y | __whole | if . < 0 then - . else . end) end
        else $x % $y end;
    """#,
    #"def __position: if type == "number" and (isnan | not) then trunc else . end;"#,
    #"def __from: if type == "number" and isnan then 0 else . end;"#,
    #"def __to: if type == "number" and isnan then null else . end;"#,
    #"def __repeat($text; $count): if $count < 0 then null elif $count < 1 then "" else $text * ($count | floor) end;"#,
  ]

  /// jq 1.7: `@uri` leaves only RFC 3986's unreserved characters as they are. jq 1.8: `@urid`.
  static let formats = [
    #"""
    def __uri: @uri | split("!") | join("%21") | split("*") | join("%2A") | split("'") | join("%27")
      | split("(") | join("%28") | split(")") | join("%29");
    """#,
    "def __hex: if . >= 97 then . - 87 elif . >= 65 then . - 55 else . - 48 end;",
    #"""
    def __base64: . as $bytes
      | "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" as $digits
      | [range(0; length; 3) as $i
          | ($bytes[$i] * 65536 + ($bytes[$i + 1] // 0) * 256 + ($bytes[$i + 2] // 0)) as $n
          | [($n / 262144 | floor), ($n / 4096 | floor) % 64, ($n / 64 | floor) % 64, $n % 64]
          | map($digits[.:. + 1]) | join("")]
      | join("") | if $bytes | length % 3 == 1 then .[:-2] + "==" elif $bytes | length % 3 == 2 then .[:-1] + "="
        else . end;
    """#,
    #"def __urid_error: error("string (\(tojson)) is not a valid uri encoding");"#,
    #"""
    def __urid: tostring | . as $in
      | if test("%(?![0-9A-Fa-f]{2})") then __urid_error else . end
      | reduce (match("(%[0-9A-Fa-f]{2})+"; "g"), null) as $run ({text: "", end: 0};
          .text += $in[.end:$run.offset]
            + (if $run then $run.string[1:] | split("%") | map(explode | map(__hex) | .[0] * 16 + .[1])
                | __base64 | @base64d | if contains("\ufffd") then $in | __urid_error else . end else "" end)
          | .end = $run.offset + $run.length)
      | .text;
    """#,
  ]

  /// After jq 1.8.
  static let later = [
    #"def toarray: if type == "array" then . else [.] end;"#
  ]
}
