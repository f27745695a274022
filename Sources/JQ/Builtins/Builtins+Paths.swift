extension Builtins {
  /// What works on places and their paths.
  @BuiltinRows static var paths: [Builtin] {
    Builtin("path", 1).takes(.paths)
    Builtin("paths", 0).takes(.paths).costs(.everything)
    Builtin("paths", 1).takes(.paths).costs(.everything)
      .before(.v1_7, "def paths(f): path(.. | select(f)) | select(length > 0);")
    Builtin("del", 1).takes(.paths).costs(.places).works(4, 2)
    Builtin("pick", 1).takes(.paths).costs(.places).works(4, 2)
      .before(
        .v1_7,
        "def pick(paths): . as $in | reduce path(paths) as $p (null; setpath($p; $in | getpath($p)));")
    Builtin("getpath", 1).takes(.values).costs(.pass)
    Builtin("setpath", 2).takes(.values)
    Builtin("delpaths", 1)
    Builtin("recurse", 0).costs(.visit).endless
    Builtin("recurse", 1).costs(.descent).endless
    Builtin("recurse", 2).endless
  }

  /// What works on values in pieces.
  @BuiltinRows static var streams: [Builtin] {
    Builtin("tostream", 0).costs(.everything)
    Builtin("fromstream", 1)
    Builtin("truncate_stream", 1)
  }

  /// The world outside of the input. Where it would print, read or open something, a definition shuts the door.
  @BuiltinRows static var world: [Builtin] {
    Builtin("env", 0).reads(.nothing(gives: .opaque)).costs(.pass).closed("def env: $ENV;")
    Builtin("debug", 0).costs(.pass).closed("def debug: .;")
    Builtin("debug", 1).costs(.outputs).closed("def debug(f): .;")
    Builtin("stderr", 0).costs(.pass).closed("def stderr: .;")
    Builtin("input", 0).costs(.pass).closed(#"def input: error("No more inputs");"#)
    Builtin("inputs", 0).costs(.pass).closed("def inputs: empty;").endless
    Builtin("input_filename", 0).costs(.pass).closed("def input_filename: null;")
    Builtin("input_line_number", 0).costs(.pass).closed("def input_line_number: 0;")
    Builtin("get_search_list", 0).closed("def get_search_list: [];")
    Builtin("modulemeta", 0).closed(#"def modulemeta: error("modules are not available");"#)
    each("builtins get_jq_origin get_prog_origin")
  }
}
