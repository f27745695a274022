/// `def name(f; $x): body;`
package struct FunctionDefinition: Sendable, Hashable {
  /// A parameter of a function.
  package enum Parameter: Sendable, Hashable {
    /// `f`: an expression, evaluated wherever the body calls it.
    case filter(String)

    /// `$x`: a value, and also callable as `x`. The name without the `$`.
    case value(String)
  }

  /// The function's name.
  package var name: String

  /// The parameters in order.
  package var parameters: [Parameter]

  /// What a call evaluates.
  package var body: Expression

  /// From `def` to its `;`, in UTF-8 byte offsets of the source.
  package var range: Range<Int>

  /// Makes a definition; without a range it counts as not read from text.
  package init(name: String, parameters: [Parameter] = [], body: Expression, range: Range<Int> = 0..<0) {
    self.name = name
    self.parameters = parameters
    self.body = body
    self.range = range
  }
}
