import Portolan

/// What is said of a place where the pointer rests: what its key means, and what its expression gives.
struct HoverText {
  /// How many items of the fixtures are shown.
  private static let items = 3

  private let place: EditedPlace

  init(_ place: EditedPlace) {
    self.place = place
  }

  /// The text, nil where nothing is known.
  func markdown() async -> String? {
    guard let key = place.key else { return nil }
    let parts = [meaning(key), await outcomes()].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private func meaning(_ key: String) -> String? {
    let context = place.context
    let keys = place.keys.keys(at: context.path, siblings: context.siblings + [key])
    if let row = keys.first(where: { $0.name == key }) { return "**\(key)**: \(row.description)" }
    guard let name = context.blueprint, let blueprint = place.blueprints?[name] else { return nil }
    if context.path.last == "properties", let property = blueprint.property(key) {
      return "**\(key)**: a property of `\(name)`, \(property.type?.rawValue ?? "any value")"
    }
    if context.path.last == "relations", let relation = blueprint.relation(key) {
      return "**\(key)**: a relation of `\(name)` to `\(relation.target)`"
    }
    return nil
  }

  /// What the line's expression gives on the first items of the fixtures.
  private func outcomes() async -> String? {
    guard !place.file.isFetcher, let integration = place.file.integration, let kind = place.context.kind,
      let config = place.file.lint(place.document, place.linter)?.config
    else { return nil }
    let explainer = Explainer(config, fixtures: FixtureFolder(integration.fixturesPath),
      environment: place.linter.environment)
    var lines: [String] = []
    for number in 1...Self.items {
      for explained in await explainer.explain(kind: kind, .number(number)) {
        guard let item = explained.item else { continue }
        let all = item.fields + [item.selector, item.list?.expression].compactMap { $0 }
        guard let field = all.first(where: { $0.location.line == place.line + 1 }) else { continue }
        lines.append("- item \(number): \(text(field.outcome))")
      }
    }
    return lines.isEmpty ? nil : "On the fixtures of `\(kind)`:\n\n" + lines.joined(separator: "\n")
  }

  private func text(_ outcome: ExpressionOutcome) -> String {
    switch outcome {
    case .value(let json): "`\(json.count > 120 ? json.prefix(119) + "…" : json)`"
    case .nothing: "no value, which counts as null"
    case .failure(let message, _): "error: \(message)"
    case .rejected(let diagnostic): diagnostic.message
    }
  }
}
