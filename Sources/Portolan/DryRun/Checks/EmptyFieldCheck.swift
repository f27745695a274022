import JQ
import RawJSON

/// Finds why a field is null for every item: a key that its expression reads and that no item has.
struct EmptyFieldCheck {
  /// How many items there must be before an absent key says something.
  private static let fewestItems = 2

  /// How many of the keys that are there instead are named.
  private static let shownKeys = 6

  let config: PortAppConfig
  let source: RunSource
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
    PassedItems(resource: resource, source: source, environment: environment).forEach { item in
      for place in censuses.indices { censuses[place].1.count(item) }
    }
    return diagnostics(censuses, kind: report.kind)
  }

  /// One diagnostic for an absent key, whatever the number of fields that read it.
  private func diagnostics(_ censuses: [(ItemPlan.Field, KeyCensus)], kind: String) -> [Diagnostic] {
    var found: [Diagnostic] = []
    var places: [String: Int] = [:]
    for (field, census) in censuses {
      let absences = census.absences()
      guard let absence = absences.first(where: { $0.nearest != nil }) ?? absences.first else { continue }
      if let place = places[absence.path] {
        found[place].similar += 1
      } else {
        places[absence.path] = found.count
        found.append(diagnostic(field, absence, kind))
      }
    }
    return found
  }

  private func diagnostic(
    _ field: ItemPlan.Field, _ absence: KeyCensus.Absence, _ kind: String
  ) -> Diagnostic {
    let keys =
      absence.keys.prefix(Self.shownKeys).map { "`\($0)`" }
      + (absence.keys.count > Self.shownKeys ? ["…"] : [])
    let isOne = absence.objects == 1
    let place = isOne ? "is not in the one object there" : "is in none of \(absence.objects) objects"
    let have = isOne ? "it has" : "they have"
    let known = keys.isEmpty ? "nothing is there" : "\(have) \(keys.joined(separator: ", "))"
    return Diagnostic(
      .warning, .absentKey,
      "`\(field.path)` of kind `\(kind)` is null for every item: `\(absence.path)` \(place)"
        + (absence.nearest.map { "; \(have) `\($0)`" } ?? ""),
      help: absence.nearest.map { "write `\($0)`, if that is what is meant" }
        ?? "\(known); fix the path, or add a fixture that has the key",
      at: field.source.location, field: field.path)
  }
}

extension Diagnostic.Rule {
  /// A field that is null for every item, because its expression reads a key that none of them has.
  public static let absentKey = Self("absent-key")
}
