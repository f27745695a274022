/// The kinds of jq expression. Each case's first line is jq text that makes it.
///
/// `Parser.parse` never builds a tree that is higher than `Parser.maximumDepth`, so recursion over it is safe.
package indirect enum Node: Sendable, Hashable {
  /// `.`
  case identity

  /// `..`
  case recurse

  /// `1.5`: the digits as they were written.
  case number(String)

  /// `null`
  case null

  /// `true`
  case `true`

  /// `false`
  case `false`

  /// `"a\(.b)"`, `@base64 "a\(.b)"`
  case string(StringTemplate)

  /// `@base64`: the name without the `@`.
  case format(String)

  /// `.a`, `."a"`: a key that is known from the text. `.a` alone has `.identity` as its target.
  case field(Expression, String)

  /// `.[e]`, `."a\(e)"`, `.["a"]`
  case index(Expression, Expression)

  /// `.[a:b]`, `.[a:]`, `.[:b]`: at least one bound is there.
  case slice(Expression, Expression?, Expression?)

  /// `.[]`
  case iterate(Expression)

  /// `e?`
  ///
  /// Directly on a `field`, `index`, `slice` or `iterate` it silences that last step only: in `.a.b?` an error
  /// of `.a` is still raised. On anything else it silences the whole of `e`, as in `(.a.b)?`.
  case optional(Expression)

  /// `[e]`, `[]`
  case array(Expression?)

  /// `{a: 1, "b": 2, $c, (e): 3}`
  case object([ObjectEntry])

  /// `-e`
  case negate(Expression)

  /// `a | b`
  case pipe(Expression, Expression)

  /// `a, b`
  case comma(Expression, Expression)

  /// `a + b`, `a == b`, `a and b`, `a // b`
  case binary(BinaryOperator, Expression, Expression)

  /// `a = b`, `a |= b`, `a += b`
  case update(UpdateOperator, Expression, Expression)

  /// `e as $x | f`, `e as [$x] ?// $x | f`: at least one pattern is there.
  case bind(source: Expression, patterns: [Pattern], body: Expression)

  /// `reduce e as $x (initial; update)`
  case reduce(source: Expression, patterns: [Pattern], initial: Expression, update: Expression)

  /// `foreach e as $x (initial; update; extract)`, `foreach e as $x (initial; update)`
  case foreach(
    source: Expression, patterns: [Pattern], initial: Expression, update: Expression, extract: Expression?)

  /// `if a then b elif c then d else e end`: at least one branch; without `else` the input passes through.
  case conditional([Branch], otherwise: Expression?)

  /// `try e`, `try e catch f`
  case tryCatch(Expression, Expression?)

  /// `label $x | e`: the name without the `$`.
  case label(String, Expression)

  /// `break $x`: the name without the `$`.
  case breakOut(String)

  /// `f`, `f(a; b)`, `m::f`: the name as it was written.
  case call(String, [Expression])

  /// `$x`, `$m::x`: the name without the `$`.
  case variable(String)

  /// `$__loc__`: the line, counted from 1.
  case location(line: Int)

  /// `def f: e; body`
  case definition(FunctionDefinition, Expression)

  /// `(e)`
  case parenthesized(Expression)
}

extension Node {
  /// Whether this is a step into a value, of which a `?` right after it silences that step only.
  var isStep: Bool {
    switch self {
    case .field, .index, .slice, .iterate: true
    default: false
    }
  }
}

/// One `if` or `elif` with its `then`.
package struct Branch: Sendable, Hashable {
  /// What is tested: every output but `false` and `null` counts as true.
  package var condition: Expression

  /// What is given where the test holds.
  package var consequence: Expression

  /// Makes a branch.
  package init(condition: Expression, consequence: Expression) {
    self.condition = condition
    self.consequence = consequence
  }
}
