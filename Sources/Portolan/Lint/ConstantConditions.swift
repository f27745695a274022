import JQ

/// Finds conditions that are the same for every object: operands of `and` and `or` that are always true, as `"b"` in
/// `.state == "a" or "b"`, and an `IN` that never looks at its input.
struct ConstantConditions {
  /// What `and` or `or` joins, in its order.
  private struct Chain {
    let symbol: BinaryOperator
    let operands: [JQ.Expression]
  }

  private let expression: LintExpression
  private let body: JQ.Expression

  init(_ expression: LintExpression, _ body: JQ.Expression) {
    self.expression = expression
    self.body = body
  }

  func findings() -> [Diagnostic] {
    var found: [Diagnostic] = []
    collect(body, into: &found)
    return Array(found.prefix(ExpressionRules.limit))
  }

  private func collect(_ node: JQ.Expression, into found: inout [Diagnostic]) {
    if let finding = comparison(node) ?? membership(node) {
      found.append(finding)
      return
    }
    guard let chain = chain(node) else {
      for child in node.children { collect(child, into: &found) }
      return
    }
    for (index, operand) in chain.operands.enumerated() {
      if operand.isAlwaysTrue {
        found.append(finding(operand, chain, at: index, in: node))
      } else {
        collect(operand, into: &found)
      }
    }
  }

  private func chain(_ node: JQ.Expression) -> Chain? {
    guard case .binary(let symbol, _, _) = node.node, symbol == .and || symbol == .or else { return nil }
    return Chain(symbol: symbol, operands: operands(node, symbol))
  }

  private func operands(_ node: JQ.Expression, _ symbol: BinaryOperator) -> [JQ.Expression] {
    guard case .binary(symbol, let left, let right) = node.node else { return [node] }
    return operands(left, symbol) + operands(right, symbol)
  }

  // MARK: Operands

  private func finding(
    _ operand: JQ.Expression, _ chain: Chain, at index: Int, in node: JQ.Expression
  ) -> Diagnostic {
    let (help, changes) =
      compared(operand, chain, at: index) ?? alternative(chain, in: node)
      ?? ("jq takes \((operand.constantKind ?? .string).phrase) for true: compare it, or remove it", [])
    let shown = text(operand)
    let message =
      chain.symbol == .or
      ? "`\(shown)` is always true, and so is what `or` makes of it"
      : "`\(shown)` is always true, so that `and` asks for nothing with it"
    return expression.finding(
      .warning, .constantCondition, message, help: help, in: operand.range, changing: changes)
  }

  /// `.state == "b"` for the `"b"` in `.state == "a" or "b"`.
  private func compared(
    _ operand: JQ.Expression, _ chain: Chain, at index: Int
  ) -> (help: String, changes: [TextChange])? {
    let sign: BinaryOperator = chain.symbol == .or ? .equal : .notEqual
    for earlier in chain.operands[..<index].reversed() {
      guard case .binary(sign, let left, let right) = earlier.core.node, right.constantKind != nil else {
        continue
      }
      let whole = "\(text(left)) \(sign == .equal ? "==" : "!=") \(text(operand))"
      return (
        "write the whole comparison: `\(expression.partInYAML(whole))`",
        [TextChange(range: operand.range, text: whole)]
      )
    }
    return nil
  }

  /// `.name // "none"` for `.name or "none"`, where a value is wanted.
  private func alternative(
    _ chain: Chain, in node: JQ.Expression
  ) -> (help: String, changes: [TextChange])? {
    guard expression.role != .selector, chain.symbol == .or, chain.operands.count == 2,
      node.range == body.range, chain.operands[0].certainKind == nil
    else { return nil }
    let whole = chain.operands.map(text).joined(separator: " // ")
    return (
      "for a value instead of null write `\(expression.partInYAML(whole))`",
      [TextChange(range: node.range, text: whole)]
    )
  }

  /// `.state == ("a" or "b")`.
  private func comparison(_ node: JQ.Expression) -> Diagnostic? {
    guard case .binary(let sign, let left, let right) = node.node, sign == .equal || sign == .notEqual,
      let chain = chain(right.core), chain.operands.allSatisfy(\.isAlwaysTrue)
    else { return nil }
    let each = chain.operands.map { "\(text(left)) \(sign == .equal ? "==" : "!=") \(text($0))" }
    let whole = each.joined(separator: sign == .equal ? " or " : " and ")
    return expression.finding(
      .warning, .constantCondition, "`\(text(right.core))` is always true: it is compared as that",
      help: "compare with each: `\(expression.partInYAML(whole))`", in: right.range,
      changing: [TextChange(range: node.range, text: node.range == body.range ? whole : "(\(whole))")])
  }

  // MARK: IN

  /// `IN("a"; "b")`.
  private func membership(_ node: JQ.Expression) -> Diagnostic? {
    guard case .call("IN", let arguments) = node.node, arguments.count == 2,
      arguments.flatMap(\.separatedByCommas).allSatisfy({ $0.constantKind != nil })
    else { return nil }
    let whole = "IN(\(arguments.map(text).joined(separator: ", ")))"
    return expression.finding(
      .warning, .constantCondition,
      "with a `;` this `IN` looks for its first argument in the second, and never at its input",
      help: "write `\(expression.partInYAML(whole))`", in: node.range,
      changing: [TextChange(range: node.range, text: whole)])
  }

  private func text(_ node: JQ.Expression) -> String { expression.part(node.range) ?? "…" }
}

extension JQ.Expression {
  /// Whether jq takes it for true, whatever the object is: all but null and false is.
  fileprivate var isAlwaysTrue: Bool {
    switch core.node {
    case .string: true
    default: [.string, .number, .array, .object].contains(constantKind)
    }
  }

  /// What commas separate, itself where there is none.
  var separatedByCommas: [JQ.Expression] {
    guard case .comma(let left, let right) = node else { return [self] }
    return left.separatedByCommas + [right]
  }
}

extension Diagnostic.Rule {
  /// A condition that is the same for every object.
  public static let constantCondition = Self("constant-condition")
}
