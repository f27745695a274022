import JQ

/// Finds expressions that give several values where only the first counts.
struct ManyOutputs {
  private let expression: LintExpression

  init(_ expression: LintExpression) {
    self.expression = expression
  }

  func finding(_ body: JQ.Expression) -> Diagnostic? {
    guard let range = generator(body) else { return nil }
    switch expression.role {
    case .selector:
      return expression.finding(
        .warning, .manyOutputs, "this gives a value for each element, and only the first decides",
        help: "use `any(.list[]; condition)` or `all(.list[]; condition)`", in: range)
    case .items: return items(body, range)
    default:
      if let sum = sum(body) { return joined(body, sum) }
      if let branch = branch(body), let text = expression.part(branch.range) {
        return expression.finding(
          .warning, .manyOutputs, "this gives several values, and only the first counts",
          help: "for a list, write this branch in brackets: `[\(expression.partInYAML(text))]`", in: range,
          changing: [TextChange(range: branch.range, text: "[\(text)]")])
      }
      return expression.finding(
        .warning, .manyOutputs, "this gives several values, and only the first counts",
        help: "for a list, write it in brackets\(shown { "[\($0)]" }); for the first alone, in `first(…)`",
        in: range)
    }
  }

  /// The only branch of an `if` that gives several values, where the others give something else than an empty list of them.
  private func branch(_ body: JQ.Expression) -> JQ.Expression? {
    guard case .conditional(let branches, let otherwise) = body.core.node else { return nil }
    let several = (branches.map(\.consequence) + [otherwise].compactMap(\.self)).filter {
      generator($0) != nil
    }
    return several.count == 1 ? several[0] : nil
  }

  /// `.a + "-" + .b` for `.a, .b` where a text stands; nil for anything else.
  private func sum(_ body: JQ.Expression) -> String? {
    guard ["identifier", "title"].contains(expression.path), case .comma = body.core.node else { return nil }
    let parts = body.core.separatedByCommas
    let texts = parts.compactMap { expression.part($0.range) }
    let isPlain = parts.allSatisfy { $0.readSteps != nil || $0.constantText != nil }
    return isPlain && texts.count == parts.count ? texts.joined(separator: " + \"-\" + ") : nil
  }

  private func joined(_ body: JQ.Expression, _ sum: String) -> Diagnostic {
    expression.finding(
      .warning, .manyOutputs, "a comma gives one value after another, and only the first counts",
      help: "to join them, write `\(expression.inYAML(sum))`", in: body.range)
  }

  /// What stands for a list and gives its elements.
  private func items(_ body: JQ.Expression, _ range: Range<Int>) -> Diagnostic {
    let message = "this gives the elements one by one, and \(key) takes a list"
    if range.upperBound == body.range.upperBound, case .iterate(let target) = body.node,
      generator(target) == nil, let list = expression.part(target.range)
    {
      return expression.finding(
        .warning, .manyOutputs, message, help: "drop the `[]`: `\(expression.inYAML(list))`", in: range,
        changing: [TextChange(range: range, text: "")])
    }
    let whole = expression.wholeRange
    return expression.finding(
      .warning, .manyOutputs, message, help: "put the expression in brackets\(shown { "[\($0)]" })",
      in: range,
      changing: expression.part(whole).map { [TextChange(range: whole, text: "[\($0)]")] } ?? [])
  }

  /// `: ` and the whole expression as `form` writes it, where it is short.
  private func shown(_ form: (String) -> String) -> String {
    guard let text = expression.part(expression.wholeRange), text.count <= 80, !text.contains("\n") else {
      return ""
    }
    return ": `\(expression.inYAML(form(text)))`"
  }

  /// The key whose value it is.
  private var key: String { expression.path.split(separator: ".").last.map(String.init) ?? "" }

  /// What gives several values, nil where nothing does or where a `select` after it looks for one.
  private func generator(_ expression: JQ.Expression) -> Range<Int>? {
    switch expression.node {
    case .iterate(let target): return target.range.upperBound..<expression.range.upperBound
    case .recurse, .comma: return expression.range
    case .pipe(let left, let right):
      return generator(left).map { right.selects ? nil : $0 } ?? generator(right)
    case .bind(let source, _, let body):
      return generator(source).map { body.selects ? nil : $0 } ?? generator(body)
    case .field(let target, _), .optional(let target), .negate(let target), .parenthesized(let target),
      .definition(_, let target), .tryCatch(let target, _), .slice(let target, _, _):
      return generator(target)
    case .index(let target, let key): return generator(target) ?? generator(key)
    case .binary(_, let left, let right): return generator(left) ?? generator(right)
    case .conditional, .object, .string: return expression.children.lazy.compactMap(generator).first
    default: return nil
    }
  }
}

extension JQ.Expression {
  /// Whether it picks among its inputs: calls `select`, `empty` or the like somewhere.
  fileprivate var selects: Bool {
    if case .call(let name, let arguments) = node, Builtins[Signature(name, arguments.count)]?.picks ?? false
    {
      return true
    }
    return children.contains(where: \.selects)
  }
}

extension Diagnostic.Rule {
  /// An expression of many outputs, of which only the first counts.
  public static let manyOutputs = Self("many-outputs")
}
