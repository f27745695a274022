import JQ

/// Texts that were written without the quotes that make them texts in jq: `blueprint: my service`.
enum BareText {
  private static let openings = [
    "if ", "try ", "reduce ", "foreach ", "def ", "label ", "import ", "include ", "not ", "select",
  ]

  /// Whether a text that is not jq reads like words, a name or an address.
  static func isText(_ expression: LintExpression) -> Bool {
    let text = expression.text
    if text.hasPrefix("http://") || text.hasPrefix("https://") { return true }
    guard let first = text.utf8.first else { return false }
    guard first.continuesName || first >= 0x80 || expression.role == .queryPart else { return false }
    guard !openings.contains(where: text.hasPrefix) else { return false }
    let operators = expression.role == .queryPart ? "" : "<>=*%"
    let syntax = Set(("|()[]{}\"'$;\\\n" + operators).unicodeScalars)
    let isPlain = text.unicodeScalars.allSatisfy { !syntax.contains($0) }
    return isPlain && !text.split(separator: " ").contains { $0.hasPrefix(".") }
  }

  /// Whether it is one word of letters, digits and hyphens.
  static func isWord(_ text: String) -> Bool {
    guard let first = text.utf8.first, first.continuesName, !(0x30...0x39).contains(first) else {
      return false
    }
    return text.utf8.allSatisfy { $0.continuesName || $0 == UInt8(ascii: "-") }
  }

  /// Whether jq would calculate with a date: `2026-03-01` is 2022 to it.
  static func isDate(_ text: String) -> Bool {
    guard let first = text.utf8.first(where: { !$0.isBlank }), (0x30...0x39).contains(first) else {
      return false
    }
    return text.wholeMatch(of: /\s*\d{4}-\d{2}-\d{2}\s*/) != nil
  }

  /// The text with jq's `\(…)` for the `{{ .a }}` and `${.a}` of templates.
  private static func interpolated(_ text: String) -> String {
    text.replacing(/\{\{-?\s*(\.[\w.]+)\s*-?\}\}|\$\{\s*(\.[\w.]+)\s*\}/) {
      "\\(\($0.output.1 ?? $0.output.2 ?? ""))"
    }
  }

  static func finding(_ expression: LintExpression) -> Diagnostic {
    let text = expression.trimmedText
    let literal = "\"" + interpolated(text) + "\""
    var jq = literal
    let isBlock = expression.scalar.style == .literal || expression.scalar.style == .folded
    if expression.isPart {
      jq = expression.partInYAML(jq)
    } else if !isBlock {
      jq = "'\(jq)'"
    }
    var isCertain = true
    var help = "write `\(jq)`: jq's own quotes" + (expression.isPart ? "" : " inside YAML's")
    if expression.role == .identifier || expression.role == .value, isWord(text) {
      let key = text.contains("-") ? ".\"\(text)\"" : "." + text
      isCertain = false
      help = "write `\(expression.inYAML(key))` for the object's own \(text), or `\(jq)` for this text"
    }
    return expression.finding(
      .error, .missingQuotes,
      "`\(expression.path)` is a text without jq's quotes, so jq looks for a function",
      help: help,
      changing: isCertain
        ? [TextChange(range: expression.wholeRange, text: literal)] : [])
  }
}

extension Diagnostic.Rule {
  /// A text without the quotes that make it one in jq.
  public static let missingQuotes = Self("missing-quotes")
}
