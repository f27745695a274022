import JQ
import YAMLTree

/// An expression of a config, where it is and what it is for.
struct LintExpression {
  /// What an expression is for.
  enum Role {
    case selector
    /// What gives a list.
    case items
    case identifier
    case blueprint
    case icon
    /// A title, team, property or relation.
    case value
    /// A leaf of a search query.
    case queryPart
  }

  /// Its place in the resource: `selector.query`, `properties.url`.
  let path: String
  let role: Role
  let node: YAMLNode
  let scalar: YAMLScalar
  let source: ConfigExpression
  /// The functions without arguments that it can call besides jq's own.
  let functions: [String]
  /// Whether it is a part of the scalar, between braces.
  let isPart: Bool

  /// Nil where no expression is there.
  init?(_ node: DocumentNode, _ path: String, _ role: Role) {
    guard let source = node.expression, let scalar = node.yaml.scalar else { return nil }
    self.path = path
    self.role = role
    self.node = node.yaml
    self.scalar = scalar
    self.source = source
    functions = []
    isPart = false
  }

  /// An expression that may be a part of the scalar `node`; nil where that is none.
  init?(_ source: ConfigExpression, in node: DocumentNode, _ role: Role, functions: [String]) {
    guard let scalar = node.yaml.scalar else { return nil }
    path = node.path
    self.role = role
    self.node = node.yaml
    self.scalar = scalar
    self.source = source
    self.functions = functions
    isPart = node.template != nil
  }

  var text: String { source.text }
  /// Whether it gives a text, whatever the blueprint says.
  var isOfText: Bool {
    ["title", "identifier", "icon", "team"].contains(path.split(separator: ".").last ?? "")
      && !path.contains("properties.") && !path.contains("relations.")
  }
  var jq: JQExpression { source.expression }
  var body: JQ.Expression? { jq.program?.body }

  /// A finding on the bytes in `range` of the text, or on all of it.
  func finding(
    _ severity: Diagnostic.Severity, _ rule: Diagnostic.Rule, _ message: String, help: String?,
    in range: Range<Int>? = nil
  ) -> Diagnostic {
    source.finding(severity, rule, message, help: help, in: range, field: path)
  }

  /// `jq` as it can be written in YAML where this expression is, with the same kind of quotes.
  func inYAML(_ jq: String) -> String {
    if isPart { return partInYAML(jq) }
    switch scalar.style {
    case .literal, .folded: return jq
    case .plain where !Self.needsQuotes(jq): return jq
    case .doubleQuoted where !jq.contains("\"") && !jq.contains("\\"): return "\"\(jq)\""
    case .plain, .singleQuoted, .doubleQuoted: return "'" + jq.replacing("'", with: "''") + "'"
    }
  }

  /// A part of the expression as it is written in YAML: within double quotes with its own ones and its
  /// backslashes escaped.
  func partInYAML(_ jq: String) -> String {
    guard scalar.style == .doubleQuoted else { return jq }
    return jq.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  /// Whether YAML would take plain `text` for something else.
  static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.first else { return true }
    return "\"'[]{}!&*|>%@`#,?:-".contains(first) || text.contains(": ") || text.contains(" #")
      || text.hasSuffix(":")
  }
}

extension ConfigTree.Resource {
  /// The selector's query.
  var queryExpression: LintExpression? { query.flatMap { LintExpression($0, "selector.query", .selector) } }

  /// Every expression, in the order in which it is evaluated.
  var expressions: [LintExpression] {
    [
      queryExpression,
      itemsToParse.flatMap { LintExpression($0, "itemsToParse", .items) },
    ].compactMap { $0 } + mappings.flatMap(\.fields).flatMap(\.expressions)
  }
}

extension ConfigTree.Field {
  /// The one expression of a field that is not a search query.
  var expression: LintExpression? { LintExpression(node, path, role) }

  /// Every expression of the field: that one, or the leaves of its search query.
  var expressions: [LintExpression] { expression.map { [$0] } ?? Self.leaves(node, path) }

  private var role: LintExpression.Role {
    switch (group, name) {
    case (.top, "identifier"): .identifier
    case (.top, "blueprint"): .blueprint
    case (.top, "icon"): .icon
    default: .value
    }
  }

  /// The YAML reader limits how deep nodes nest.
  private static func leaves(_ node: DocumentNode, _ path: String) -> [LintExpression] {
    let parts = node.members ?? node.elements ?? []
    return [LintExpression(node, path, .queryPart)].compactMap { $0 }
      + parts.flatMap { leaves($0, path + $0.path.dropFirst(node.path.count)) }
  }
}
