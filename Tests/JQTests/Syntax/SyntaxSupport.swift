import JQ
import Testing

/// The expression of a program that has one.
func parsed(_ source: String) throws -> Expression {
  try #require(try Parser.parse(source).body, "no body: \(source)")
}

/// The error of a text that is no jq.
func syntaxError(_ source: String) throws -> SyntaxError {
  try #require(throws: SyntaxError.self) { try Parser.parse(source) }
}

/// The expression without ranges, and without the parentheses that do not change its meaning.
func plain(_ expression: Expression) -> Expression {
  let inner = expression.mapChildren(plain)
  switch inner.node {
  case .parenthesized(let content): return content
  case .location: return Expression(.location(line: 1))
  case .optional:
    guard case .optional(let target) = expression.node, case .parenthesized(let content) = target.node
    else { break }
    let kept = plain(content)
    return Expression(.optional(isPathStep(kept) ? Expression(.parenthesized(kept)) : kept))
  case .definition(let definition, let body):
    let bare = FunctionDefinition(
      name: definition.name, parameters: definition.parameters, body: definition.body)
    return Expression(.definition(bare, body))
  case .object(let entries):
    return Expression(.object(entries.map(withoutLine)))
  default: break
  }
  return Expression(inner.node)
}

/// Whether a `?` directly after it silences that step alone.
private func isPathStep(_ expression: Expression) -> Bool {
  switch expression.node {
  case .field, .index, .slice, .iterate: true
  default: false
  }
}

private func withoutLine(_ entry: ObjectEntry) -> ObjectEntry {
  guard case .location = entry.key else { return entry }
  return ObjectEntry(key: .location(line: 1))
}
