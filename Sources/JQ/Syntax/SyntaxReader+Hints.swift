import RawJSON

extension SyntaxReader {
  func text(_ range: Range<Int>) -> String {
    range.isEmpty ? Self.end : String(decoding: bytes[range], as: UTF8.self)
  }

  static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// `||`, `===` and `!==` are two words to jq, the second of which is out of place.
  var doubledOperator: Fault? {
    guard let previous, case .symbol(let first) = previous.kind, case .symbol(let second) = kind,
      previous.range.upperBound == here.lowerBound
    else { return nil }
    let range = previous.range.lowerBound..<here.upperBound
    let hint: String
    switch (first, second) {
    case (.pipe, .pipe): hint = "use `or`"
    case (.equal, .assign): hint = "use `==`"
    case (.notEqual, .assign): hint = "use `!=`"
    case (.less, .greater): hint = "use `!=`"
    default: return nil
    }
    return fault(range, "`\(text(range))` is not jq", hint: hint)
  }

  /// What the word that comes next is often mistaken for.
  var hintForToken: String? {
    switch kind {
    case .symbol(.semicolon):
      "`;` separates the arguments of a function and ends a definition; use `|` or `,`"
    case .symbol(.colon): "`:` stands in `{a: 1}` and `.[1:2]`; a choice is `if … then … else … end`"
    case .symbol(.patternAlternative): "write `? //` with a blank between them"
    case .number where word.hasPrefix("."):
      "an element is taken with `.[\(word.dropFirst())]`"
    case .keyword(.as): "only an expression outside operators and objects takes `as`; use parentheses"
    case .keyword(.def), .keyword(.label): "use parentheses around it"
    case .keyword(.if) where previous?.kind == .keyword(.else): "use `elif`"
    default: nil
    }
  }

  /// Two operands in a row: what joins them is missing.
  var missingOperatorHint: String? {
    switch kind {
    case .identifier, .variable, .number, .stringStart, .format, .location:
      "is a `|` or another operator missing?"
    case .symbol(.openParenthesis), .symbol(.openBrace): "is a `|` or another operator missing?"
    default: nil
    }
  }

  func opensBracket(_ token: Token) -> Bool {
    if case .symbol(let symbol) = token.kind { return symbol.closing != nil }
    return token.kind == .interpolationStart
  }
}

extension Token.Kind {
  /// What closes this opening word, as a message shows it.
  var closingText: String {
    if case .symbol(let symbol) = self, let closing = symbol.closing { return "`\(closing.rawValue)`" }
    return "`)`"
  }
}

extension JSONKind {
  /// The kind with its article, for a message.
  package var phrase: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
