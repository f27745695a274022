import JQ
import RawJSON

/// Finds texts of jq with a path in parentheses that lacks its backslash: `"PR (.number)"`, where the objects have such a
/// key.
struct PathInTextCheck {
  let report: ResourceReport
  let plan: ResourcePlan
  let survey: ResourceSurvey

  func diagnostics() -> [Diagnostic] {
    guard let item = survey.firstPassed.map({ JSONView(valid: $0) }) else { return [] }
    return plan.item.fields.compactMap { field in
      guard let body = field.source.expression.program?.body, let found = find(body, item) else { return nil }
      return diagnostic(field, found)
    }
  }

  /// A text with a path, and the path.
  private typealias Found = (range: Range<Int>, path: String)

  /// What a function is given may be a pattern.
  private func find(_ node: JQ.Expression, _ item: JSONView) -> Found? {
    if case .call = node.node { return nil }
    if case .string(let template) = node.node {
      for case .text(let text) in template.parts {
        guard let path = text.firstMatch(of: /\((\.[A-Za-z_]\w*(?:\.\w+)*)\)/)?.output.1 else { continue }
        if has(path, item) { return (node.range, String(path)) }
      }
    }
    for child in node.children {
      if let found = find(child, item) { return found }
    }
    return nil
  }

  /// Whether the item has what the path leads to.
  private func has(_ path: Substring, _ item: JSONView) -> Bool {
    var value: JSONView? = item
    for key in path.split(separator: ".") { value = value?[String(key)] }
    return value != nil
  }

  private func diagnostic(_ field: ItemPlan.Field, _ found: Found) -> Diagnostic {
    let bytes = Array(field.source.text.utf8)
    let text = String(decoding: bytes[found.range.clamped(to: bytes.indices)], as: UTF8.self)
    return field.source.finding(
      .warning, .foreignSyntax,
      "`(\(found.path))` in a text of jq is just that text, and the objects have `\(found.path)`",
      help: "jq puts a value in with `\\(…)`: write "
        + "`\(text.replacing("(\(found.path))", with: "\\(\(found.path))").shortened(to: 80))`",
      in: found.range, field: field.path)
  }
}
