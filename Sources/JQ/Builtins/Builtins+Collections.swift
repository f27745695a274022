extension Builtins {
  /// What works on lists.
  @BuiltinRows static var lists: [Builtin] {
    Builtin("map", 1).reads(.map).costs(.eachElement).gives(.array).native(.map)
    Builtin("length", 0).reads(.shape(gives: .scalar)).costs(.pass).gives(.number).native(.function(.length))
      .counting
    Builtin("add", 0).costs(.pass).native(.function(.add))
    Builtin("add", 1).reads(.nothing(gives: .opaque)).costs(.collection)
      .before(.v1_8, "def add(f): reduce f as $x (null; . + $x);")
    Builtin("join", 1).takes(.values).costs(.joining).works(0.02, 2).gives(.string)
      .native(.ofAnyText { .join(ConstantText($0)) })

    Builtin("reverse", 0).reads(.arrangement(depth: 1)).costs(.pass)
    Builtin("sort", 0).costs(.pass).works(50)
    Builtin("sort_by", 1).reads(.arrangement(depth: 1)).costs(.eachElement).works(50)
    Builtin("group_by", 1).reads(.arrangement(depth: 2)).costs(.eachElement).works(50)
    Builtin("unique", 0).costs(.pass).works(50).gives(.array)
    Builtin("unique_by", 1).reads(.arrangement(depth: 1)).costs(.eachElement).works(50)
    Builtin("min", 0).costs(.pass)
    Builtin("min_by", 1).reads(.arrangement(depth: 0)).costs(.eachElement)
    Builtin("max", 0).costs(.pass)
    Builtin("max_by", 1).reads(.arrangement(depth: 0)).costs(.eachElement)

    Builtin("flatten", 0).takes(.values).costs(.pass)
    Builtin("flatten", 1).takes(.values)
    Builtin("transpose", 0)
      .before(.v1_7, "def transpose: [range(0; (map(length) | max) // 0) as $i | [.[][$i]]];")
    Builtin("bsearch", 1)
      .before(
        .v1_8,
        #"""
        def bsearch($target): if type == "array" then __builtin_bsearch($target)
          else error("\(type) (\(tojson)) cannot be searched from") end;
        """#)

    Builtin("INDEX", 1).costs(.eachElement).works(4, 2)
    Builtin("INDEX", 2).costs(.chain).works(4, 2)
    Builtin("JOIN", 2)
    Builtin("JOIN", 3)
    Builtin("JOIN", 4)
  }

  /// What works on objects, or on lists and objects alike.
  @BuiltinRows static var objects: [Builtin] {
    Builtin("keys", 0).reads(.shape(gives: .array(of: .scalar))).costs(.growth(by: 2)).gives(.array)
    Builtin("keys_unsorted", 0).reads(.shape(gives: .array(of: .scalar))).costs(.growth(by: 2))
    Builtin("has", 1).reads(.member).costs(.pass).gives(.boolean).native(.ofAnyText { .has($0) })
    Builtin("in", 1).takes(.values).costs(.pass)
    Builtin("to_entries", 0).reads(.entries).costs(.growth(by: 4)).gives(.array)
    Builtin("from_entries", 0).costs(.pass).gives(.object)
    Builtin("with_entries", 1).reads(.withEntries).costs(.eachElement).gives(.object)
    // From jq 1.7 on an update that gives nothing deletes, also in arrays.
    Builtin("map_values", 1).reads(.mapValues).takes(.updates).costs(.eachElement).works(4, 2)
      .before(.v1_7, "def map_values(f): __modify(.[]; f);")
    Builtin("walk", 1)
      .before(
        .v1_7,
        #"""
        def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f;
          w;
        """#)
  }
}
