import JQ
import RawJSON

/// Finds why a field is null for every item: a key that its expression reads and that no item has.
struct EmptyFieldCheck {
  /// How many items there must be before an absent key says something.
  private static let fewestItems = 2

  let config: PortAppConfig
  let fixtures: FixtureFolder
  let environment: JQEnvironment

  /// What is found of the fields of `report` that were null for all items.
  func diagnostics(_ report: ResourceReport) -> [Diagnostic] {
    let rejected = Set(report.diagnostics.filter { $0.rule == .invalidExpression }.map(\.field))
    let empty = Set(
      report.fields.filter { $0.nulls == report.passed && !rejected.contains($0.field) }.map(\.field))
    guard report.passed >= Self.fewestItems, !empty.isEmpty, let resource = config.resource(at: report.index)
    else { return [] }
    var censuses = ItemPlan(resource).fields.compactMap { field -> (ItemPlan.Field, KeyCensus)? in
      guard empty.contains(field.path), let reads = field.source.expression.program?.reads else { return nil }
      return (field, KeyCensus(reads))
    }
    PassedItems(resource: resource, fixtures: fixtures, environment: environment).forEach { item in
      guard let range = try? item.checkDocument() else { return }
      for place in censuses.indices { censuses[place].1.count(item, range) }
    }
    return censuses.compactMap { field, census in diagnostic(field, census, report) }
  }

  private func diagnostic(
    _ field: ItemPlan.Field, _ census: KeyCensus, _ report: ResourceReport
  ) -> Diagnostic? {
    let absences = census.absences()
    guard let absence = absences.first(where: { $0.nearest != nil }) ?? absences.first else { return nil }
    let keys = absence.keys.map { "`\($0)`" }.joined(separator: ", ")
    let rest = absence.keys.isEmpty ? "they are empty" : "they have \(keys)"
    return Diagnostic(
      .warning, .absentKey,
      "`\(field.path)` of kind `\(report.kind)` is null for every item: "
        + "`\(absence.path)` is in none of \(absence.objects) objects; "
        + (absence.nearest.map { "they have `\($0)`" } ?? rest),
      help: absence.nearest.map { "write `\($0)`, if that is what is meant" }
        ?? "mend the path, or add a fixture that has the key",
      at: field.source.location, field: field.path)
  }
}
