/// One entry of an object: `a: 1`, `"a": 1`, `$x`, `(e): 1`.
package struct ObjectEntry: Sendable, Hashable {
  /// What is before the colon.
  package enum Key: Sendable, Hashable {
    /// `a`, `if`: without a value, the input's field of that name.
    case name(String)

    /// `"a\(e)"`, `@base64 "a"`: without a value, the input's field of that name.
    case string(StringTemplate)

    /// `$x`: alone it is the key `x` with the value of `$x`; before a colon the value of `$x` is the key.
    case variable(String)

    /// `$__loc__` on its line, counted from 1: the key `__loc__`; never with a value.
    case location(line: Int)

    /// `(e)`: always with a value.
    case computed(Expression)
  }

  /// The key.
  package var key: Key

  /// The value; nil where the key is alone.
  package var value: Expression?

  /// Makes an entry.
  package init(key: Key, value: Expression? = nil) {
    self.key = key
    self.value = value
  }
}
