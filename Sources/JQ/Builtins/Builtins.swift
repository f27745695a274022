/// The table of jq's own functions: a row for each that jq 1.8 defines, those with a leading underscore aside,
/// for `toarray`, which comes after 1.8, and for those that jq 1.7 removed.
///
/// All that an analysis, a rewriting, an evaluation or a rule assumes of a function is in its row. To add a
/// function, add a row.
package enum Builtins {
  /// The row of a function; nil where jq has none of this name with so many arguments.
  package static subscript(_ signature: Signature) -> Builtin? { table[signature] }

  /// Whether jq 1.8 defines the function.
  package static func has(_ signature: Signature) -> Bool {
    table[signature].map { $0.replacement == nil } ?? false
  }

  /// Every function that jq 1.8 defines.
  package static let signatures = Set(rows.lazy.filter { $0.replacement == nil }.map(\.signature))

  /// The variables that jq binds.
  static let variables: Set<String> = ["ENV", "__loc__", "__prog_args"]

  /// Every row, by theme.
  static let rows: [Builtin] =
    [outputs, tests, lists, objects, types, texts, patterns, numbers, dates, paths, streams, world, removed]
    .flatMap { $0 }

  private static let table = Dictionary(rows.map { ($0.signature, $0) }) { first, _ in first }

  /// What jq 1.6 defined and 1.7 took away.
  @BuiltinRows private static var removed: [Builtin] {
    Builtin("leaf_paths", 0).removed(for: "paths(scalars)")
    Builtin("recurse_down", 0).removed(for: "recurse")
    Builtin("pow10", 0).removed(for: "exp10")
    Builtin("scalars_or_empty", 0)
      .removed(for: #"select(type != "array" and type != "object" or length == 0)"#)
  }
}

/// Puts rows together one by one: a single array of all of them would take the compiler long to check.
@resultBuilder enum BuiltinRows {
  static func buildExpression(_ row: Builtin) -> [Builtin] { [row] }
  static func buildExpression(_ rows: [Builtin]) -> [Builtin] { rows }
  static func buildPartialBlock(first rows: [Builtin]) -> [Builtin] { rows }
  static func buildPartialBlock(accumulated: [Builtin], next: [Builtin]) -> [Builtin] { accumulated + next }
}

extension Builtins {
  /// A row for each of the functions `names`, separated by spaces, of which the same facts are known.
  static func each(_ names: String, _ arity: Int = 0, _ facts: (Builtin) -> Builtin = { $0 }) -> [Builtin] {
    names.split(whereSeparator: \.isWhitespace).map { facts(Builtin(String($0), arity)) }
  }
}
