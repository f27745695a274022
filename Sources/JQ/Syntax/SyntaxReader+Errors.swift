extension SyntaxReader {
  /// What the fault is called where the text stops short.
  static let end = "end of the expression"

  func fault(
    _ range: Range<Int>, _ message: String, expected: [String] = [], hint: String? = nil
  ) -> Fault {
    .syntax(
      SyntaxError(range: range, found: text(range), expected: expected, message: message, hint: hint))
  }

  /// The word that comes next is not what must stand here.
  func unexpected(_ expected: [String], _ place: String, hint: String? = nil) -> Fault {
    if let lexicalFault, kind == .fault { return .syntax(lexicalFault) }
    return fault(
      here, "expected \(Self.list(expected)) \(place)", expected: expected,
      hint: hint ?? hintForToken)
  }

  /// A bracket's end does not come next.
  func unclosed(_ opening: Range<Int>, with closing: String) -> Fault {
    if let lexicalFault, kind == .fault { return .syntax(lexicalFault) }
    let name = text(opening)
    if kind == .end {
      return fault(opening, "this `\(name)` is never closed", expected: [closing])
    }
    return fault(
      here, "expected \(closing) to close `\(name)`", expected: [closing],
      hint: hintForToken ?? missingOperatorHint)
  }

  /// No operand comes next, though one must.
  func operandMissing() -> Fault {
    if let lexicalFault, kind == .fault { return .syntax(lexicalFault) }
    if let doubled = doubledOperator { return doubled }
    if kind == .end, let previous, opensBracket(previous) {
      return unclosed(previous.range, with: previous.kind.closingText)
    }
    let place = previous.map { "after `\(text($0.range))`" } ?? "at the start"
    return fault(
      here, "expected an expression \(place)", expected: ["an expression"], hint: hintForToken)
  }

  /// Something stands behind the end of the program.
  func trailing() -> Fault {
    if let lexicalFault, kind == .fault { return .syntax(lexicalFault) }
    if case .symbol(let symbol) = kind, symbol.isClosing {
      return fault(here, "this `\(symbol.rawValue)` closes nothing", hint: "remove it")
    }
    return fault(
      here, "`\(text(here))` cannot follow here", expected: ["an operator", Self.end],
      hint: hintForToken ?? missingOperatorHint)
  }

  func tooDeep(at range: Range<Int>) -> Fault {
    fault(
      range, "more than \(Parser.maximumDepth) operators stand in a row here",
      hint: "split the chain in parentheses, or take a list and `add` or `any`")
  }

  func tooNested() -> Fault {
    fault(
      here, "more than \(Parser.maximumNesting) brackets, bodies or signs are open here",
      hint: "take the inner ones out into a `def`")
  }

  func chained() -> Fault {
    fault(
      here, "`\(text(here))` cannot follow another operator of its kind",
      hint: "use parentheses, or `and` between two comparisons")
  }

  func keyMissing() -> Fault {
    let name = text(here)
    switch kind {
    case .identifier, .keyword:
      return unexpected(["a key in double quotes"], "after `.`", hint: "write `.\(name)` without a blank")
    case .variable:
      return unexpected(["a key in double quotes"], "after `.`", hint: "write `.[\(name)]`")
    default:
      return unexpected(["a key in double quotes", "`[`"], "after `.`")
    }
  }

  func keyMissing(in opening: Range<Int>) -> Fault {
    if kind == .end { return unclosed(opening, with: "`}`") }
    switch kind {
    case .number: return unexpected(["a key"], "in an object", hint: "write `\"\(word)\"`")
    case .field: return unexpected(["a key"], "in an object", hint: "write `\(word): .\(word)`")
    default:
      return unexpected(["a key"], "in an object", hint: "a computed key takes parentheses: `{(.a): .b}`")
    }
  }

  func variableMissing() -> Fault {
    if kind == .identifier {
      return unexpected(["a variable"], "after `as`", hint: "write `$\(word)`")
    }
    return unexpected(
      ["a variable", "`[`", "`{`"], "in the pattern after `as`", hint: "as in `.a as $x | …`")
  }

  func objectNotClosed(_ opening: Range<Int>) -> Fault {
    if isAt(.equal) || isAt(.assign) {
      return unexpected(["`:`"], "after a key", hint: "as in `{a: 1}`")
    }
    if kind == .end { return unclosed(opening, with: "`}`") }
    return unexpected(["`,`", "`}`"], "after an entry of an object")
  }

  func dashInKey(from start: Int) -> Fault {
    unexpected(
      ["`:`", "`,`", "`}`"], "after a key", hint: "a key with `-` takes double quotes: `{\"a-b\": 1}`")
  }

  func unendedConditional(_ opening: Range<Int>, hasElse: Bool, _ opensSecond: Bool) -> Fault {
    let hint =
      opensSecond
      ? "`else if` opens a second `if`, which needs its own `end`; `elif` goes on with the first" : nil
    if kind == .end {
      return fault(opening, "this `if` has no `end`", expected: ["`end`"], hint: hint)
    }
    return unexpected(hasElse ? ["`end`"] : ["`elif`", "`else`", "`end`"], "to go on with `if`", hint: hint)
  }
}
