/// Writes trees as jq text that means the same to jq 1.6, 1.7 and 1.8.
///
/// Parentheses are written wherever one of them would read the text otherwise: 1.8 binds `as` more weakly than
/// 1.7 does, and only 1.8 takes operators in an object's value.
struct Printer {
  private(set) var text = ""

  mutating func write(_ string: String) {
    text += string
  }

  /// Writes an expression, in parentheses if it binds more weakly than its place asks.
  mutating func write(_ expression: Expression, atLeast floor: Precedence = .prefix) {
    guard expression.precedence < floor else { return write(expression.node) }
    write("(")
    write(expression.node)
    write(")")
  }

  mutating func write(_ expressions: [Expression], separator: String) {
    for (index, expression) in expressions.enumerated() {
      if index > 0 { write(separator) }
      write(expression)
    }
  }

  private mutating func write(_ node: Node) {
    switch node {
    case .identity: write(".")
    case .recurse: write("..")
    case .number(let digits): write(digits)
    case .null: write("null")
    case .true: write("true")
    case .false: write("false")
    case .format(let name): write("@\(name)")
    case .variable(let name): write("$\(name)")
    case .location: write("$__loc__")
    case .breakOut(let name): write("break $\(name)")
    case .string(let template): write(template)
    case .array(let content): writeBracketed(content)
    case .object(let entries): write(entries)
    case .call(let name, let arguments): writeCall(name, arguments)
    case .parenthesized(let inner): writeParenthesized(inner)
    case .field, .index, .slice, .iterate, .optional: writePath(node)
    case .negate, .pipe, .comma, .binary, .update: writeOperator(node)
    default: writeControl(node)
    }
  }

  private mutating func writeBracketed(_ content: Expression?) {
    write("[")
    if let content { write(content) }
    write("]")
  }

  private mutating func writeParenthesized(_ inner: Expression) {
    write("(")
    write(inner)
    write(")")
  }

  private mutating func writeCall(_ name: String, _ arguments: [Expression]) {
    write(name)
    guard !arguments.isEmpty else { return }
    write("(")
    write(arguments, separator: "; ")
    write(")")
  }

  private mutating func writeOperator(_ node: Node) {
    switch node {
    case .negate(let operand):
      write("-")
      write(operand, atLeast: .term)
    case .pipe(let left, let right):
      write(left, atLeast: .comma)
      write(" | ")
      write(right)
    case .comma(let left, let right):
      write(left, atLeast: .comma)
      write(", ")
      write(right, atLeast: .alternative)
    case .binary(let symbol, let left, let right):
      write(symbol.rawValue, between: left, right, symbol.precedence)
    case .update(let symbol, let left, let right):
      write(symbol.rawValue, between: left, right, .update)
    default: break
    }
  }

  private mutating func write(
    _ symbol: String, between left: Expression, _ right: Expression, _ precedence: Precedence
  ) {
    write(left, atLeast: precedence.grouping == .left ? precedence : precedence.next)
    write(" \(symbol) ")
    write(right, atLeast: precedence.grouping == .right ? precedence : precedence.next)
  }
}

extension Expression: CustomStringConvertible {
  /// jq text of the expression: parsed, it gives the same tree but for parentheses, ranges and lines.
  ///
  /// A tree that was put together by hand gets the parentheses it needs. They count towards
  /// `Parser.maximumNesting` like any others.
  package var description: String {
    var printer = Printer()
    printer.write(self)
    return printer.text
  }
}

extension FunctionDefinition: CustomStringConvertible {
  /// jq text of the definition, its `;` included.
  package var description: String {
    var printer = Printer()
    printer.write(self)
    return printer.text
  }
}

extension Expression {
  /// How strongly what the expression is made of holds together.
  fileprivate var precedence: Precedence {
    switch node {
    case .definition, .label, .bind: .prefix
    case .pipe: .pipe
    case .comma: .comma
    case .binary(let symbol, _, _): symbol.precedence
    case .update: .update
    case .negate, .tryCatch, .reduce, .foreach, .conditional: .compound
    default: .term
    }
  }
}
