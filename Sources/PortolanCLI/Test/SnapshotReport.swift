import Portolan

/// The outcome of a test for a person: a line a kind, and below it what differs, entity by entity.
struct SnapshotReport {
  let style: Style
  /// Whether what differs has been made what is expected.
  let isUpdate: Bool

  func render(_ tested: [TestedIntegration]) -> String {
    let sections = tested.filter { !$0.outcomes.isEmpty || !$0.leftOut.isEmpty }.map { integration in
      let config = TextColumns.oneLine(integration.configPath)
      let name = integration.name
      let title = name.isEmpty ? style.bold(config) : "\(style.bold(name))  \(style.dim(config))"
      return ([title, ""] + lines(integration)).joined(separator: "\n")
    }
    return (sections + [summary(tested)]).joined(separator: "\n\n") + "\n"
  }

  private func lines(_ integration: TestedIntegration) -> [String] {
    let outcomes = integration.outcomes
    let rows = outcomes.map { outcome in
      let mark = outcome.state == .same ? style.green("✓") : isUpdate ? style.yellow("↻") : style.red("✗")
      return row(mark, outcome.kind, TextColumns.Cell(state(outcome)))
    }
    let leftOut = integration.leftOut.map { resource in
      row(
        style.red("✗"), resource.kind ?? "?",
        TextColumns.Cell("left out, see line \(resource.location.line)", style.red))
    }
    let lines = TextColumns.lines(rows + leftOut, [.left, .left])
    return zip(lines, outcomes).flatMap { [$0] + details($1, of: integration) } + lines.dropFirst(rows.count)
  }

  private func row(_ mark: String, _ kind: String, _ state: TextColumns.Cell) -> [TextColumns.Cell] {
    let name = TextColumns.oneLine(kind)
    return [TextColumns.Cell("  ✓ \(name)") { _ in "  \(mark) \(style.bold(name))" }, state]
  }

  private func state(_ outcome: SnapshotTest.Outcome) -> String {
    let entities = "\(outcome.entities.count.grouped) \(outcome.entities.count == 1 ? "entity" : "entities")"
    switch outcome.state {
    case .same: return entities
    case .different(let differences): return "\(entities): \(differences.counts)"
    case .missing:
      return isUpdate ? "\(entities), written to \(outcome.file)" : "\(entities), no snapshot yet"
    case .stale:
      return isUpdate ? "removed \(outcome.file)" : "\(outcome.file) belongs to no kind of the config"
    case .invalid:
      return isUpdate ? "\(entities), written anew to \(outcome.file)" : "the snapshot cannot be read"
    }
  }

  private func details(_ outcome: SnapshotTest.Outcome, of integration: TestedIntegration) -> [String] {
    let text = DifferenceText(style: style, failures: integration.failures(ofKind: outcome.kind))
    return detailLines(outcome, text)
  }

  private func detailLines(_ outcome: SnapshotTest.Outcome, _ text: DifferenceText) -> [String] {
    switch outcome.state {
    case .different(let differences):
      differences.flatMap(text.lines).map { "      " + $0 }
    case .invalid(let diagnostic) where !isUpdate:
      DiagnosticText(style: style).blocks([diagnostic], SourceFiles()).joined().map { "      " + $0 }
    case .same, .missing, .stale, .invalid: []
    }
  }

  /// What all of it came to, and what to do.
  private func summary(_ tested: [TestedIntegration]) -> String {
    let outcomes = tested.flatMap(\.outcomes)
    let kinds = "\(outcomes.count.grouped) \(outcomes.count == 1 ? "kind" : "kinds")"
    let others = outcomes.filter { $0.state != .same }.count
    guard others > 0 else {
      let entities = outcomes.map(\.entities.count).reduce(0, +)
      let all = "\(kinds), \(entities.grouped) \(entities == 1 ? "entity" : "entities")"
      let errors = tested.map(\.errors.count).reduce(0, +)
      return errors == 0
        ? "  " + style.green("\(all): all as expected")
        : "  " + style.red("\(all) as expected, but the mapping has \(FindingSummary.count(errors, "error"))")
    }
    if isUpdate { return "  " + style.yellow("\(others.grouped) of \(kinds) updated") }
    return "  " + style.red("\(others.grouped) of \(kinds) not as expected") + "\n  "
      + style.dim("If the entities are right as they are now, run it again with --update.")
  }
}
