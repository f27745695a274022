/// A name in a program that nothing there defines, and jq does not either.
package struct UnresolvedName: Sendable, Hashable {
  /// What the name is used as.
  package enum Use: Sendable, Hashable {
    /// `name(a; b)`
    case function(arity: Int)
    /// `$name`
    case variable
    /// `break $name`
    case label
  }

  /// The name, without its `$`.
  package var name: String
  /// What it is used as.
  package var use: Use
  /// Where the name stands, its `$` included, in UTF-8 byte offsets of the source.
  package var range: Range<Int>
  /// What is defined there instead, by the same use: `name/arity` for functions.
  package var known: Set<String>
}

extension Program {
  /// The names that nothing defines, in the order of the text.
  ///
  /// libjq knows more functions than ``Builtins`` says (those that begin with an underscore), so it has the
  /// last word.
  package var unresolvedNames: [UnresolvedName] {
    guard let body else { return [] }
    var resolution = NameResolution(source: Array(source.utf8))
    resolution.walk(body, NameScope())
    return resolution.unresolved.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }
}
