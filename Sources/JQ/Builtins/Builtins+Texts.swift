extension Builtins {
  /// What works on strings, regular expressions aside.
  @BuiltinRows static var texts: [Builtin] {
    Builtin("ascii_downcase", 0).costs(.pass).gives(.string).native(.function(.downcase))
    Builtin("ascii_upcase", 0).costs(.pass).gives(.string).native(.function(.upcase))
    Builtin("utf8bytelength", 0).costs(.pass)
    Builtin("explode", 0).costs(.growth(by: 4)).breakingTexts
    // Libraries without a check of their own end the process for what is no number or no code point.
    Builtin("implode", 0).costs(.growth(by: 4))
      .before(
        .v1_8,
        #"""
        def implode: if type == "array" then map(
            if type != "number" or isnan
            then error("\(type) (\(tojson)) can't be imploded, unicode codepoint needs to be numeric")
            elif . < 0 or . >= 1114112 or (. >= 55296 and . < 57344) then 65533 else . end)
          else . end | __builtin_implode;
        """#)
    Builtin("split", 1).takes(.values).costs(.growth(by: 4)).breakingTexts.gives(.array)
      .native(.ofText { .split(ConstantText($0)) })
    Builtin("startswith", 1).takes(.values).costs(.pass).gives(.boolean)
      .native(.ofText { .startswith(ConstantText($0)) })
    Builtin("endswith", 1).takes(.values).costs(.pass).gives(.boolean)
      .native(.ofText { .endswith(ConstantText($0)) })

    Builtin("ltrimstr", 1).takes(.values).costs(.pass).native(.ofText { .ltrimstr(ConstantText($0)) })
      .before(.v1_8, "def ltrimstr($left): if startswith($left) then .[($left | length):] else . end;")
    Builtin("rtrimstr", 1).takes(.values).costs(.pass).native(.ofText { .rtrimstr(ConstantText($0)) })
      .before(
        .v1_8, "def rtrimstr($right): if endswith($right) then .[:length - ($right | length)] else . end;")
    Builtin("trimstr", 1).takes(.values).costs(.pass)
      .before(.v1_8, "def trimstr($text): ltrimstr($text) | rtrimstr($text);")
    Builtin("trim", 0).costs(.pass).works(15, 2).before(.v1_8, "def trim: ltrim | rtrim;")
    Builtin("ltrim", 0).costs(.pass).works(15)
      .before(
        .v1_8,
        #"""
        def ltrim: __trimmed | . as $in | [match("\\A" + __spaces)]
          | if . == [] then $in else $in[.[0].length:] end;
        """#)
    Builtin("rtrim", 0).costs(.pass).works(15, 2)
      .before(
        .v1_8,
        #"""
        def rtrim: __trimmed | . as $in | [match(__spaces + "\\z")]
          | if . == [] then $in else $in[:.[0].offset] end;
        """#)

    Builtin("indices", 1).takes(.values).costs(.pass).works(6, 2).pairing
      .before(
        .v1_8,
        #"""
        def indices($i): if type == "array" and ($i | type) == "array" then .[$i]
          elif type == "array" then .[[$i]]
          elif type == "string" and ($i | type) == "string" then
            if $i == "" then [] else ($i | explode) as $codes | explode | .[$codes] end
          else .[$i] end;
        """#)
    Builtin("index", 1).takes(.values).costs(.pass).works(6, 2).pairing.before(
      .v1_8, "def index($i): indices($i) | .[0];")
    Builtin("rindex", 1).takes(.values).costs(.pass).works(6, 2).pairing
      .before(.v1_8, "def rindex($i): indices($i) | .[-1:][0];")
  }

  /// What searches regular expressions.
  ///
  /// jq 1.6 loses a match of nothing at the end of the text, and crashes on one inside a text that is not
  /// ASCII; and it replaces one match where later versions replace all. Each of these definitions has a twin
  /// for patterns that can match nothing: see ``CompatibilityDefinitions/twins``.
  @BuiltinRows static var patterns: [Builtin] {
    Builtin("test", 1).searches(gives: .verdict).gives(.boolean)
    Builtin("test", 2).searches(gives: .verdict).gives(.boolean)
    Builtin("match", 1).searches(gives: .matches)
    Builtin("match", 2).searches(gives: .matches)
    Builtin("scan", 1).searches(gives: .matches).before(.v1_7, "def scan($re): scan($re; null);")
    Builtin("scan", 2).searches(gives: .matches)
      .before(
        .v1_7,
        #"""
        def scan($re; $flags): match($re; "g" + $flags)
          | if (.captures | length) > 0 then [.captures[].string] else .string end;
        """#)
    Builtin("capture", 1).searches(gives: .value)
    Builtin("capture", 2).searches(gives: .value)
      .before(
        .v1_7,
        #"""
        def capture(re; mods): match(re; mods)
          | reduce (.captures[] | select(.name != null) | {(.name): .string}) as $pair ({}; . + $pair);
        """#)
    Builtin("split", 2).searches(gives: .value)
      .before(.v1_7, "def split($re; $flags): [splits($re; $flags)];")
    Builtin("splits", 1).searches(gives: .matches).before(.v1_7, "def splits($re): splits($re; null);")
    Builtin("splits", 2).searches(gives: .matches)
      .before(
        .v1_7,
        #"""
        def splits($re; $flags): .[foreach (match($re; $flags + "g"), null) as {$offset, $length}
          (null; {start: .next, end: $offset, next: ($offset + $length)}; .)];
        """#)
    Builtin("sub", 2).searches(flags: 2, gives: .replacement).gives(.string)
      .before(.v1_7, #"def sub($re; s): sub($re; s; "");"#)
    Builtin("sub", 3).searches(flags: 2, gives: .replacement)
      .before(
        .v1_7,
        #"""
        def sub($re; s; $flags): . as $in
          | (reduce match($re; $flags) as $edit ([0, []];
                .[0] as $previous | .[1] as $results
                | $in[$previous:$edit.offset] as $gap
                | [(if $edit.captures == [] then {} else
                    reduce ($edit.captures[] | select(.name != null) | {(.name): .string}) as $pair ({}; . + $pair)
                    end) | s] as $inserts
                | [$edit.offset + $edit.length,
                   if ($inserts | length) == 1 and ($results | length) < 2
                   then [$results[0] + ($gap + $inserts[0])]
                   else reduce range(0; $inserts | length) as $i ($results; .[$i] += $gap + $inserts[$i])
                   end])
              | .[0] as $previous | .[1][] + $in[$previous:]) // $in;
        """#)
    Builtin("gsub", 2).searches(flags: 2, gives: .replacement).gives(.string)
      .before(.v1_7, #"def gsub($re; s): sub($re; s; "g");"#)
    Builtin("gsub", 3).searches(flags: 2, gives: .replacement)
      .before(.v1_7, #"def gsub($re; s; $flags): sub($re; s; $flags + "g");"#)
  }
}
