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
    let key = place.key ?? ""
    let parts = [function ?? meaning(key), await outcomes()].compactMap { $0 }
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
    guard let field = await field(of: config, integration, kind) else { return nil }
    let explainer = Explainer(
      config, fixtures: FixtureFolder(integration.fixturesPath),
      environment: place.linter.environment)
    var part: String?
    var lines: [String] = []
    for number in 1...Self.items {
      for explained in await explainer.explain(kind: kind, .number(number), field: field) {
        guard let item = explained.item,
          let whole = Self.expressions(item).first(where: { $0.field == field })
        else { continue }
        let step = innermost(whole.steps)
        part = step?.text ?? part
        lines.append("- item \(number): \(step.map(text) ?? text(whole.outcome))")
      }
    }
    let what = part.map { "`\($0)`, on" } ?? "On"
    return lines.isEmpty ? nil : "\(what) the fixtures of `\(kind)`:\n\n" + lines.joined(separator: "\n")
  }

  /// The field whose expression the pointer is in: the last one that begins on its line or above, in its resource.
  private func field(of config: PortAppConfig, _ integration: Integration, _ kind: String) async -> String? {
    let explainer = Explainer(
      config, fixtures: FixtureFolder(integration.fixturesPath), environment: place.linter.environment)
    let items = await explainer.explain(kind: kind, .number(1)).compactMap(\.item)
    let all = items.flatMap(Self.expressions)
    if let own = all.first(where: { $0.location.line == place.line + 1 }) { return own.field }
    return all.first { expression in
      let last = expression.location.line + expression.expression.split(separator: "\n").count
      return (expression.location.line...last).contains(place.line + 1)
    }?.field
  }

  private static func expressions(_ item: ItemExplanation) -> [ExpressionExplanation] {
    item.fields + [item.selector, item.list?.expression].compactMap { $0 }
  }

  /// The smallest part that the pointer is in.
  private func innermost(_ steps: [ExpressionStep]) -> ExpressionStep? {
    steps.filter { step in
      let start = step.location.column - 1
      return step.location.line == place.line + 1 && start <= place.column
        && place.column < start + step.text.unicodeScalars.count
    }.min { $0.text.count < $1.text.count }
  }

  /// What is known of the jq function that the pointer is on.
  private var function: String? {
    guard let word = place.word, !word.isAtLineStart else { return nil }
    let known = KnownFunction.named(word.text)
    guard !known.isEmpty else { return nil }
    return known.map { function in
      let facts = [
        function.gives.map { "gives \($0.rawValue)" }, function.since.map { "in jq since \($0)" },
        function.replacement.map { "removed in jq 1.7: write `\($0)`" },
      ].compactMap { $0 }
      return "**`\(function.call)`**: a function of jq" + facts.map { ", " + $0 }.joined()
    }.joined(separator: "\n\n")
  }

  private func text(_ step: ExpressionStep) -> String {
    if let failure = step.failure { return "error: \(failure)" }
    let shown = step.outputs.map { text(.value($0)) } + (step.hasMore ? ["…"] : [])
    return shown.isEmpty ? "no value" : shown.joined(separator: ", ")
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
