extension SyntaxReader {
  /// What the fault is called where the text stops short.
  static let end = "end of the expression"

  func fault(
    _ range: Range<Int>, _ message: String, expected: [String] = [], hint: String? = nil
  ) -> SyntaxError {
    SyntaxError(range: range, found: text(range), expected: expected, message: message, hint: hint)
  }

  /// The word that comes next is not what must stand here.
  func unexpected(_ expected: [String], _ place: String, hint: String? = nil) -> SyntaxError {
    if let lexicalFault, kind == .fault { return lexicalFault }
    return fault(
      token.range, "expected \(Self.list(expected)) \(place)", expected: expected,
      hint: hint ?? hintForToken)
  }

  /// A bracket's end does not come next.
  func unclosed(_ opening: Token, with closing: String) -> SyntaxError {
    if let lexicalFault, kind == .fault { return lexicalFault }
    let name = text(opening.range)
    if kind == .end {
      return fault(opening.range, "this `\(name)` is never closed", expected: [closing])
    }
    return fault(
      token.range, "expected \(closing) to close `\(name)`", expected: [closing],
      hint: hintForToken ?? missingOperatorHint)
  }

  /// No operand comes next, though one must.
  func operandMissing() -> SyntaxError {
    if let lexicalFault, kind == .fault { return lexicalFault }
    if let doubled = doubledOperator { return doubled }
    if kind == .end, let previous, opensBracket(previous) {
      return unclosed(previous, with: previous.kind.closingText)
    }
    let place = previous.map { "after `\(text($0.range))`" } ?? "at the start"
    return fault(
      token.range, "expected an expression \(place)", expected: ["an expression"], hint: hintForToken)
  }

  /// Something stands behind the end of the program.
  func trailing() -> SyntaxError {
    if let lexicalFault, kind == .fault { return lexicalFault }
    if case .symbol(let symbol) = kind, symbol.isClosing {
      return fault(token.range, "this `\(symbol.rawValue)` closes nothing", hint: "remove it")
    }
    return fault(
      token.range, "`\(text(token.range))` cannot follow here", expected: ["an operator", Self.end],
      hint: hintForToken ?? missingOperatorHint)
  }

  func tooDeep(at range: Range<Int>) -> SyntaxError {
    fault(
      range, "the expression is nested more than \(Parser.maximumDepth) levels deep",
      hint: "split it, or shorten its longest chain of operators")
  }

  func chained() -> SyntaxError {
    fault(
      token.range, "`\(text(token.range))` cannot follow another operator of its kind",
      hint: "use parentheses, or `and` between two comparisons")
  }

  func keyMissing() -> SyntaxError {
    let name = text(token.range)
    switch kind {
    case .identifier, .keyword:
      return unexpected(["a key in double quotes"], "after `.`", hint: "write `.\(name)` without a blank")
    case .variable:
      return unexpected(["a key in double quotes"], "after `.`", hint: "write `.[\(name)]`")
    default:
      return unexpected(["a key in double quotes", "`[`"], "after `.`")
    }
  }

  func keyMissing(in opening: Token) -> SyntaxError {
    if kind == .end { return unclosed(opening, with: "`}`") }
    let word = text(token.range)
    switch kind {
    case .number: return unexpected(["a key"], "in an object", hint: "write `\"\(word)\"`")
    case .field(let name): return unexpected(["a key"], "in an object", hint: "write `\(name): .\(name)`")
    default:
      return unexpected(["a key"], "in an object", hint: "a computed key takes parentheses: `{(.a): .b}`")
    }
  }

  func variableMissing() -> SyntaxError {
    if case .identifier(let name) = kind {
      return unexpected(["a variable"], "after `as`", hint: "write `$\(name)`")
    }
    return unexpected(
      ["a variable", "`[`", "`{`"], "in the pattern after `as`", hint: "as in `.a as $x | …`")
  }

  func objectNotClosed(_ opening: Token) -> SyntaxError {
    if isAt(.equal) || isAt(.assign) {
      return unexpected(["`:`"], "after a key", hint: "as in `{a: 1}`")
    }
    return unclosed(opening, with: "`}`")
  }

  func dashInKey(from start: Int) -> SyntaxError {
    unexpected(
      ["`:`", "`,`", "`}`"], "after a key", hint: "a key with `-` takes double quotes: `{\"a-b\": 1}`")
  }

  func unendedConditional(_ opening: Token, hasElse: Bool, _ opensSecond: Bool) -> SyntaxError {
    let hint =
      opensSecond
      ? "`else if` opens a second `if`, which needs its own `end`; `elif` goes on with the first" : nil
    if kind == .end {
      return fault(opening.range, "this `if` has no `end`", expected: ["`end`"], hint: hint)
    }
    return unexpected(hasElse ? ["`end`"] : ["`elif`", "`else`", "`end`"], "to go on with `if`", hint: hint)
  }
}
