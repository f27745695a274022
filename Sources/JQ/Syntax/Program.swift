/// A whole jq program or module.
public struct Program: Sendable, Hashable {
  /// The object of `module {…};`, where there is one.
  public var metadata: Expression?

  /// The `import` and `include` directives in order.
  public var imports: [Import]

  /// The definitions of a program that has nothing else. With a body they stand in it as `.definition`.
  public var definitions: [FunctionDefinition]

  /// What the program evaluates; nil for an empty program (which gives its input) and for one that only
  /// defines functions.
  public var body: Expression?

  /// The text the program was read from.
  public var source: String

  /// Makes a program.
  public init(
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
public struct Import: Sendable, Hashable {
  /// What the file becomes.
  public enum Kind: Sendable, Hashable {
    /// `include "path"`: its functions are known by their own names.
    case include

    /// `import "path" as name`: its functions are known as `name::f`.
    case module(String)

    /// `import "path" as $name`: its data is known as `$name` and `$name::name`. The name without the `$`.
    case data(String)
  }

  /// The path as it was written, without an ending.
  public var path: String

  /// What the file becomes.
  public var kind: Kind

  /// The constant object behind it, where there is one.
  public var metadata: Expression?

  /// From the keyword to its `;`, in UTF-8 byte offsets of the source.
  public var range: Range<Int>

  /// Makes a directive; without a range it counts as not read from text.
  public init(path: String, kind: Kind, metadata: Expression? = nil, range: Range<Int> = 0..<0) {
    self.path = path
    self.kind = kind
    self.metadata = metadata
    self.range = range
  }
}
