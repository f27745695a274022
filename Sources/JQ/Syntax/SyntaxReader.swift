/// The parser's state: the words, how far they are read, and how deeply nested that place is.
struct SyntaxReader {
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

  let source: String
  let bytes: [UInt8]
  let tokens: [Token]
  let lexicalFault: SyntaxError?
  var index = 0
  var depth = 0

  init(_ source: String) {
    let lexer = Lexer(source)
    self.source = source
    bytes = lexer.bytes
    tokens = lexer.tokens
    lexicalFault = lexer.fault
  }

  // The last token is `.end` or `.fault`, and reading never goes past it.
  /// Where the next word stands.
  var here: Range<Int> { tokens[index].range }
  var kind: Token.Kind { tokens[index].kind }
  /// The name, digits or text of the next word.
  var word: String { tokens[index].text }
  /// The line of the `$__loc__` that comes next.
  var locationLine: Int { Int(word) ?? 1 }
  var previous: Token? { index > 0 ? tokens[index - 1] : nil }

  /// Where the last word that was read ends.
  var lastEnd: Int { previous?.range.upperBound ?? 0 }

  mutating func advance() {
    if index + 1 < tokens.count { index += 1 }
  }

  func isAt(_ symbol: Symbol) -> Bool { kind == .symbol(symbol) }
  func isAt(_ keyword: Keyword) -> Bool { kind == .keyword(keyword) }

  /// Reads on, and gives the name, digits or text of the word that was passed.
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

  mutating func expect(_ symbol: Symbol, _ place: String, hint: String? = nil) throws(Fault) {
    guard skip(symbol) else { throw unexpected(["`\(symbol.rawValue)`"], place, hint: hint) }
  }

  mutating func expect(_ keyword: Keyword, _ place: String, hint: String? = nil) throws(Fault) {
    guard skip(keyword) else { throw unexpected(["`\(keyword.rawValue)`"], place, hint: hint) }
  }

  /// Reads the bracket that closes the one at `opening`.
  mutating func close(_ opening: Range<Int>, with symbol: Symbol) throws(Fault) {
    if skip(symbol) { return }
    throw unclosed(opening, with: "`\(symbol.rawValue)`")
  }

  mutating func enter() throws(Fault) {
    guard depth < Parser.maximumNesting else { throw tooNested() }
    depth += 1
  }

  mutating func leave() { depth -= 1 }

  /// Makes a piece that ends with the last word read.
  func part(_ node: Node, from start: Int, over height: Int = 0) throws(Fault) -> Part {
    try part(node, in: start..<max(start, lastEnd), over: height)
  }

  func part(_ node: Node, in range: Range<Int>, over height: Int) throws(Fault) -> Part {
    guard height < Parser.maximumDepth else { throw tooDeep(at: range) }
    return Part(Expression(node, range: range), height: height + 1)
  }
}
