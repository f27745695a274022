import JQ

/// Text with jq expressions in it: `/rest/agile/1.0/board/{{ parent.id }}/sprint`.
///
/// What stands between the braces is jq, in a ``FetcherContext``. A template that is one expression and nothing else
/// gives that expression's value, of whatever type.
package struct Template: Sendable {
  /// A part of a template.
  package enum Piece: Sendable {
    case text(String)
    case expression(ConfigExpression)
  }

  /// Its parts, in order.
  package let pieces: [Piece]
  /// Where it begins.
  package let location: SourceLocation

  /// Creates a template of parts.
  package init(_ pieces: [Piece], at location: SourceLocation) {
    self.pieces = pieces
    self.location = location
  }

  /// The template as text, with one blank on either side of each expression.
  package var source: String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .expression(let expression): "{{ \(expression.text) }}"
      }
    }.joined()
  }

  /// The expressions in it.
  package var expressions: [ConfigExpression] {
    pieces.compactMap { if case .expression(let expression) = $0 { expression } else { nil } }
  }
}

/// JSON with templates in the place of texts.
package indirect enum BodyTemplate: Sendable {
  /// A value that is always the same, as JSON.
  case constant(String)
  /// A text with expressions in it. Where it gives null, the member or element is left out.
  case template(Template)
  case list([BodyTemplate])
  case object([(key: String, value: BodyTemplate)])
}
