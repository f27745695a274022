import JQ

/// An expression on one object: what it read, what it gave.
public struct ExpressionExplanation: Sendable {
  /// The place in the mapping: `properties.url`, `selector.query`, `itemsToParse`.
  public let field: String
  /// The expression as it was written.
  public let expression: String
  /// Where it is.
  public let location: SourceLocation
  /// Which way its value was come by.
  public let strategy: EvaluationStrategy
  /// What it gave.
  public let outcome: ExpressionOutcome
  /// The parts of the object that it looks at.
  public let reads: [ReadValue]
  /// How it came to its value, part by part; none for an expression without parts, such as a path.
  public let steps: [ExpressionStep]
}

/// What an expression gave on one object.
public enum ExpressionOutcome: Sendable, Hashable {
  /// A value's JSON: the first output.
  case value(String)
  /// No output, which counts as null.
  case nothing
  /// An error, by jq's message, and the part of the expression that raised it. It counts as null.
  case failure(String, at: SourceLocation)
  /// It does not compile.
  case rejected(Diagnostic)
}

/// A part of an expression, and what it gave.
public struct ExpressionStep: Sendable, Hashable {
  /// How many other steps it is a part of.
  public let depth: Int
  /// What joins it to the step before: `|`, `+`, `//`, `if`, `then`; empty for the first.
  public let role: String
  /// Its text.
  public let text: String
  /// Where it is.
  public let location: SourceLocation
  /// The JSON of its outputs: the first few.
  public let outputs: [String]
  /// Whether it has more outputs than those.
  public let hasMore: Bool
  /// jq's message where it failed.
  public let failure: String?
}
