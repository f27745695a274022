/// How text is set apart for a person: colours on a terminal, nothing elsewhere; and how wide a line is.
package struct Style: Sendable {
  package var hasColour: Bool
  /// Columns in a line.
  package var width: Int
  /// Whether sentences that are longer than a line are broken between words: on a terminal, which would break within
  /// them, and nowhere else, where a line is what is looked for.
  package var wraps: Bool

  /// A style.
  package init(hasColour: Bool, width: Int, wraps: Bool = false) {
    self.hasColour = hasColour
    self.width = width
    self.wraps = wraps
  }

  package func bold(_ text: String) -> String { wrap(text, "1") }
  package func dim(_ text: String) -> String { wrap(text, "2") }
  package func red(_ text: String) -> String { wrap(text, "31") }
  package func green(_ text: String) -> String { wrap(text, "32") }
  package func yellow(_ text: String) -> String { wrap(text, "33") }
  package func cyan(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    hasColour && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
