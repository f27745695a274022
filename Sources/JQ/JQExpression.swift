/// A jq expression as someone wrote it, and what is known of it without running it.
package struct JQExpression: Sendable, Hashable {
  /// The text.
  package let text: String

  /// The syntax tree, nil where this parser does not read the text.
  package let program: Program?

  /// Why this parser does not read the text. libjq has the last word: it may.
  package let syntaxError: SyntaxError?

  /// Reads `text`.
  package init(_ text: String) {
    self.text = text
    do throws(SyntaxError) {
      program = try Parser.parse(text)
      syntaxError = nil
    } catch {
      program = nil
      syntaxError = error
    }
  }

  /// The expression as a value that needs no interpreter, nil where it needs one.
  package var plain: PlainExpression? {
    guard let program, program.imports.isEmpty, program.metadata == nil, let body = program.body else {
      return nil
    }
    return PlainExpression(body)
  }
}
