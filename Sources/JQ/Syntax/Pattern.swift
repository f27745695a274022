/// What comes after `as`: the variables that are bound, and where their values are taken from.
package indirect enum Pattern: Sendable, Hashable {
  /// `$x`: the name without the `$`.
  case variable(String)

  /// `[$a, $b]`: never empty.
  case array([Pattern])

  /// `{a: $x, $y, "b": $z, (e): $w}`: never empty.
  case object([ObjectPatternEntry])
}

extension Pattern {
  /// The variables that it binds, in the order of the text.
  package var variables: [String] {
    switch self {
    case .variable(let name): [name]
    case .array(let elements): elements.flatMap(\.variables)
    case .object(let entries):
      entries.flatMap { entry in
        let inner = entry.pattern?.variables ?? []
        if case .variable(let name) = entry.key { return [name] + inner }
        return inner
      }
    }
  }

  /// The expressions that are keys in it.
  var keyExpressions: [Expression] {
    switch self {
    case .variable: []
    case .array(let elements): elements.flatMap(\.keyExpressions)
    case .object(let entries):
      entries.flatMap { entry -> [Expression] in
        let inner = entry.pattern?.keyExpressions ?? []
        switch entry.key {
        case .computed(let key): return [key] + inner
        case .string(let template): return [Expression(.string(template))] + inner
        case .name, .variable: return inner
        }
      }
    }
  }
}

/// One entry of an object pattern.
package struct ObjectPatternEntry: Sendable, Hashable {
  /// Which value of the object is taken.
  package enum Key: Sendable, Hashable {
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
  package var key: Key

  /// What it is bound to; nil only after `.variable`.
  package var pattern: Pattern?

  /// Makes an entry.
  package init(key: Key, pattern: Pattern? = nil) {
    self.key = key
    self.pattern = pattern
  }
}
