extension SyntaxReader {
  /// Reads `$x`, `[$a, {b: $c}]` with its alternatives behind `?//`.
  mutating func readPatterns() throws(Fault) -> (patterns: [Pattern], height: Int) {
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

  private mutating func readPattern() throws(Fault) -> (Pattern, height: Int) {
    try enter()
    defer { leave() }
    switch kind {
    case .variable: return (.variable(take()), 1)
    case .symbol(.openBracket): return try readArrayPattern()
    case .symbol(.openBrace): return try readObjectPattern()
    default: throw variableMissing()
    }
  }

  private mutating func readArrayPattern() throws(Fault) -> (Pattern, height: Int) {
    let opening = here
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

  private mutating func readObjectPattern() throws(Fault) -> (Pattern, height: Int) {
    let opening = here
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
    in opening: Range<Int>
  ) throws(Fault) -> (ObjectPatternEntry, height: Int) {
    let (key, keyHeight) = try readPatternKey(in: opening)
    if case .variable = key, !isAt(.colon) { return (ObjectPatternEntry(key: key), keyHeight) }
    try expect(.colon, "after a key in a pattern", hint: "as in `{name: $name}` or `{$name}`")
    let (pattern, height) = try readPattern()
    return (ObjectPatternEntry(key: key, pattern: pattern), max(keyHeight, height))
  }

  private mutating func readPatternKey(
    in opening: Range<Int>
  ) throws(Fault) -> (ObjectPatternEntry.Key, height: Int) {
    switch kind {
    case .identifier: return (.name(take()), 0)
    case .keyword: return (.name(take()), 0)
    case .variable: return (.variable(take()), 0)
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
