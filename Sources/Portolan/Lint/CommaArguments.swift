import JQ

/// Calls whose arguments are separated as in other languages: `startswith(.a, "b")`, `test("a", "i")`. jq reads the
/// comma as two values for one argument, calls the function for each, and says nothing.
struct CommaArguments {
  private let expression: LintExpression
  private let body: JQ.Expression

  init(_ expression: LintExpression, _ body: JQ.Expression) {
    self.expression = expression
    self.body = body
  }

  func findings() -> [Diagnostic] {
    var found: [Diagnostic] = []
    collect(body, into: &found)
    return found
  }

  private func collect(_ node: JQ.Expression, into found: inout [Diagnostic]) {
    if let finding = finding(node) { return found.append(finding) }
    for child in node.children { collect(child, into: &found) }
  }

  private func finding(_ node: JQ.Expression) -> Diagnostic? {
    guard case .call(let name, let arguments) = node.node, arguments.count == 1,
      case .comma(let left, let right) = arguments[0].node, let first = expression.part(left.range),
      let second = expression.part(right.range)
    else { return nil }
    guard
      let (text, isPipe) = name == "map"
        ? mapped(node, (left, first), (right, second)) : meant(name, (left, first), (right, second))
    else { return nil }
    let written = isPipe && node.range != body.range && !isStage(node) ? "(\(text))" : text
    return expression.finding(
      .error, .foreignSyntax,
      "a comma gives `\(name)` two values in turn, not two arguments",
      help: "write `\(expression.partInYAML(text))`",
      in: node.range, changing: [TextChange(range: node.range, text: written)])
  }

  /// What is meant, and whether it is a pipe; nil where the comma may be meant as jq has it.
  private func meant(
    _ name: String, _ left: (node: JQ.Expression, text: String), _ right: (node: JQ.Expression, text: String)
  ) -> (text: String, isPipe: Bool)? {
    if Self.patterns.contains(name), left.node.constantText != nil, let flags = right.node.constantText,
      !flags.isEmpty, flags.allSatisfy("gimnpslx".contains)
    {
      return ("\(name)(\(left.text); \(right.text))", false)
    }
    guard Self.ofTexts.contains(name) else { return nil }
    if left.node.isPathOfInput, right.node.constantText != nil {
      let call = "\(name)(\(right.text))"
      return left.node.node == .identity ? (call, false) : ("\(left.text) | \(call)", true)
    }
    guard name == "join", left.node.constantText != nil, right.node.isPathOfInput else { return nil }
    return ("\(right.text) | join(\(left.text))", true)
  }

  /// `.list | map(.name)` for `map(.list, .name)` at the front of the expression, where jq would take the members of
  /// the object itself one by one.
  private func mapped(
    _ call: JQ.Expression, _ list: (node: JQ.Expression, text: String),
    _ part: (node: JQ.Expression, text: String)
  ) -> (text: String, isPipe: Bool)? {
    guard body.front.range == call.range, list.node.isPathOfInput, part.node.isPathOfInput else { return nil }
    return ("\(list.text) | map(\(part.text))", true)
  }

  /// Whether a pipe in the place of `call` is no more than a longer pipe.
  private func isStage(_ call: JQ.Expression) -> Bool { Self.isStage(call, in: body) }

  private static func isStage(_ call: JQ.Expression, in node: JQ.Expression) -> Bool {
    if case .pipe(let left, let right) = node.node, left.range == call.range || right.range == call.range {
      return true
    }
    return node.children.contains { isStage(call, in: $0) }
  }

  private static let patterns: Set<String> = ["test", "match", "capture", "scan", "splits"]
  private static let ofTexts: Set<String> = [
    "split", "startswith", "endswith", "contains", "test", "match", "capture", "scan", "ltrimstr", "rtrimstr",
    "join", "index", "has", "inside",
  ]
}

extension JQ.Expression {
  /// What comes first in a pipe, which is given the whole input.
  fileprivate var front: JQ.Expression {
    switch node {
    case .pipe(let first, _), .parenthesized(let first): first.front
    default: self
    }
  }

  /// Whether it takes a part of the input, and nothing else.
  fileprivate var isPathOfInput: Bool {
    switch node {
    case .identity: true
    case .field(let target, _), .index(let target, _), .iterate(let target), .optional(let target):
      target.isPathOfInput
    default: false
    }
  }
}
