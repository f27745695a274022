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
  /// Where the text begins in that of the scalar, in bytes.
  private let offset: Int

  /// Whether it is no jq but names a file, as `file://README.md`: Port's Git integrations put the file there.
  /// Here it is null.
  package var namesFile: Bool { Self.namesFile(text) }

  private static func namesFile(_ text: String) -> Bool {
    text.hasPrefix("file://") || text.hasPrefix("search://")
  }

  /// Creates an expression that is in no YAML file: a default, or what a program says.
  package init(text: String, at location: SourceLocation) {
    self.text = text
    self.location = location
    expression = JQExpression(text)
    scalar = nil
    offset = 0
  }

  init(_ scalar: YAMLScalar, at location: SourceLocation) {
    text = scalar.text
    self.location = location
    expression = JQExpression(
      Self.namesFile(scalar.text) ? "null" : SingleQuotes.replaced(in: scalar.text))
    self.scalar = scalar
    offset = 0
  }

  /// Creates an expression that is a part of a scalar: the bytes in `range` of its text.
  init(_ range: Range<Int>, of scalar: YAMLScalar, in file: String) {
    text = String(decoding: Array(scalar.text.utf8)[range], as: UTF8.self)
    location = SourceLocation(scalar.position(ofOffset: range.lowerBound), in: file)
    expression = JQExpression(SingleQuotes.replaced(in: text))
    self.scalar = scalar
    offset = range.lowerBound
  }

  /// Where the byte at `offset` of ``text`` is in the file. The rule on quotes replaces one byte by
  /// one, so offsets into the evaluated expression are the same.
  public func location(ofOffset offset: Int) -> SourceLocation {
    guard let position = scalar?.position(ofOffset: self.offset + offset) else { return location }
    return SourceLocation(position, in: location.file)
  }
}

extension ConfigExpression {
  /// The place after the last byte of the text.
  package var endLocation: SourceLocation { end(of: 0..<text.utf8.count, from: location) }

  /// A finding on the bytes in `range` of the text, or on all of it; `field` is its place in the resource.
  func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, help: String?,
    in range: Range<Int>? = nil, field: String
  ) -> Diagnostic {
    let range = range ?? 0..<text.utf8.count
    let start = location(ofOffset: range.lowerBound)
    return Diagnostic(
      severity, rule, message, help: help, at: start, to: end(of: range, from: start), field: field)
  }

  /// The place after the last byte of `range`; in folded text the next byte may be on another line.
  func end(of range: Range<Int>, from start: SourceLocation) -> SourceLocation {
    guard !range.isEmpty else { return start }
    let bytes = Array(text.utf8)
    var last = min(range.upperBound, bytes.count) - 1
    while last > range.lowerBound, bytes[last] & 0xC0 == 0x80 { last -= 1 }
    let lastPlace = location(ofOffset: last)
    let next = location(ofOffset: range.upperBound)
    if next.line == lastPlace.line, next.column > lastPlace.column { return next }
    var end = lastPlace
    end.column += 1
    return end
  }
}
