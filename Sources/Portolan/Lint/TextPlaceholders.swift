import JQ

/// Texts of jq that hold another language's placeholder: `"PR ${.number}"` and `"PR {{ .number }}"` are just that
/// text for every object.
struct TextPlaceholders {
  private let expression: LintExpression

  init(_ expression: LintExpression) {
    self.expression = expression
  }

  func findings(_ body: JQ.Expression) -> [Diagnostic] {
    if let finding = finding(body) { return [finding] }
    // What a function is given may be a pattern, or the very placeholder that is looked for.
    switch body.node {
    case .call: return []
    case .binary(let symbol, _, _) where symbol == .equal || symbol == .notEqual: return []
    default: return body.children.flatMap(findings)
    }
  }

  private func finding(_ node: JQ.Expression) -> Diagnostic? {
    guard case .string(let template) = node.node, let text = expression.part(node.range),
      text.contains("${") || text.contains("{{")
    else { return nil }
    let placeholder = /\$\{\s*(\.[A-Za-z_][\w.]*)\s*\}|\{\{-?\s*(\.[A-Za-z_][\w.]*)\s*-?\}\}/
    let texts = template.parts.compactMap { if case .text(let text) = $0 { text } else { nil } }
    guard let found = texts.lazy.compactMap({ $0.firstMatch(of: placeholder) }).first else { return nil }
    let meant = text.replacing(placeholder) { "\\(\($0.output.1 ?? $0.output.2 ?? ""))" }
    return expression.finding(
      .warning, .foreignSyntax, "`\(found.output.0)` in a text of jq is just that text",
      help: "jq puts a value in with `\\(…)`: write `\(expression.partInYAML(meant))`", in: node.range,
      changing: [TextChange(range: node.range, text: meant)])
  }
}
