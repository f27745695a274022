/// A jq string: plain text, and expressions whose output is put in.
package struct StringTemplate: Sendable, Hashable {
  /// A stretch of a string.
  package enum Part: Sendable, Hashable {
    /// Text, its escapes already resolved.
    case text(String)

    /// `\(e)`
    case interpolation(Expression)
  }

  /// How interpolated values are written (`base64` for `@base64 "…"`); nil is jq's `@text`.
  package var format: String?

  /// The stretches in order. Text is never next to text, and is never empty.
  package var parts: [Part]

  /// Makes a string.
  package init(format: String? = nil, parts: [Part]) {
    self.format = format
    self.parts = parts
  }

  /// Makes a string of plain text.
  package init(_ text: String) {
    self.init(parts: text.isEmpty ? [] : [.text(text)])
  }

  /// The text where nothing is interpolated, otherwise nil.
  package var constant: String? {
    guard let first = parts.first else { return "" }
    guard parts.count == 1, case .text(let text) = first else { return nil }
    return text
  }
}
