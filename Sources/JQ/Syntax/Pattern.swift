/// What stands after `as`: the variables that are bound, and where their values are taken from.
public indirect enum Pattern: Sendable, Hashable {
  /// `$x`: the name without the `$`.
  case variable(String)

  /// `[$a, $b]`: never empty.
  case array([Pattern])

  /// `{a: $x, $y, "b": $z, (e): $w}`: never empty.
  case object([ObjectPatternEntry])
}

/// One entry of an object pattern.
public struct ObjectPatternEntry: Sendable, Hashable {
  /// Which value of the object is taken.
  public enum Key: Sendable, Hashable {
    /// `a: p`
    case name(String)

    /// `"a\(e)": p`
    case string(StringTemplate)

    /// `$x`, `$x: p`: the value at key `x`, which `$x` is bound to as well.
    case variable(String)

    /// `(e): p`
    case computed(Expression)
  }

  /// Which value of the object is taken.
  public var key: Key

  /// What it is bound to; nil only after `.variable`.
  public var pattern: Pattern?

  /// Makes an entry.
  public init(key: Key, pattern: Pattern? = nil) {
    self.key = key
    self.pattern = pattern
  }
}
