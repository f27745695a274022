import RawJSON

extension Builtins {
  /// What asks for a value's type, or makes one type of another.
  @BuiltinRows static var types: [Builtin] {
    Builtin("type", 0).reads(.kind).costs(.pass).gives(.string).native(.function(.type))
    filter("values", .boolean, .number, .string, .array, .object)
    filter("nulls", .null)
    filter("booleans", .boolean)
    filter("numbers", .number)
    filter("strings", .string)
    filter("arrays", .array)
    filter("objects", .object)
    filter("iterables", .array, .object)
    filter("scalars", .null, .boolean, .number, .string)

    Builtin("tostring", 0).costs(.growth(by: 6)).gives(.string).native(.function(.tostring))
    Builtin("tojson", 0).costs(.growth(by: 6)).gives(.string)
    Builtin("fromjson", 0).costs(.growth(by: 4)).breakingTexts
    Builtin("format", 1)
    Builtin("tonumber", 0).costs(.pass).gives(.number)
      .before(
        .v1_8,
        #"""
        def tonumber: if type == "string" and ((.[:1] + .[-1:]) | test("[ \\t\\r\\n]"))
          then error("string (\(tojson)) cannot be parsed as a number") else __builtin_tonumber end;
        """#)
    Builtin("toboolean", 0).costs(.pass)
      .before(
        .v1_8,
        #"""
        def toboolean: if type == "boolean" then . elif . == "true" then true elif . == "false" then false
          else error("\(type) (\(tojson)) cannot be parsed as a boolean") end;
        """#)
    Builtin("toarray", 0).reads(.toArray).costs(.growth(by: 1))
      .always(#"def toarray: if type == "array" then . else [.] end;"#)
  }

  /// A function that lets through the values of some types.
  private static func filter(_ name: String, _ kinds: JSONKind...) -> Builtin {
    Builtin(name, 0).reads(.filter).costs(.pass).native(.filter(kinds))
  }

  /// What works on numbers.
  @BuiltinRows static var numbers: [Builtin] {
    each("floor ceil round trunc fabs sqrt") { $0.costs(.pass).gives(.number) }
    each("acos asin atan cbrt cos exp exp10 exp2 log log10 log2 rint sin tan") { $0.costs(.pass) }
    each(
      """
      acosh asinh atanh cosh erf erfc expm1 frexp gamma j0 j1 lgamma lgamma_r log1p logb modf nearbyint
      significand sinh tanh tgamma y0 y1
      """)
    Builtin("pow", 2).costs(.pass)
    each("atan2 copysign drem fdim fmax fmin fmod hypot jn ldexp nextafter nexttoward", 2)
    each("remainder scalb scalbln yn", 2)
    Builtin("fma", 3)

    Builtin("abs", 0).costs(.pass).before(.v1_7, "def abs: if . < 0 then - . else . end;")
    each("nan infinite") { $0.reads(.nothing(gives: .scalar)).costs(.pass) }
    each("finites normals isfinite isinfinite isnan isnormal") { $0.costs(.pass) }
    Builtin("have_literal_numbers", 0).reads(.nothing(gives: .scalar)).costs(.pass)
      .before(.v1_7, "def have_literal_numbers: false;")
    Builtin("have_decnum", 0).reads(.nothing(gives: .scalar)).costs(.pass)
      .before(.v1_7, "def have_decnum: false;")
  }

  /// What works on points in time.
  @BuiltinRows static var dates: [Builtin] {
    Builtin("now", 0).reads(.nothing(gives: .scalar)).costs(.pass).gives(.number)
    each("gmtime localtime") { $0.costs(.pass) }
    Builtin("mktime", 0).costs(.pass).gives(.number)
      .before(
        .v1_8,
        #"""
        def mktime: if type == "array" and length < 8 and all(.[]; type == "number")
          then . + [1900, 0, 0, 0, 0, 0, 0, 0][length:] else . end | __builtin_mktime;
        """#)
    each("fromdate fromdateiso8601") { $0.costs(.pass).gives(.number).native(.function(.fromdate)) }
    Builtin("todate", 0).costs(.pass).gives(.string).native(isoDate)
      .before(.v1_8, "def todate: todateiso8601;")
    Builtin("todateiso8601", 0).costs(.pass).native(isoDate)
      .before(.v1_8, #"def todateiso8601: strftime("%Y-%m-%dT%H:%M:%SZ");"#)
    Builtin("strptime", 1).takes(.values).costs(.pass)
    // Of a number that is no date libjq 1.6 makes an error and goes on with it as a date, which ends the process:
    // the number is made a date first.
    Builtin("strftime", 1).takes(.values).costs(.pass).gives(.string)
      .native(.ofText { .strftime(ConstantText($0)) })
      .before(
        .v1_8,
        #"""
        def strftime($format):
          if type != "number" and (type != "array" or (all(.[]; type == "number") | not))
          then error("strftime/1 requires parsed datetime inputs")
          elif ($format | type) != "string" then error("strftime/1 requires a string format")
          elif $format == "" then ""
          else (if type == "array" then mktime else . end) | gmtime
            | __builtin_strftime($format | split("%%") | map(split("%Z") | join("GMT")) | join("%%")) end;
        """#)
    Builtin("strflocaltime", 1).takes(.values)
      .before(
        .v1_8,
        #"""
        def strflocaltime($format):
          if ($format | type) != "string" then error("strflocaltime/1 requires a string format")
          elif $format == "" and (type == "number" or type == "array") then ""
          else (if type == "number" then localtime else . end) | __builtin_strflocaltime($format) end;
        """#)
  }

  private static var isoDate: Builtin.NativeForm {
    .function(.strftime(ConstantText("%Y-%m-%dT%H:%M:%SZ")))
  }
}
