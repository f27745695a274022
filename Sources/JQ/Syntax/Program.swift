/// A whole jq program or module.
package struct Program: Sendable, Hashable {
  /// The object of `module {…};`, where there is one.
  package var metadata: Expression?

  /// The `import` and `include` directives in order.
  package var imports: [Import]

  /// The definitions of a program that has nothing else. With a body they are in it as `.definition`.
  package var definitions: [FunctionDefinition]

  /// What the program evaluates; nil for an empty program (which gives its input) and for one that only
  /// defines functions.
  package var body: Expression?

  /// The text the program was read from.
  package var source: String

  /// Makes a program.
  package init(
    metadata: Expression? = nil, imports: [Import] = [], definitions: [FunctionDefinition] = [],
    body: Expression?, source: String = ""
  ) {
    self.metadata = metadata
    self.imports = imports
    self.definitions = definitions
    self.body = body
    self.source = source
  }
}

/// `import "path" as name {…};`, `include "path" {…};`
package struct Import: Sendable, Hashable {
  /// What the file becomes.
  package enum Kind: Sendable, Hashable {
    /// `include "path"`: its functions are known by their own names.
    case include

    /// `import "path" as name`: its functions are known as `name::f`.
    case module(String)

    /// `import "path" as $name`: its data is known as `$name` and `$name::name`. The name without the `$`.
    case data(String)
  }

  /// The path as it was written, without an ending.
  package var path: String

  /// What the file becomes.
  package var kind: Kind

  /// The constant object after it, where there is one.
  package var metadata: Expression?

  /// From the keyword to its `;`, in UTF-8 byte offsets of the source.
  package var range: Range<Int>

  /// Makes a directive; without a range it counts as not read from text.
  package init(path: String, kind: Kind, metadata: Expression? = nil, range: Range<Int> = 0..<0) {
    self.path = path
    self.kind = kind
    self.metadata = metadata
    self.range = range
  }
}
