extension SyntaxReader {
  mutating func readConditional() throws(Fault) -> Part {
    let opening = here
    var branches: [Branch] = []
    var height = 0
    repeat {
      let word = isAt(.if) ? "if" : "elif"
      advance()
      let condition = try readNestedQuery()
      try expect(.then, "after the condition of `\(word)`")
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
    guard skip(.end) else { throw unendedConditional(opening, hasElse: otherwise != nil, opensSecond) }
    return try part(
      .conditional(branches, otherwise: otherwise?.expression), from: opening.lowerBound,
      over: max(height, otherwise?.height ?? 0))
  }

  mutating func readReduce() throws(Fault) -> Part {
    let start = here.lowerBound
    let (head, height) = try readLoopHead("reduce")
    guard head.steps.count == 2 else {
      throw fault(head.range, "`reduce` takes two parts: the start and the step", hint: Self.reduceForm)
    }
    return try part(
      .reduce(source: head.source, patterns: head.patterns, initial: head.steps[0], update: head.steps[1]),
      from: start, over: height)
  }

  mutating func readForeach() throws(Fault) -> Part {
    let start = here.lowerBound
    let (head, height) = try readLoopHead("foreach")
    guard (2...3).contains(head.steps.count) else {
      throw fault(
        head.range, "`foreach` takes two or three parts: the start, the step, and what is given each time",
        hint: Self.foreachForm)
    }
    return try part(
      .foreach(
        source: head.source, patterns: head.patterns, initial: head.steps[0], update: head.steps[1],
        extract: head.steps.count == 3 ? head.steps[2] : nil),
      from: start, over: height)
  }

  mutating func readBreak() throws(Fault) -> Part {
    let start = here.lowerBound
    advance()
    guard kind == .variable else {
      throw unexpected(["a label's name"], "after `break`", hint: "as in `break $out`")
    }
    let name = take()
    return try part(.breakOut(name), from: start)
  }

  private static let reduceForm = "write `reduce .[] as $x (0; . + $x)`"
  private static let foreachForm = "write `foreach .[] as $x (0; . + $x)`"

  private struct Loop {
    var source: Expression
    var patterns: [Pattern]
    var steps: [Expression]
    /// The round brackets with the steps.
    var range: Range<Int>
  }

  private mutating func readLoopHead(_ word: String) throws(Fault) -> (Loop, height: Int) {
    let form = word == "reduce" ? Self.reduceForm : Self.foreachForm
    advance()
    let bound = try readNestedQuery(.source)
    try expect(.as, "after what `\(word)` reads", hint: form)
    let (patterns, patternHeight) = try readPatterns()
    let opening = here
    guard isAt(.openParenthesis) else {
      throw unexpected(["`(`"], "after the variables of `\(word)`", hint: form)
    }
    var height = max(bound.height, patternHeight)
    var steps: [Expression] = []
    repeat {
      advance()
      let step = try readNestedQuery()
      steps.append(step.expression)
      height = max(height, step.height)
    } while isAt(.semicolon)
    try close(opening, with: .closeParenthesis)
    let range = opening.lowerBound..<lastEnd
    return (Loop(source: bound.expression, patterns: patterns, steps: steps, range: range), height)
  }
}
