extension SyntaxReader {
  mutating func readObject() throws(Fault) -> Part {
    let opening = here
    advance()
    var entries: [ObjectEntry] = []
    var height = 0
    while !isAt(.closeBrace) {
      let (entry, entryHeight) = try readEntry(in: opening)
      entries.append(entry)
      height = max(height, entryHeight)
      guard skip(.comma) else { break }
    }
    guard skip(.closeBrace) else { throw objectNotClosed(opening) }
    return try part(.object(entries), from: opening.lowerBound, over: height)
  }

  private mutating func readEntry(in opening: Range<Int>) throws(Fault) -> (ObjectEntry, height: Int) {
    let start = here.lowerBound
    let (key, keyHeight) = try readKey(in: opening)
    if case .computed(let expression) = key {
      try checkKey(expression)
      guard isAt(.colon) else {
        throw unexpected(["`:`"], "after a key in parentheses", hint: "as in `{(.a): .b}`")
      }
    }
    if case .location = key { return (ObjectEntry(key: key), keyHeight) }
    guard isAt(.colon) else {
      if isAt(.minus) { throw dashInKey(from: start) }
      return (ObjectEntry(key: key), keyHeight)
    }
    advance()
    let value = try readNestedQuery(.objectValue)
    return (ObjectEntry(key: key, value: value.expression), max(keyHeight, value.height))
  }

  private mutating func readKey(in opening: Range<Int>) throws(Fault) -> (ObjectEntry.Key, height: Int) {
    switch kind {
    case .identifier: return (.name(take()), 0)
    case .keyword: return (.name(take()), 0)
    case .variable: return (.variable(take()), 0)
    case .location:
      defer { advance() }
      return (.location(line: locationLine), 0)
    case .symbol(.openParenthesis):
      let (expression, height) = try readComputedKey()
      return (.computed(expression), height)
    default:
      guard let (template, height) = try readString() else { throw keyMissing(in: opening) }
      return (.string(template), height)
    }
  }

  mutating func readComputedKey() throws(Fault) -> (Expression, height: Int) {
    let opening = here
    advance()
    let inner = try readNestedQuery()
    try close(opening, with: .closeParenthesis)
    return (inner.expression, inner.height)
  }

  /// A key that is known from the text must be a string.
  func checkKey(_ key: Expression) throws(Fault) {
    guard let kind = key.constantKind, kind != .string else { return }
    throw fault(
      key.range, "the key of an object must be a string, not \(kind.phrase)",
      hint: "put it in double quotes, or use `tostring`")
  }
}
