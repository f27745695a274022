import JQ
import YAMLTree

/// Why a text is no template, and where.
struct TemplateError: Error {
  enum Reason {
    /// `{{ .a`
    case unclosed
    /// `{{ }}`
    case empty
    /// More than ``Template/maximumExpressions``.
    case tooMany
  }

  let reason: Reason
  /// From the braces that open to what they hold.
  let location: SourceLocation
  let end: SourceLocation

  func diagnostic(field: String) -> Diagnostic {
    switch reason {
    case .unclosed:
      Diagnostic(
        .error, .invalidTemplate, "`{{` is not closed",
        help: "close it with `}}`; in a text without quotes, YAML takes ` #` for a comment", at: location,
        to: end, field: field)
    case .empty:
      Diagnostic(
        .error, .invalidTemplate, "there is no expression between `{{` and `}}`",
        help: "write jq there, as `{{ config.host }}` or `{{ parent.id }}`", at: location, to: end,
        field: field)
    case .tooMany:
      Diagnostic(
        .error, .invalidTemplate,
        "there are more than \(Template.maximumExpressions) expressions in this text",
        help: "put it together in one: `{{ [.a, .b] | join(\", \") }}`", at: location, to: end, field: field)
    }
  }
}

extension Template {
  /// How many expressions a text may have: finding the end and the place of each takes time in proportion to the
  /// text's length.
  static let maximumExpressions = 100

  /// Reads the text of a scalar that begins at `location`.
  ///
  /// - Throws: ``TemplateError`` for braces that are not closed, or hold nothing, and for too many.
  init(_ scalar: YAMLScalar, at location: SourceLocation) throws(TemplateError) {
    let bytes = Array(scalar.text.utf8)
    var pieces: [Piece] = []
    var index = 0
    var count = 0
    while let opening = Self.opening(in: bytes, from: index) {
      count += 1
      guard count <= Self.maximumExpressions else {
        throw Self.error(.tooMany, opening..<opening + 2, scalar, location.file)
      }
      if opening > index { pieces.append(.text(String(decoding: bytes[index..<opening], as: UTF8.self))) }
      let inner = opening + 2
      guard let closing = DoubleBraces.end(in: bytes, from: inner) else {
        throw Self.error(.unclosed, opening..<inner, scalar, location.file)
      }
      guard let start = (inner..<closing).first(where: { !Self.isBlank(bytes[$0]) }),
        let last = (inner..<closing).last(where: { !Self.isBlank(bytes[$0]) })
      else { throw Self.error(.empty, opening..<closing + 2, scalar, location.file) }
      pieces.append(.expression(ConfigExpression(start..<last + 1, of: scalar, in: location.file)))
      index = closing + 2
    }
    if index < bytes.count { pieces.append(.text(String(decoding: bytes[index...], as: UTF8.self))) }
    self.init(pieces, at: location)
  }

  private static func opening(in bytes: [UInt8], from start: Int) -> Int? {
    (start..<max(start, bytes.count - 1)).first {
      bytes[$0] == UInt8(ascii: "{") && bytes[$0 + 1] == UInt8(ascii: "{")
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private static func error(
    _ reason: TemplateError.Reason, _ range: Range<Int>, _ scalar: YAMLScalar, _ file: String
  ) -> TemplateError {
    TemplateError(
      reason: reason, location: SourceLocation(scalar.position(ofOffset: range.lowerBound), in: file),
      end: SourceLocation(scalar.position(ofOffset: range.upperBound), in: file))
  }
}

extension Diagnostic.Rule {
  /// Double braces in a text that are not closed, or hold nothing.
  public static let invalidTemplate = Self("invalid-template")
}
