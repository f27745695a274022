extension SyntaxReader {
  /// Reads an operand: signs, then something that `.a`, `[…]` and `?` may follow.
  mutating func readTerm() throws(Fault) -> Part {
    guard isAt(.minus) || isAt(.try) else { return try readPostfixTerm() }
    var prefixes: [Int] = []
    while isAt(.minus) {
      guard depth + prefixes.count < Parser.maximumNesting else { throw tooNested() }
      prefixes.append(here.lowerBound)
      advance()
    }
    var operand = isAt(.try) ? try readTry() : try readPostfixTerm()
    for start in prefixes.reversed() {
      operand = try part(.negate(operand.expression), in: start..<operand.end, over: operand.height)
    }
    return operand
  }

  private mutating func readTry() throws(Fault) -> Part {
    let start = here.lowerBound
    advance()
    try enter()
    defer { leave() }
    let body = try readTerm()
    let handler = skip(.catch) ? try readTerm() : nil
    return try part(
      .tryCatch(body.expression, handler?.expression), from: start,
      over: max(body.height, handler?.height ?? 0))
  }

  private mutating func readPostfixTerm() throws(Fault) -> Part {
    var target = try readPrimary()
    while let longer = try readPostfix(target) { target = longer }
    return target
  }

  private mutating func readPostfix(_ target: Part) throws(Fault) -> Part? {
    switch kind {
    case .field:
      let name = take()
      return try part(.field(target.expression, name), from: target.start, over: target.height)
    case .symbol(.question):
      advance()
      return try part(.optional(target.expression), from: target.start, over: target.height)
    case .symbol(.openBracket):
      return try readBrackets(of: target, slices: true)
    case .symbol(.dot):
      advance()
      if isAt(.openBracket) { return try readBrackets(of: target, slices: false) }
      return try readQuotedKey(of: target)
    default:
      return nil
    }
  }

  /// Reads the string of `."a"`; the dot is already read.
  private mutating func readQuotedKey(of target: Part) throws(Fault) -> Part {
    let keyStart = here.lowerBound
    guard let (template, height) = try readString() else { throw keyMissing() }
    if let name = template.constant {
      return try part(.field(target.expression, name), from: target.start, over: target.height)
    }
    let key = try part(.string(template), from: keyStart, over: height)
    return try part(
      .index(target.expression, key.expression), from: target.start, over: max(target.height, key.height))
  }

  private mutating func readPrimary() throws(Fault) -> Part {
    let start = here.lowerBound
    switch kind {
    case .symbol(.openParenthesis): return try readGroup()
    case .symbol(.openBracket): return try readArray()
    case .symbol(.openBrace): return try readObject()
    case .symbol(.dot): return try readDot()
    case .keyword(.if): return try readConditional()
    case .keyword(.reduce): return try readReduce()
    case .keyword(.foreach): return try readForeach()
    case .keyword(.break): return try readBreak()
    case .identifier: return try readCall()
    case .stringStart, .format: return try readStringOrFormat()
    default:
      guard let node = leaf else { throw operandMissing() }
      advance()
      return try part(node, from: start)
    }
  }

  private var leaf: Node? {
    switch kind {
    case .symbol(.dots): .recurse
    case .field: .field(Expression(.identity, range: dotRange), word)
    case .number: .number(word)
    case .variable: .variable(word)
    case .location: .location(line: locationLine)
    default: nil
    }
  }

  /// The dot that a field begins with: its target is the input.
  private var dotRange: Range<Int> { here.lowerBound..<here.lowerBound + 1 }

  private mutating func readDot() throws(Fault) -> Part {
    let start = here.lowerBound
    advance()
    let input = try part(.identity, from: start)
    switch kind {
    case .stringStart, .format: return try readQuotedKey(of: input)
    case .identifier, .variable: throw keyMissing()
    default: return input
    }
  }

  private mutating func readGroup() throws(Fault) -> Part {
    let opening = here
    advance()
    let inner = try readNestedQuery()
    try close(opening, with: .closeParenthesis)
    return try part(
      .parenthesized(inner.expression), from: opening.lowerBound, over: inner.height)
  }

  private mutating func readArray() throws(Fault) -> Part {
    let opening = here
    advance()
    if skip(.closeBracket) { return try part(.array(nil), from: opening.lowerBound) }
    let content = try readNestedQuery()
    try close(opening, with: .closeBracket)
    return try part(
      .array(content.expression), from: opening.lowerBound, over: content.height)
  }

  private mutating func readCall() throws(Fault) -> Part {
    let start = here.lowerBound
    let name = take()
    guard isAt(.openParenthesis) else {
      return try part(Self.constants[name] ?? .call(name, []), from: start)
    }
    let opening = here
    var arguments: [Expression] = []
    var height = 0
    repeat {
      advance()
      let argument = try readNestedQuery()
      arguments.append(argument.expression)
      height = max(height, argument.height)
    } while isAt(.semicolon)
    try close(opening, with: .closeParenthesis)
    return try part(.call(name, arguments), from: start, over: height)
  }

  private static let constants: [String: Node] = ["null": .null, "true": .true, "false": .false]
}
