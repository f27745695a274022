extension SyntaxReader {
  /// Reads `$x`, `[$a, {b: $c}]` with its alternatives behind `?//`.
  mutating func readPatterns() throws(SyntaxError) -> (patterns: [Pattern], height: Int) {
    var patterns: [Pattern] = []
    var height = 0
    repeat {
      if !patterns.isEmpty { advance() }
      let (pattern, patternHeight) = try readPattern()
      patterns.append(pattern)
      height = max(height, patternHeight)
    } while isAt(.patternAlternative)
    return (patterns, height)
  }

  private mutating func readPattern() throws(SyntaxError) -> (Pattern, height: Int) {
    try enter()
    defer { leave() }
    switch kind {
    case .variable(let name):
      advance()
      return (.variable(name), 1)
    case .symbol(.openBracket): return try readArrayPattern()
    case .symbol(.openBrace): return try readObjectPattern()
    default: throw variableMissing()
    }
  }

  private mutating func readArrayPattern() throws(SyntaxError) -> (Pattern, height: Int) {
    let opening = token
    var elements: [Pattern] = []
    var height = 0
    repeat {
      advance()
      let (element, elementHeight) = try readPattern()
      elements.append(element)
      height = max(height, elementHeight)
    } while isAt(.comma)
    try close(opening, with: .closeBracket)
    return (.array(elements), height + 1)
  }

  private mutating func readObjectPattern() throws(SyntaxError) -> (Pattern, height: Int) {
    let opening = token
    var entries: [ObjectPatternEntry] = []
    var height = 0
    repeat {
      advance()
      let (entry, entryHeight) = try readPatternEntry(in: opening)
      entries.append(entry)
      height = max(height, entryHeight)
    } while isAt(.comma)
    try close(opening, with: .closeBrace)
    return (.object(entries), height + 1)
  }

  private mutating func readPatternEntry(
    in opening: Token
  ) throws(SyntaxError) -> (ObjectPatternEntry, height: Int) {
    let (key, keyHeight) = try readPatternKey(in: opening)
    if case .variable = key, !isAt(.colon) { return (ObjectPatternEntry(key: key), keyHeight) }
    try expect(.colon, "after a key in a pattern", hint: "as in `{name: $name}` or `{$name}`")
    let (pattern, height) = try readPattern()
    return (ObjectPatternEntry(key: key, pattern: pattern), max(keyHeight, height))
  }

  private mutating func readPatternKey(
    in opening: Token
  ) throws(SyntaxError) -> (ObjectPatternEntry.Key, height: Int) {
    switch kind {
    case .identifier(let name):
      advance()
      return (.name(name), 0)
    case .keyword(let word):
      advance()
      return (.name(word.rawValue), 0)
    case .variable(let name):
      advance()
      return (.variable(name), 0)
    case .symbol(.openParenthesis):
      let (expression, height) = try readComputedKey()
      try checkKey(expression)
      return (.computed(expression), height)
    default:
      guard let (template, height) = try readString() else { throw keyMissing(in: opening) }
      return (.string(template), height)
    }
  }
}
