import JQ
import YAMLTree

/// A jq expression in a config, and where it is.
public struct ConfigExpression: Sendable {
  /// The text, exactly as it was written.
  public var text: String
  /// The expression that is evaluated: the text with its words' single quotes made double.
  package var expression: JQExpression
  /// Where the text begins.
  public var location: SourceLocation

  /// The scalar that holds the text, which knows where each of its characters is; nil for a default.
  let scalar: YAMLScalar?

  /// Creates an expression that is nowhere in a file, as a default does.
  init(default text: String, at location: SourceLocation) {
    self.text = text
    self.location = location
    expression = JQExpression(text)
    scalar = nil
  }

  init(_ scalar: YAMLScalar, at location: SourceLocation) {
    text = scalar.text
    self.location = location
    expression = JQExpression(SingleQuotes.replaced(in: scalar.text))
    self.scalar = scalar
  }

  /// Where the byte at `offset` of ``text`` is in the file. The rule on quotes replaces one byte by
  /// one, so offsets into the evaluated expression are the same.
  public func location(ofOffset offset: Int) -> SourceLocation {
    guard let position = scalar?.position(ofOffset: offset) else { return location }
    return SourceLocation(position, in: location.file)
  }
}
