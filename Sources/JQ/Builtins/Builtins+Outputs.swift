extension Builtins {
  /// What decides which outputs there are, and how many.
  @BuiltinRows static var outputs: [Builtin] {
    Builtin("empty", 0).reads(.nothing(gives: .scalar)).costs(.outputs).native(.empty).picking.stayingInPlace
    Builtin("select", 1).reads(.select).costs(.choice).native(.select).picking.stayingInPlace

    Builtin("first", 0).reads(.element).costs(.pass).native(.element(0)).picking
    Builtin("last", 0).reads(.element).costs(.pass).native(.element(-1))
    Builtin("nth", 1).reads(.elementAtConstant).costs(.pass)

    Builtin("first", 1).reads(.outputs).costs(.collection).picking
    Builtin("last", 1).reads(.outputs).costs(.collection)
      .before(.v1_8, "def last(g): reduce g as $item ([]; [$item]) | .[];")
    Builtin("nth", 2).reads(.outputs).costs(.collection)
      .before(
        .v1_8,
        #"""
        def nth($n; f): if $n < 0 then error("nth doesn't support negative indices") else first(skip($n; f)) end;
        """#)
    Builtin("limit", 2).reads(.outputs).costs(.outputs).picking.endless
      .before(
        .v1_8,
        #"""
        def limit($n; f): if $n > 0 then label $out | foreach f as $item ($n; . - 1; $item, if . <= 0 then break $out else empty end)
          elif $n == 0 then empty else error("limit doesn't support negative count") end;
        """#)
    Builtin("skip", 2).reads(.outputs).costs(.outputs)
      .before(
        .v1_8,
        #"""
        def skip($n; f): if $n > 0 then foreach f as $item ($n; . - 1; if . < 0 then $item else empty end)
          elif $n == 0 then f else error("skip doesn't support negative count") end;
        """#)

    Builtin("range", 1).reads(.nothing(gives: .scalar)).costs(.count)
    Builtin("range", 2).reads(.nothing(gives: .scalar)).costs(.count)
    Builtin("range", 3).reads(.nothing(gives: .scalar))
      .before(
        .v1_7,
        #"""
        def range($init; $upto; $by): if $by > 0 then $init | while(. < $upto; . + $by)
          elif $by < 0 then $init | while(. > $upto; . + $by) else empty end;
        """#)
    Builtin("repeat", 1).endless
    Builtin("while", 2).endless
    Builtin("until", 2).endless
    Builtin("combinations", 0)
    Builtin("combinations", 1)

    Builtin("error", 0).costs(.pass)
      .before(.v1_7, #"def error: if . == null then {"__jq_error": null} else . end | __builtin_error;"#)
    Builtin("error", 1).reads(.nothing(gives: .scalar)).costs(.pass)
      .before(.v1_7, "def error(f): f | error;")
    Builtin("halt", 0).costs(.pass).ending
    // It would print, and libjq 1.6 frees its message once more on each later run.
    Builtin("halt_error", 0).costs(.pass).closed("def halt_error: error(.);")
    Builtin("halt_error", 1).costs(.pass).closed("def halt_error(f): error(.);")
  }

  /// What gives true or false. From jq 1.7 on a test ends as soon as it knows.
  @BuiltinRows static var tests: [Builtin] {
    Builtin("not", 0).reads(.kind).costs(.pass).gives(.boolean).native(.function(.not))
    Builtin("isempty", 1).reads(.isEmpty).costs(.collection)
      .before(.v1_7, "def isempty(g): first((g | false), true);")

    Builtin("any", 0).reads(.test).costs(.pass).gives(.boolean).before(.v1_7, "def any: any(.[]; .);")
    Builtin("any", 1).reads(.test).costs(.eachElement).gives(.boolean)
      .before(.v1_7, "def any(f): any(.[]; f);")
    Builtin("any", 2).reads(.test).costs(.chain).gives(.boolean)
      .before(.v1_7, "def any(g; f): isempty(g | f or empty) | not;")
    Builtin("all", 0).reads(.test).costs(.pass).gives(.boolean).before(.v1_7, "def all: all(.[]; .);")
    Builtin("all", 1).reads(.test).costs(.eachElement).gives(.boolean)
      .before(.v1_7, "def all(f): all(.[]; f);")
    Builtin("all", 2).reads(.test).costs(.chain).gives(.boolean)
      .before(.v1_7, "def all(g; f): isempty(g | f and empty);")

    Builtin("IN", 1).takes(.values).costs(.collection).before(.v1_7, "def IN(s): any(s == .; .);")
    Builtin("IN", 2).reads(.nothing(gives: .scalar)).takes(.values).costs(.choice)
      .before(.v1_7, "def IN(src; s): any(src == s; .);")
    Builtin("contains", 1).takes(.values).costs(.pass).works(6, 2).pairing.gives(.boolean)
    Builtin("inside", 1).takes(.values).costs(.pass).works(6, 2).pairing
  }
}
