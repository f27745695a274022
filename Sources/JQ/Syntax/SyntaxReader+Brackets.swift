extension SyntaxReader {
  /// Reads `[]`, `[e]`, `[a:b]` behind a term.
  mutating func readBrackets(of target: Part, slices: Bool) throws(Fault) -> Part {
    let opening = here
    advance()
    if skip(.closeBracket) {
      return try part(.iterate(target.expression), from: target.start, over: target.height)
    }
    let first = isAt(.colon) && slices ? nil : try readNestedQuery()
    if slices, skip(.colon) { return try readSlice(of: target, from: first, opening: opening) }
    if isAt(.colon) {
      throw unexpected(["`]`"], "after a key behind `.[`", hint: "a slice takes no dot before it: `.a[1:2]`")
    }
    try close(opening, with: .closeBracket)
    guard let first else { throw operandMissing() }
    return try part(
      .index(target.expression, first.expression), from: target.start,
      over: max(target.height, first.height))
  }

  private mutating func readSlice(
    of target: Part, from first: Part?, opening: Range<Int>
  ) throws(Fault) -> Part {
    let last = isAt(.closeBracket) && first != nil ? nil : try readNestedQuery()
    try close(opening, with: .closeBracket)
    return try part(
      .slice(target.expression, first?.expression, last?.expression), from: target.start,
      over: max(target.height, first?.height ?? 0, last?.height ?? 0))
  }

  mutating func readStringOrFormat() throws(Fault) -> Part {
    let start = here.lowerBound
    if let (template, height) = try readString() {
      return try part(.string(template), from: start, over: height)
    }
    guard kind == .format else { throw operandMissing() }
    let name = take()
    return try part(.format(name), from: start)
  }

  /// Reads a string with its format; nil, and nothing read, where none stands.
  mutating func readString() throws(Fault) -> (template: StringTemplate, height: Int)? {
    var format: String?
    if kind == .format {
      guard index + 1 < tokens.count, tokens[index + 1].kind == .stringStart else { return nil }
      format = take()
    }
    guard kind == .stringStart else { return nil }
    advance()
    var parts: [StringTemplate.Part] = []
    var height = 0
    while kind != .stringEnd {
      switch kind {
      case .stringText:
        parts.append(.text(take()))
      case .interpolationStart:
        let opening = here
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
