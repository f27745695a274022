import Portolan

/// What is said of a place where the pointer rests: what its key means, and what its expression gives.
struct HoverText {
  /// How many items of the fixtures are shown.
  private static let items = 3
  /// After how long no further item is begun, nor the parts of an expression that has failed: each may run until its
  /// time limit.
  private static let patience = Duration.milliseconds(900)

  private let place: EditedPlace

  init(_ place: EditedPlace) {
    self.place = place
  }

  /// The text, nil where nothing is known.
  func markdown() -> String? {
    guard place.file.hasKnownKeys else { return nil }
    let key = place.key ?? ""
    let parts = [function ?? meaning(key), outcomes()].compactMap { $0 }
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
  private func outcomes() -> String? {
    guard let integration = place.file.integration, let config = place.config,
      let sample = ExpressionSample(config, line: place.line + 1, environment: place.linter.environment)
    else { return nil }
    var part: String?
    let fixtures = FixtureFolder(integration.fixturesPath)
    let lines = sample.outcomes(Self.items, on: fixtures, patience: Self.patience).map { outcome in
      let step = innermost(outcome.explanation.steps)
      part = step?.text ?? part
      return "- item \(outcome.number): \(step.map(text) ?? text(outcome.explanation.outcome))"
    }
    let what = part.map { "`\($0)`, on" } ?? "On"
    return lines.isEmpty
      ? nil : "\(what) the fixtures of `\(sample.kind)`:\n\n" + lines.joined(separator: "\n")
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
