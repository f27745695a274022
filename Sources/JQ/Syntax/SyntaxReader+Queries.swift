extension SyntaxReader {
  /// Which operators a place allows.
  enum Scope {
    /// All: the whole of a program, brackets, arguments.
    case query
    /// No `,`, `as`, `def` and `label`: the value of an object's entry.
    case objectValue
    /// No `|` either: what `reduce` and `foreach` read.
    case source
  }

  /// An operator whose right side is still being read.
  private enum Pending {
    case pipe
    case comma
    case binary(BinaryOperator)
    case update(UpdateOperator)
    case definition(FunctionDefinition, height: Int)
    case label(String, start: Int)
    case bind(Part, [Pattern], height: Int)

    var precedence: Precedence {
      switch self {
      case .pipe: .pipe
      case .comma: .comma
      case .binary(let symbol): symbol.precedence
      case .update: .update
      case .definition, .label, .bind: .prefix
      }
    }
  }

  /// The operators and the left sides that wait for them.
  private struct Stack {
    var operands: [Part] = []
    var pending: [(operation: Pending, range: Range<Int>)] = []
  }

  mutating func readNestedQuery(_ scope: Scope = .query) throws(Fault) -> Part {
    try enter()
    defer { leave() }
    return try readQuery(scope)
  }

  /// Reads operands and operators as far as they go. Chains grow on the stack here, not by recursion.
  mutating func readQuery(_ scope: Scope = .query) throws(Fault) -> Part {
    var stack = Stack()
    repeat {
      try readPrefixes(scope, into: &stack)
      stack.operands.append(try readTerm())
    } while try readOperator(scope, into: &stack)
    try reduce(&stack) { _ in true }
    guard let result = stack.operands.popLast() else { throw operandMissing() }
    return result
  }

  /// Reads `def …;` and `label $x |` where a query may begin.
  private mutating func readPrefixes(_ scope: Scope, into stack: inout Stack) throws(Fault) {
    guard scope == .query, (stack.pending.last?.operation.precedence ?? .prefix) <= .comma else { return }
    while true {
      let range = here
      if isAt(.def) {
        let (definition, height) = try readDefinition()
        stack.pending.append((.definition(definition, height: height), definition.range))
      } else if skip(.label) {
        guard kind == .variable else {
          throw unexpected(["the label's name"], "after `label`", hint: "as in `label $out | …`")
        }
        let name = take()
        try expect(.pipe, "after `label $\(name)`")
        stack.pending.append((.label(name, start: range.lowerBound), range))
      } else {
        return
      }
    }
  }

  /// Reads the operator behind an operand. False where there is none.
  private mutating func readOperator(_ scope: Scope, into stack: inout Stack) throws(Fault) -> Bool {
    let range = here
    if scope == .query, skip(.as) {
      try readBinding(range, into: &stack)
      return true
    }
    guard let operation = pendingOperation, allows(operation.precedence, in: scope) else { return false }
    let precedence = operation.precedence
    try reduce(&stack) { precedence.grouping == .left ? $0 >= precedence : $0 > precedence }
    if precedence.grouping == .none, stack.pending.last?.operation.precedence == precedence {
      throw chained()
    }
    stack.pending.append((operation, range))
    advance()
    return true
  }

  /// Reads `$x |` behind `e as`. The source is the whole of the expression on the left, without `,` and `|`.
  private mutating func readBinding(_ range: Range<Int>, into stack: inout Stack) throws(Fault) {
    try reduce(&stack) { $0 > .comma }
    guard let bound = stack.operands.popLast() else { throw operandMissing() }
    let (patterns, height) = try readPatterns()
    try expect(.pipe, "after the variables of `as`", hint: "as in `.a as $x | …`")
    stack.pending.append((.bind(bound, patterns, height: height), range))
  }

  private func allows(_ precedence: Precedence, in scope: Scope) -> Bool {
    switch scope {
    case .query: true
    case .objectValue: precedence != .comma
    case .source: precedence > .comma
    }
  }

  /// Puts together what is on top of the stack, as long as the operators there bind as is asked.
  private func reduce(_ stack: inout Stack, while binds: (Precedence) -> Bool) throws(Fault) {
    while let (operation, range) = stack.pending.last, binds(operation.precedence) {
      stack.pending.removeLast()
      guard let right = stack.operands.popLast() else { throw operandMissing() }
      if operation.precedence == .prefix {
        stack.operands.append(try prefixed(right, with: operation))
      } else {
        guard let left = stack.operands.popLast() else { throw operandMissing() }
        stack.operands.append(try joined(left, right, with: operation, at: range))
      }
    }
  }

  private func joined(
    _ left: Part, _ right: Part, with operation: Pending, at operatorRange: Range<Int>
  ) throws(Fault) -> Part {
    let node: Node
    switch operation {
    case .comma: node = .comma(left.expression, right.expression)
    case .binary(let symbol): node = .binary(symbol, left.expression, right.expression)
    case .update(let symbol): node = .update(symbol, left.expression, right.expression)
    case .pipe, .definition, .label, .bind: node = .pipe(left.expression, right.expression)
    }
    let height = max(left.height, right.height)
    guard height < Parser.maximumDepth else { throw tooDeep(at: operatorRange) }
    return try part(node, in: left.start..<right.end, over: height)
  }

  private func prefixed(_ body: Part, with operation: Pending) throws(Fault) -> Part {
    switch operation {
    case .definition(let definition, let height):
      return try part(
        .definition(definition, body.expression), in: definition.range.lowerBound..<body.end,
        over: max(height, body.height))
    case .label(let name, let start):
      return try part(.label(name, body.expression), in: start..<body.end, over: body.height)
    case .bind(let bound, let patterns, let height):
      let node = Node.bind(source: bound.expression, patterns: patterns, body: body.expression)
      return try part(
        node, in: bound.start..<body.end, over: max(bound.height, height, body.height))
    case .pipe, .comma, .binary, .update:
      return body
    }
  }

  private var pendingOperation: Pending? {
    switch kind {
    case .keyword(.and): return .binary(.and)
    case .keyword(.or): return .binary(.or)
    case .symbol(.pipe): return .pipe
    case .symbol(.comma): return .comma
    case .symbol(let symbol):
      return BinaryOperator(rawValue: symbol.rawValue).map(Pending.binary)
        ?? UpdateOperator(rawValue: symbol.rawValue).map(Pending.update)
    default: return nil
    }
  }
}
