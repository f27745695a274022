extension SyntaxReader {
  /// Reads `[]`, `[e]`, `[a:b]` behind a term.
  mutating func readBrackets(of target: Part, slices: Bool) throws(SyntaxError) -> Part {
    let opening = token
    advance()
    if skip(.closeBracket) {
      return try part(.iterate(target.expression), from: target.start, over: target.height)
    }
    let first = isAt(.colon) && slices ? nil : try readNestedQuery()
    if slices, skip(.colon) { return try readSlice(of: target, from: first, opening: opening) }
    try close(opening, with: .closeBracket)
    guard let first else { throw operandMissing() }
    return try part(
      .index(target.expression, first.expression), from: target.start,
      over: max(target.height, first.height))
  }

  private mutating func readSlice(
    of target: Part, from first: Part?, opening: Token
  ) throws(SyntaxError) -> Part {
    let last = isAt(.closeBracket) && first != nil ? nil : try readNestedQuery()
    try close(opening, with: .closeBracket)
    return try part(
      .slice(target.expression, first?.expression, last?.expression), from: target.start,
      over: max(target.height, first?.height ?? 0, last?.height ?? 0))
  }

  mutating func readStringOrFormat() throws(SyntaxError) -> Part {
    let start = token.range.lowerBound
    if let (template, height) = try readString() {
      return try part(.string(template), from: start, over: height)
    }
    guard case .format(let name) = kind else { throw operandMissing() }
    advance()
    return try part(.format(name), from: start)
  }

  /// Reads a string with its format; nil, and nothing read, where none stands.
  mutating func readString() throws(SyntaxError) -> (template: StringTemplate, height: Int)? {
    var format: String?
    if case .format(let name) = kind {
      guard index + 1 < tokens.count, tokens[index + 1].kind == .stringStart else { return nil }
      format = name
      advance()
    }
    guard kind == .stringStart else { return nil }
    advance()
    var parts: [StringTemplate.Part] = []
    var height = 0
    while kind != .stringEnd {
      switch kind {
      case .stringText(let text):
        parts.append(.text(text))
        advance()
      case .interpolationStart:
        let opening = token
        advance()
        let inner = try readNestedQuery()
        guard kind == .interpolationEnd else { throw unclosed(opening, with: "`)`") }
        advance()
        parts.append(.interpolation(inner.expression))
        height = max(height, inner.height)
      default:
        throw unexpected(["`\"`"], "in a string")
      }
    }
    advance()
    return (StringTemplate(format: format, parts: parts), height)
  }
}
