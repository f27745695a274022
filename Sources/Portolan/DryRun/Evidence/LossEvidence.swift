import JQ
import RawJSON

/// What the objects show of a total loss.
struct LossEvidence {
  let wording: LossWording
  let survey: ResourceSurvey
  let environment: JQEnvironment

  private var report: ResourceReport { wording.report }

  /// The evidence: what is said and done in place of what the counts alone tell.
  func evidence() -> LossWording.Evidence {
    guard let (field, source) = wording.blamed else { return LossWording.Evidence() }
    switch wording.loss {
    case .skipped: return skipped(field, source)
    case .filtered: return filtered(source)
    case .unparsed, .noItems: return lists(source)
    }
  }

  // MARK: Items without an identifier

  private func skipped(_ field: String, _ source: ConfigExpression) -> LossWording.Evidence {
    let shown = source.text.trimmed.shortened(to: 60)
    let absences = survey.passed.absences(of: source.expression.reads)
    if let page = page(absences) {
      return LossWording.Evidence(
        cause: "it is a page of \(page.count.counted("object")), which are in `\(page.path)`",
        help: "give the objects without the page around them, or set `itemsToParse: \(page.path)`")
    }
    let failed = survey.firstPassed.flatMap {
      FailureSearch.failedPart(of: source.expression, on: $0, environment: environment)
    }
    if let failed, let help = FailureCure(failed).help {
      return LossWording.Evidence(help: help, range: failed.expression.range)
    }
    guard let absence = absences.first(where: { $0.nearest != nil }) ?? absences.first else {
      return LossWording.Evidence(help: "give it a value: `\(shown) // …`, or a key that is always there")
    }
    return absent(absence, source, state: "the \(field) `\(shown)` is null on \(count(field))")
  }

  private func count(_ field: String) -> String {
    let nulls = report.fields.first { $0.field == field }?.nulls ?? report.passed
    return "\(nulls.grouped) of \(report.passed.grouped)"
  }

  private func absent(
    _ absence: KeyCensus.Absence, _ source: ConfigExpression, state: String
  ) -> LossWording.Evidence {
    let have = absence.objects == 1 ? "it has" : "they have"
    return LossWording.Evidence(
      cause: state + "; " + (absence.nearestPath.map { "\(have) `\($0)`" } ?? AbsentKeyCheck.known(absence)),
      help: absence.nearestPath.map { "write `\($0)`" } ?? "name one of the keys that are there",
      range: source.expression.program?.body?.range(ofPath: absence.steps))
  }

  /// The list of objects in what is no object of the kind but a page of them; nil where it is none.
  private func page(_ absences: [KeyCensus.Absence]) -> (path: String, count: Int)? {
    guard wording.resource.itemsToParse == nil, let object = survey.firstObject, let members = object.members,
      let key = absences.first?.steps.first ?? nil, object[key] == nil
    else { return nil }
    for (name, value) in members {
      guard let elements = value.elements, let first = elements.first, first.kind == .object,
        first[key] != nil || Self.pageKeys.contains(name)
      else { continue }
      return (JSONPath([.key(name)]).description, elements.count)
    }
    return nil
  }

  /// What APIs call the list of a page.
  private static let pageKeys: Set = [
    "values", "items", "data", "results", "records", "entries", "objects", "nodes", "content", "value",
  ]

  // MARK: Selectors that keep nothing

  private func filtered(_ source: ConfigExpression) -> LossWording.Evidence {
    let state = "the selector kept none of \(report.filtered.counted("item"))"
    let absences = survey.items.absences(of: source.expression.reads)
    if let absence = absences.first(where: { $0.nearest != nil }) {
      return absent(absence, source, state: "\(state): `\(absence.path)` is in none of them")
    }
    let culprits = survey.comparisons.filter(\.keepsNone)
    let shown = (culprits.isEmpty ? survey.comparisons : culprits).prefix(2)
    guard !shown.isEmpty else { return LossWording.Evidence(cause: state) }
    let values = shown.map { "`\($0.path)` is \($0.summary)" }.joined(separator: "; ")
    let near = shown.first { !$0.isNegated && $0.nearest != nil }
    return LossWording.Evidence(
      cause: "\(state): \(values)",
      help: near?.nearest.map { "did you mean `\($0)`?" }
        ?? "compare with a value that is there, or add an object that is to be kept",
      range: near?.literalRange)
  }

  // MARK: Lists

  private func lists(_ source: ConfigExpression) -> LossWording.Evidence {
    let shown = source.text.trimmed.shortened(to: 60)
    let absences = survey.objects.absences(of: source.expression.reads)
    if let absence = absences.first(where: { $0.nearest != nil }) ?? absences.first {
      return absent(
        absence, source,
        state: "`\(absence.path)` of itemsToParse is in none of \(absence.objects.counted("object"))")
    }
    guard wording.loss == .unparsed, let failure = failure(source) else {
      return LossWording.Evidence(
        cause: "the list of itemsToParse `\(shown)` is empty on all of them",
        help: "name the list that holds the items, or add an object that has some")
    }
    let named = lists.isEmpty ? "" : "; they have the \(lists.count == 1 ? "list" : "lists") \(lists.joined(separator: ", "))"
    return LossWording.Evidence(
      cause: "itemsToParse `\(shown)` \(failure)\(named)", help: failure.help(for: source))
  }

  /// The lists that the first object has.
  private var lists: [String] {
    (survey.firstObject?.members ?? []).filter { $0.value.kind == .array }.prefix(4)
      .map { "`\(JSONPath([.key($0.key)]).description)`" }
  }

  /// Why the list of the first object is none.
  private func failure(_ source: ConfigExpression) -> ItemsFailure? {
    guard let items = wording.resource.itemsToParse, let object = survey.firstObject else { return nil }
    var parser = ItemParser(ItemsPlan(items), environment: environment)
    guard case .noList(let failure) = parser.parse(RawObject(json: Array(object.json.utf8), origin: nil)) else {
      return nil
    }
    return failure
  }
}
