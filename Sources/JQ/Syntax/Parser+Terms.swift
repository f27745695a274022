// Terms: what operators join.

extension Parser {
  /// Reads an operand: signs, then something that `.a`, `[…]` and `?` may follow.
  mutating func readTerm() throws(Fault) -> Part {
    guard isAt(.minus) || isAt(.try) else { return try readPostfixTerm() }
    var prefixes: [Int] = []
    while isAt(.minus) {
      try checkNesting(prefixes.count)
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
    guard let (template, height) = try readString() else { throw unexpected(.missingKeyAfterDot) }
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

  /// The line of the `$__loc__` that comes next.
  private var locationLine: Int { Int(word) ?? 1 }

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
    case .identifier, .variable: throw unexpected(.missingKeyAfterDot)
    default: return input
    }
  }

  private mutating func readGroup() throws(Fault) -> Part {
    let opening = here
    advance()
    let inner = try readNestedQuery()
    try close(.parenthesis, at: opening)
    return try part(
      .parenthesized(inner.expression), from: opening.lowerBound, over: inner.height)
  }

  private mutating func readArray() throws(Fault) -> Part {
    let opening = here
    advance()
    if skip(.closeBracket) { return try part(.array(nil), from: opening.lowerBound) }
    let content = try readNestedQuery()
    try close(.bracket, at: opening)
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
    try close(.parenthesis, at: opening)
    return try part(.call(name, arguments), from: start, over: height)
  }

  private static let constants: [String: Node] = ["null": .null, "true": .true, "false": .false]
}

// MARK: Brackets and strings

extension Parser {
  /// Reads `[]`, `[e]`, `[a:b]` after a term.
  private mutating func readBrackets(of target: Part, slices: Bool) throws(Fault) -> Part {
    let opening = here
    advance()
    if skip(.closeBracket) {
      return try part(.iterate(target.expression), from: target.start, over: target.height)
    }
    let first = isAt(.colon) && slices ? nil : try readNestedQuery()
    if slices, skip(.colon) { return try readSlice(of: target, from: first, opening: opening) }
    if isAt(.colon) {
      throw unexpected(.sliceAfterDot)
    }
    try close(.bracket, at: opening)
    guard let first else { throw operandMissing() }
    return try part(
      .index(target.expression, first.expression), from: target.start,
      over: max(target.height, first.height))
  }

  private mutating func readSlice(
    of target: Part, from first: Part?, opening: Range<Int>
  ) throws(Fault) -> Part {
    let last = isAt(.closeBracket) && first != nil ? nil : try readNestedQuery()
    try close(.bracket, at: opening)
    return try part(
      .slice(target.expression, first?.expression, last?.expression), from: target.start,
      over: max(target.height, first?.height ?? 0, last?.height ?? 0))
  }

  private mutating func readStringOrFormat() throws(Fault) -> Part {
    let start = here.lowerBound
    if let (template, height) = try readString() {
      return try part(.string(template), from: start, over: height)
    }
    guard kind == .format else { throw operandMissing() }
    let name = take()
    return try part(.format(name), from: start)
  }

  /// Reads a string with its format; nil, and nothing read, if none is there.
  mutating func readString() throws(Fault) -> (template: StringTemplate, height: Int)? {
    var format: String?
    if kind == .format {
      guard kindAfterNext == .stringStart else { return nil }
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
        try close(.interpolation, at: opening)
        parts.append(.interpolation(inner.expression))
        height = max(height, inner.height)
      default:
        throw unexpected(.unclosedString)
      }
    }
    advance()
    return (StringTemplate(format: format, parts: parts), height)
  }
}

// MARK: Objects

extension Parser {
  private mutating func readObject() throws(Fault) -> Part {
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
    let (key, keyHeight) = try readKey(in: opening)
    if case .computed(let expression) = key {
      try checkKey(expression)
      guard isAt(.colon) else {
        throw unexpected(.missingColonAfterComputedKey)
      }
    }
    if case .location = key { return (ObjectEntry(key: key), keyHeight) }
    guard isAt(.colon) else {
      if isAt(.minus) { throw unexpected(.dashInObjectKey) }
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
      guard let (template, height) = try readString() else { throw objectKeyMissing(opening) }
      return (.string(template), height)
    }
  }

  private mutating func readComputedKey() throws(Fault) -> (Expression, height: Int) {
    let opening = here
    advance()
    let inner = try readNestedQuery()
    try close(.parenthesis, at: opening)
    return (inner.expression, inner.height)
  }

  /// A key that is known from the text must be a string.
  private func checkKey(_ key: Expression) throws(Fault) {
    guard let kind = key.constantKind, kind != .string else { return }
    throw fault(.objectKeyNotString(kind), at: key.range)
  }

  private func objectKeyMissing(_ opening: Range<Int>) -> Fault {
    kind == .end ? unclosed(.brace, at: opening) : unexpected(.missingObjectKey)
  }

  private func objectNotClosed(_ opening: Range<Int>) -> Fault {
    if kind == .end { return unclosed(.brace, at: opening) }
    return unexpected(isAt(.equal) || isAt(.assign) ? .missingColonAfterKey : .objectNotClosedHere)
  }
}

// MARK: Conditions, loops and labels

extension Parser {
  private mutating func readConditional() throws(Fault) -> Part {
    let opening = here
    var branches: [Branch] = []
    var height = 0
    repeat {
      let word: SyntaxError.ConditionalWord = isAt(.if) ? .if : .elif
      advance()
      let condition = try readNestedQuery()
      try expect(.then, else: .missingThen(after: word))
      let consequence = try readNestedQuery()
      branches.append(Branch(condition: condition.expression, consequence: consequence.expression))
      height = max(height, condition.height, consequence.height)
    } while isAt(.elif)
    var otherwise: Part?
    var opensSecond = false
    if skip(.else) {
      opensSecond = isAt(.if)
      otherwise = try readNestedQuery()
    }
    guard skip(.end) else {
      throw kind == .end
        ? fault(.unclosedConditional(elseIf: opensSecond), at: opening)
        : unexpected(.conditionalNotClosedHere(hasElse: otherwise != nil, elseIf: opensSecond))
    }
    return try part(
      .conditional(branches, otherwise: otherwise?.expression), from: opening.lowerBound,
      over: max(height, otherwise?.height ?? 0))
  }

  private mutating func readReduce() throws(Fault) -> Part {
    let start = here.lowerBound
    let (head, height) = try readLoopHead(.reduce)
    guard head.steps.count == 2 else {
      throw fault(.wrongLoopParts(.reduce), at: head.range)
    }
    return try part(
      .reduce(source: head.source, patterns: head.patterns, initial: head.steps[0], update: head.steps[1]),
      from: start, over: height)
  }

  private mutating func readForeach() throws(Fault) -> Part {
    let start = here.lowerBound
    let (head, height) = try readLoopHead(.foreach)
    guard (2...3).contains(head.steps.count) else {
      throw fault(.wrongLoopParts(.foreach), at: head.range)
    }
    return try part(
      .foreach(
        source: head.source, patterns: head.patterns, initial: head.steps[0], update: head.steps[1],
        extract: head.steps.count == 3 ? head.steps[2] : nil),
      from: start, over: height)
  }

  private mutating func readBreak() throws(Fault) -> Part {
    let start = here.lowerBound
    advance()
    guard kind == .variable else {
      throw unexpected(.missingBreakLabel)
    }
    let name = take()
    return try part(.breakOut(name), from: start)
  }

  private struct Loop {
    var source: Expression
    var patterns: [Pattern]
    var steps: [Expression]
    /// The round brackets with the steps.
    var range: Range<Int>
  }

  private mutating func readLoopHead(_ word: SyntaxError.LoopWord) throws(Fault) -> (Loop, height: Int) {
    advance()
    let bound = try readNestedQuery(.source)
    try expect(.as, else: .missingLoopAs(word))
    let (patterns, patternHeight) = try readPatterns()
    let opening = here
    guard isAt(.openParenthesis) else {
      throw unexpected(.missingLoopParts(word))
    }
    var height = max(bound.height, patternHeight)
    var steps: [Expression] = []
    repeat {
      advance()
      let step = try readNestedQuery()
      steps.append(step.expression)
      height = max(height, step.height)
    } while isAt(.semicolon)
    try close(.parenthesis, at: opening)
    let range = opening.lowerBound..<lastEnd
    return (Loop(source: bound.expression, patterns: patterns, steps: steps, range: range), height)
  }
}

// MARK: Patterns

extension Parser {
  /// Reads `$x`, `[$a, {b: $c}]` with its alternatives after `?//`.
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
    default: throw unexpected(.missingPattern)
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
    try close(.bracket, at: opening)
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
    try close(.brace, at: opening)
    return (.object(entries), height + 1)
  }

  private mutating func readPatternEntry(
    in opening: Range<Int>
  ) throws(Fault) -> (ObjectPatternEntry, height: Int) {
    let (key, keyHeight) = try readPatternKey(in: opening)
    if case .variable = key, !isAt(.colon) { return (ObjectPatternEntry(key: key), keyHeight) }
    try expect(.colon, else: .missingColonInPattern)
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
      guard let (template, height) = try readString() else { throw objectKeyMissing(opening) }
      return (.string(template), height)
    }
  }
}
