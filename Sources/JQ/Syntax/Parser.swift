/// Reads jq programs: the language of jq 1.8.
///
/// A value is the state of reading one program: its words, how far they are read, and how deeply nested that
/// place is.
package struct Parser {
  /// How high a tree may be.
  ///
  /// Every operator of a chain counts, so one of more than about this many `|`, `,` or `+` is an error.
  package static let maximumDepth = 500

  /// How many brackets, interpolations, bodies, branches and signs may be inside one another.
  ///
  /// The parser calls itself for each of them: optimized, this many fit on a stack of 512 kB.
  package static let maximumNesting = 200

  /// Reads a whole program.
  ///
  /// - Parameter source: the jq text.
  /// - Returns: the program; empty text is one without a body.
  /// - Throws: `SyntaxError` for the first place where the text cannot go on as jq. Whether functions and
  ///   variables are known is not looked at.
  package static func parse(_ source: String) throws(SyntaxError) -> Program {
    var parser = Parser(source)
    do throws(Fault) {
      return try parser.readProgram()
    } catch {
      switch error {
      case .syntax(let error): throw error
      }
    }
  }

  /// A finished piece and the height of its tree.
  ///
  /// A class, as a pointer keeps the stack small where brackets nest.
  final class Part {
    let expression: Expression
    let height: Int

    init(_ expression: Expression, height: Int) {
      self.expression = expression
      self.height = height
    }

    var start: Int { expression.range.lowerBound }
    var end: Int { expression.range.upperBound }
  }

  /// Why the text is no jq. In a box, as every call that can throw keeps room for its error on the stack.
  indirect enum Fault: Error {
    case syntax(SyntaxError)
  }

  private let source: String
  private let bytes: [UInt8]
  private let tokens: [Token]
  private let lexicalFault: SyntaxError?
  private var index = 0
  private var depth = 0

  private init(_ source: String) {
    let lexer = Lexer(source)
    self.source = source
    bytes = lexer.bytes
    tokens = lexer.tokens
    lexicalFault = lexer.fault
  }
}

// MARK: Words

extension Parser {
  // The last token is `.end` or `.fault`, and reading never goes past it.
  /// Where the next word is.
  var here: Range<Int> { tokens[index].range }
  var kind: Token.Kind { tokens[index].kind }
  /// The name, digits or text of the next word.
  var word: String { tokens[index].text }
  private var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  /// The kind of the word after the next one.
  var kindAfterNext: Token.Kind? { index + 1 < tokens.count ? tokens[index + 1].kind : nil }

  /// Where the last word that was read ends.
  var lastEnd: Int { previous?.range.upperBound ?? 0 }

  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  func isAt(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
  func isAt(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  /// Reads on, and returns the name, digits or text of the word that was passed.
  mutating func take() -> String {
    let taken = word
    advance()
    return taken
  }

  mutating func skip(_ symbol: Symbol) -> Bool {
    guard isAt(symbol) else { return false }
    advance()
    return true
  }

  mutating func skip(_ keyword: Keyword) -> Bool {
    guard isAt(keyword) else { return false }
    advance()
    return true
  }

  mutating func expect(_ symbol: Symbol, else reason: SyntaxError.Reason) throws(Fault) {
    guard skip(symbol) else { throw unexpected(reason) }
  }

  mutating func expect(_ keyword: Keyword, else reason: SyntaxError.Reason) throws(Fault) {
    guard skip(keyword) else { throw unexpected(reason) }
  }

  /// Reads what closes the bracket at `opening`.
  mutating func close(_ bracket: SyntaxError.Bracket, at opening: Range<Int>) throws(Fault) {
    let isClosed =
      switch bracket {
      case .parenthesis: skip(.closeParenthesis)
      case .bracket: skip(.closeBracket)
      case .brace: skip(.closeBrace)
      case .interpolation: kind == .interpolationEnd
      }
    guard isClosed else { throw unclosed(bracket, at: opening) }
    if bracket == .interpolation { advance() }
  }

  mutating func enter() throws(Fault) {
    try checkNesting(0)
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  /// Checks that one more piece may be opened inside `count` that have not been entered.
  func checkNesting(_ count: Int) throws(Fault) {
    guard depth + count < Self.maximumNesting else { throw faultHere(.tooManyBrackets) }
  }

  /// Makes a piece that ends with the last word read.
  func part(_ node: Node, from start: Int, over height: Int = 0) throws(Fault) -> Part {
    try part(node, in: start..<max(start, lastEnd), over: height)
  }

  func part(_ node: Node, in range: Range<Int>, over height: Int) throws(Fault) -> Part {
    guard height < Self.maximumDepth else { throw fault(.tooManyOperators, at: range) }
    return Part(Expression(node, range: range), height: height + 1)
  }
}

// MARK: Faults

extension Parser {
  /// A fault of text that has been read.
  func fault(_ reason: SyntaxError.Reason, at range: Range<Int>) -> Fault {
    .syntax(SyntaxError(reason, at: range, found: .text(text(range))))
  }

  /// The next word is not what must be here.
  func unexpected(_ reason: SyntaxError.Reason) -> Fault {
    if let lexicalFault, kind == .fault { return .syntax(lexicalFault) }
    return foreignOperator ?? faultHere(reason)
  }

  private func faultHere(_ reason: SyntaxError.Reason) -> Fault {
    .syntax(SyntaxError(reason, at: here, found: found))
  }

  /// What closes the bracket at `opening` does not come next.
  func unclosed(_ bracket: SyntaxError.Bracket, at opening: Range<Int>) -> Fault {
    kind == .end ? fault(.unclosedBracket(bracket), at: opening) : unexpected(.bracketNotClosedHere(bracket))
  }

  /// No operand comes next, though one must.
  func operandMissing() -> Fault {
    if kind == .end, let previous, let bracket = Self.bracket(previous.kind) {
      return unclosed(bracket, at: previous.range)
    }
    return unexpected(.missingOperand(after: previous.map { text($0.range) }))
  }

  /// Something follows the end of the program.
  private func trailing() -> Fault {
    if case .symbol(let symbol) = kind, symbol.isClosing { return unexpected(.closesNothing) }
    return unexpected(.cannotFollow)
  }

  /// `||`, `===`, `!==` and `<>` are two words to jq, the second of which is out of place; and `??` is two
  /// words that may be there, so that the text after them is.
  private var foreignOperator: Fault? {
    guard let previous else { return nil }
    let range = previous.range.lowerBound..<here.upperBound
    if previous.range.upperBound == here.lowerBound,
      let symbol = SyntaxError.ForeignOperator(rawValue: text(range)), symbol != .alternative
    {
      return fault(.foreignOperator(symbol), at: range)
    }
    guard index > 1, found.beginsOperand, previous.kind == .symbol(.question),
      tokens[index - 2].kind == .symbol(.question)
    else { return nil }
    let marks = tokens[index - 2].range.lowerBound..<previous.range.upperBound
    return marks.count == 2 ? fault(.foreignOperator(.alternative), at: marks) : nil
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// What the next word is.
  private var found: SyntaxError.Found {
    let text = text(here)
    switch kind {
    case .identifier: return .name(text)
    case .keyword: return .keyword(text)
    case .field: return .field(text)
    case .variable, .location: return .variable(text)
    case .number: return .number(text)
    case .format: return .format(text)
    case .stringStart: return .string
    case .symbol, .interpolationStart, .interpolationEnd: return .symbol(text)
    case .stringText, .stringEnd, .fault: return .text(text)
    case .end: return .end
    }
  }

  /// The bracket that a word opens, nil for any other.
  private static func bracket(_ kind: Token.Kind) -> SyntaxError.Bracket? {
    switch kind {
    case .symbol(.openParenthesis): .parenthesis
    case .symbol(.openBracket): .bracket
    case .symbol(.openBrace): .brace
    case .interpolationStart: .interpolation
    default: nil
    }
  }
}

// MARK: Programs

extension Parser {
  private mutating func readProgram() throws(Fault) -> Program {
    let metadata = try readModule()
    var imports: [Import] = []
    while isAt(.import) || isAt(.include) {
      imports.append(try readImport())
    }
    var definitions: [(definition: FunctionDefinition, height: Int)] = []
    while isAt(.def) {
      definitions.append(try readDefinition())
    }
    guard kind != .end else {
      return Program(
        metadata: metadata, imports: imports, definitions: definitions.map(\.definition), body: nil,
        source: source)
    }
    var body = try readQuery()
    guard kind == .end else { throw trailing() }
    for (definition, height) in definitions.reversed() {
      body = try part(
        .definition(definition, body.expression), in: definition.range.lowerBound..<body.end,
        over: max(height, body.height))
    }
    return Program(metadata: metadata, imports: imports, body: body.expression, source: source)
  }

  /// Reads `def f(a; $b): body;`. The height is that of its body.
  private mutating func readDefinition() throws(Fault) -> (definition: FunctionDefinition, height: Int) {
    let start = here.lowerBound
    advance()
    guard kind == .identifier else { throw unexpected(.missingFunctionName) }
    let name = take()
    let parameters = isAt(.openParenthesis) ? try readParameters() : []
    try expect(.colon, else: .missingColonBeforeBody(function: name))
    let body = try readNestedQuery()
    try expect(.semicolon, else: .missingSemicolonAfterBody(function: name))
    let definition = FunctionDefinition(
      name: name, parameters: parameters, body: body.expression, range: start..<lastEnd)
    return (definition, body.height)
  }

  private mutating func readParameters() throws(Fault) -> [FunctionDefinition.Parameter] {
    let opening = here
    var parameters: [FunctionDefinition.Parameter] = []
    repeat {
      advance()
      switch kind {
      case .identifier: parameters.append(.filter(word))
      case .variable: parameters.append(.value(word))
      case .end: throw unclosed(.parenthesis, at: opening)
      default: throw unexpected(.missingParameter)
      }
      advance()
    } while isAt(.semicolon)
    if isAt(.comma) { throw unexpected(.commaBetweenParameters) }
    try close(.parenthesis, at: opening)
    return parameters
  }

  private mutating func readModule() throws(Fault) -> Expression? {
    guard skip(.module) else { return nil }
    let metadata = try readMetadata()
    try expect(.semicolon, else: .missingSemicolonAfterModule)
    return metadata
  }

  private mutating func readImport() throws(Fault) -> Import {
    let start = here.lowerBound
    let isInclude = isAt(.include)
    advance()
    let path = try readImportPath()
    let kind = isInclude ? .include : try readImportName()
    let metadata = isAt(.semicolon) ? nil : try readMetadata()
    try expect(.semicolon, else: .missingSemicolonAfterImport)
    return Import(path: path, kind: kind, metadata: metadata, range: start..<lastEnd)
  }

  private mutating func readImportPath() throws(Fault) -> String {
    let start = here.lowerBound
    guard let (template, _) = try readString() else {
      throw unexpected(.missingImportPath)
    }
    guard let path = template.constant else {
      throw fault(.importPathNotPlain, at: start..<lastEnd)
    }
    return path
  }

  private mutating func readImportName() throws(Fault) -> Import.Kind {
    try expect(.as, else: .missingImportAs)
    defer { advance() }
    switch kind {
    case .identifier: return .module(word)
    case .variable: return .data(word)
    default: throw unexpected(.missingImportName)
    }
  }

  private mutating func readMetadata() throws(Fault) -> Expression {
    let metadata = try readNestedQuery().expression
    guard metadata.constantKind == .object else {
      throw fault(.metadataNotConstant, at: metadata.range)
    }
    return metadata
  }
}

// MARK: Operators

extension Parser {
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
  private mutating func readQuery(_ scope: Scope = .query) throws(Fault) -> Part {
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
          throw unexpected(.missingLabelName)
        }
        let name = take()
        try expect(.pipe, else: .missingPipeAfterLabel(name: name))
        stack.pending.append((.label(name, start: range.lowerBound), range))
      } else {
        return
      }
    }
  }

  /// Reads the operator after an operand. False if there is none.
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
      throw faultHere(.chainedOperator)
    }
    stack.pending.append((operation, range))
    advance()
    return true
  }

  /// Reads `$x |` after `e as`. The source is the whole of the expression on the left, without `,` and `|`.
  private mutating func readBinding(_ range: Range<Int>, into stack: inout Stack) throws(Fault) {
    try reduce(&stack) { $0 > .comma }
    guard let bound = stack.operands.popLast() else { throw operandMissing() }
    let (patterns, height) = try readPatterns()
    try expect(.pipe, else: .missingPipeAfterPattern)
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
    guard height < Self.maximumDepth else { throw fault(.tooManyOperators, at: operatorRange) }
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
