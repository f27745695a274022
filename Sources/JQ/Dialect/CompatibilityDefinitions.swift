/// A function of later jq, written in the language of earlier ones.
struct CompatibilityDefinition: Sendable {
  let signature: Signature
  /// The first libjq that has it as it is meant, nil where none has.
  let builtInSince: LibJQVersion?
  /// Its text: one `def`.
  let text: String
  /// The functions that it calls and does not define itself.
  let calls: Set<Signature>

  /// Reads a definition; nil where `text` is not one.
  init?(_ text: String, builtInSince: LibJQVersion?) {
    guard let program = try? Parser.parse(text), let definition = program.definitions.first,
      program.definitions.count == 1
    else { return nil }
    self.init(definition, text: text, builtInSince: builtInSince)
  }

  fileprivate init(_ definition: FunctionDefinition, text: String, builtInSince: LibJQVersion?) {
    signature = definition.signature
    self.builtInSince = builtInSince
    self.text = text
    calls = Expression(.definition(definition, Expression(.identity))).calledBuiltins
  }
}

/// The definitions that make every libjq speak jq 1.8's language, put before a program that uses them.
///
/// They are written in jq 1.6. Those of jq's functions are in the rows of ``Builtins``; here are those that only
/// rewritten programs and other definitions call. Their names begin with two underscores; `__builtin_x` is
/// what the library itself has as `x`, before it is defined anew.
enum CompatibilityDefinitions {
  /// What `program` needs with the libjq of `version`, each before its users.
  static func needed(by program: Expression, _ version: LibJQVersion) -> [CompatibilityDefinition] {
    var chosen: [CompatibilityDefinition] = []
    var seen: Set<Signature> = []
    func visit(_ signature: Signature) {
      guard seen.insert(signature).inserted, let definition = table[signature],
        definition.builtInSince.map({ version < $0 }) ?? true
      else { return }
      definition.calls.sorted().forEach(visit)
      chosen.append(definition)
    }
    program.calledBuiltins.sorted().forEach(visit)
    return chosen
  }

  /// Every definition, by what it defines.
  static let table: [Signature: CompatibilityDefinition] = {
    let rows = Builtins.rows.compactMap(\.definition)
    let texts = rows.map { ($0.text, $0.builtInSince) } + helpers.map { ($0.text, $0.version) }
    let definitions = texts.compactMap { CompatibilityDefinition($0, builtInSince: $1) }
    let all = definitions + definitions.compactMap(\.twin)
    return Dictionary(all.map { ($0.signature, $0) }) { first, _ in first }
  }()
}

extension CompatibilityDefinition {
  /// The twin of a search: the same definition with every name that searches replaced by its twin's, down to
  /// `__match`, which finds matches one by one. Nil for anything but a search.
  ///
  /// jq 1.6 loses a match of nothing at the end of the text, and crashes on one inside a text that is not ASCII.
  /// So twins are called for patterns that may match nothing.
  fileprivate var twin: CompatibilityDefinition? {
    guard signature.searchesAll, var definition = try? Parser.parse(text).definitions.first else {
      return nil
    }
    definition.name = "__" + definition.name
    definition.body = definition.body.callingTwins
    return CompatibilityDefinition(definition, text: definition.description, builtInSince: builtInSince)
  }
}

extension Signature {
  /// Whether the function may look for more than one match.
  var searchesAll: Bool {
    guard let search = Builtins[self]?.search else { return false }
    return search.gives != .verdict
  }
}

extension Expression {
  fileprivate var callingTwins: Expression {
    let inner = mapChildren(\.callingTwins)
    guard case .call(let name, let arguments) = inner.node, Signature(name, arguments.count).searchesAll
    else {
      return inner
    }
    return Expression(.call("__" + name, arguments))
  }
}

extension CompatibilityDefinitions {
  /// Definitions that no row of ``Builtins`` has, and the first libjq that does without.
  static let helpers: [(text: String, version: LibJQVersion)] =
    (errors + updates + operators + formats + matches).map { ($0, .v1_7) }
    + (texts + originals).map { ($0, .v1_8) }

  /// Errors may be null, and `try` catches only what its body raises.
  private static let errors = [
    "def __builtin_error: error;",
    #"def __is_break: type == "object" and has("__jq");"#,
    #"def __caught: if type == "object" and has("__jq_error") then null else . end;"#,
    #"""
    def __try(f; g): ([try (f | [.]) catch {"error": .}] | .[]) as $outcome
      | if ($outcome | type) == "array" then $outcome[0] else ($outcome.error | g) end;
    """#,
  ]

  /// An update that gives nothing deletes, also in arrays.
  private static let updates = [
    #"""
    def __modify(paths; update): reduce path(paths) as $path ([., []];
        (.[0] | getpath($path) | [first(update)]) as $new
        | if ($new | length) > 0 then setpath([0] + $path; $new[0]) else setpath([1, (.[1] | length)]; $path) end)
      | .[1] as $deleted | .[0] | delpaths($deleted);
    """#
  ]

  /// What operators mean since jq 1.7.
  private static let operators = [
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
    // A slice whose end is not a number ends the process, written as an object as well.
    #"""
    def __position: if type == "number" then if isnan then . else trunc end
      elif type == "object" then
        if .start | type == "number" and isnan then .start = 0 else . end
        | if .end | type == "number" and isnan then .end = null else . end
      else . end;
    """#,
    #"def __places: if type == "array" then map(__position) else . end;"#,
    #"def __from: if type == "number" and isnan then 0 else . end;"#,
    #"def __to: if type == "number" and isnan then null else . end;"#,
    #"def __repeat($text; $count): if $count < 0 then null elif $count < 1 then "" else $text * ($count | floor) end;"#,
  ]

  /// jq 1.7: `@uri` leaves only RFC 3986's unreserved characters as they are. jq 1.8: `@urid`.
  private static let formats = [
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

  /// What is built on matches of nothing. `__match` finds matches one by one, each search beginning after the
  /// last match with `\A[\s\S]{n,}?\K`, in the text and one more character, so that none is empty.
  private static let matches = [
    #"""
    def __match($re; $flags):
      if type != "string" or ($re | type) != "string" or ($flags | . != null and type != "string")
          or ($flags // "" | explode | .[[110]] | length > 0)
      then match($re; $flags)
      else . as $in | length as $length
        | (($flags // "") | explode | map(select(. != 103)) | implode) as $once
        | (($flags // "") != $once) as $isGlobal
        | (if $once | explode | .[[120]] | length > 0 then "\n)" else ")" end) as $close
        | ($re | test("\\\\[zZ]|\\(\\?<?[=!]") | not) as $isOpen
        | def from($start): if $start > $length then empty
            else [$in + (if $isOpen then "\n" else "" end)
                | match("\\A[\\s\\S]{\($start),}?\\K(?:" + $re + $close + (if $isOpen then "[\\s\\S]" else "" end); $once)]
                | .[0] as $found
              | if $found == null then empty
                else $found | if $isOpen then .length -= 1 | .string |= .[:-1] else . end
                  | ., if $isGlobal then from(.offset + (if .length == 0 then 1 else .length end)) else empty end
                end
            end;
          from(0)
      end;
    """#,
    #"""
    def __match($re): if ($re | type) == "array" then __match($re[0]; $re[1]) else __match($re; null) end;
    """#,
    #"""
    def __capture($re): if ($re | type) == "array" then __capture($re[0]; $re[1]) else __capture($re; null) end;
    """#,
  ]

  /// What `trim` and its like cut off since jq 1.8.
  private static let texts = [
    #"""
    def __spaces: "[\\x09-\\x0d\\x20\\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}]+";
    """#,
    #"def __trimmed: if type == "string" then . else error("trim input must be a string") end;"#,
  ]

  /// The library's own functions, under names that stay when they are defined anew.
  private static let originals = [
    "def __builtin_tonumber: tonumber;",
    "def __builtin_implode: implode;",
    "def __builtin_mktime: mktime;",
    "def __builtin_strftime(f): strftime(f);",
    "def __builtin_strflocaltime(f): strflocaltime(f);",
    "def __builtin_bsearch(f): bsearch(f);",
  ]
}
