/// `def name(f; $x): body;`
public struct FunctionDefinition: Sendable, Hashable {
  /// A parameter of a function.
  public enum Parameter: Sendable, Hashable {
    /// `f`: an expression, evaluated wherever the body calls it.
    case filter(String)

    /// `$x`: a value, and also callable as `x`. The name without the `$`.
    case value(String)
  }

  /// The function's name.
  public var name: String

  /// The parameters in order.
  public var parameters: [Parameter]

  /// What a call evaluates.
  public var body: Expression

  /// From `def` to its `;`, in UTF-8 byte offsets of the source.
  public var range: Range<Int>

  /// Makes a definition; without a range it counts as not read from text.
  public init(name: String, parameters: [Parameter] = [], body: Expression, range: Range<Int> = 0..<0) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.range = range
  }
}
