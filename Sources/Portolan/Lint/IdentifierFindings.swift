import JQ
import RawJSON

/// Identifiers and relations that are wrong as they are written, whatever the object.
struct IdentifierFindings {
  private let mapping: ConfigTree.Mapping

  init(_ mapping: ConfigTree.Mapping) {
    self.mapping = mapping
  }

  func findings() -> [Diagnostic] {
    [mapping.identifier.flatMap(identifier), mapping.blueprint.flatMap(blueprint)].compactMap { $0 }
      + mapping.fields.filter { $0.group == .relations }.compactMap(relation)
  }

  private func identifier(_ field: ConfigTree.Field) -> Diagnostic? {
    guard let expression = field.expression, let body = expression.body else { return nil }
    if let text = body.constantText { return constantIdentifier(expression, text) }
    guard let kind = body.certainKind,
      kind == .boolean || kind == .array || (kind == .object && !body.isSearchQuery)
    else { return nil }
    return expression.finding(
      .error, .invalidIdentifier, "the identifier is always \(kind.phrase), and no catalog takes one",
      help: kind == .array
        ? "take one of its elements, as `.[0]`" : "take a text from the object, as `.id | tostring`")
  }

  private func constantIdentifier(_ expression: LintExpression, _ text: String) -> Diagnostic {
    if let problem = IdentifierRule.problem(text) {
      return expression.finding(
        .error, .invalidIdentifier, "the identifier `\(text.shortened(to: 60))` \(problem)",
        help: "take the identifier from the object, as `.id | tostring`")
    }
    let isKey = !text.isEmpty && text.utf8.allSatisfy { $0.continuesName } && !text.hasPrefix("-")
    return expression.finding(
      .warning, .constantIdentifier, "the identifier is always \"\(text)\": every item makes the same entity",
      help: isKey
        ? "without quotes, `.\(text)` is the object's own \(text)"
        : "take the identifier from the object, as `.id | tostring`")
  }

  private func blueprint(_ field: ConfigTree.Field) -> Diagnostic? {
    guard let expression = field.expression, let body = expression.body else { return nil }
    if let text = body.constantText {
      return IdentifierRule.blueprintProblem(text).map {
        expression.finding(
          .error, .invalidIdentifier, "the blueprint `\(text.shortened(to: 60))` \($0)",
          help: "write the blueprint's identifier, not its title")
      }
    }
    guard let kind = body.certainKind, kind != .string else { return nil }
    return expression.finding(
      .error, .invalidIdentifier, "the blueprint is always \(kind.phrase), not a blueprint's identifier",
      help: "name the blueprint as a jq string: `\(expression.inYAML("\"service\""))`")
  }

  private func relation(_ field: ConfigTree.Field) -> Diagnostic? {
    guard let expression = field.expression, let body = expression.body, case .object = body.core.node,
      !body.isSearchQuery
    else { return nil }
    return expression.finding(
      .error, .objectRelation, "`\(field.name)` is an object, and not a search query: it leads nowhere",
      help: "give the other entity's identifier, as `.project.key`")
  }
}

extension JQ.Expression {
  /// Whether it is an object that may be a search query: one with `rules`, or with keys that are computed.
  fileprivate var isSearchQuery: Bool {
    guard case .object(let entries) = core.node else { return true }
    return entries.contains { entry in
      switch entry.key {
      case .name(let name), .variable(let name): name == "rules" || name == "combinator"
      case .string(let template): template.constant.map { $0 == "rules" || $0 == "combinator" } ?? true
      case .computed, .location: true
      }
    }
  }
}

extension Diagnostic.Rule {
  /// An identifier that is the same for every object.
  public static let constantIdentifier = Self("constant-identifier")
  /// A relation that is an object, and no search query.
  public static let objectRelation = Self("object-relation")
}
