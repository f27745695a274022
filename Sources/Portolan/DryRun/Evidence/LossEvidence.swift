import JQ
import RawJSON

extension ResourceReport {
  /// How many expressions of the mapping read something, where not one of several finds anything; nil otherwise. The
  /// objects are most likely others than the mapping is for.
  func findsNothing(_ plan: ResourcePlan) -> Int? {
    let nulls = Dictionary(fields.map { ($0.field, $0.nulls) }) { first, _ in first }
    let reading = plan.item.fields.filter { !$0.source.expression.reads.isNothing }
    let areNull = reading.allSatisfy { nulls[$0.path, default: 0] == passed }
    return areNull && reading.count >= 3 ? reading.count : nil
  }
}

/// What the objects show of a total loss.
struct LossEvidence {
  let wording: LossWording
  let survey: ResourceSurvey
  let look: SecondLook
  let plan: ResourcePlan

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
    if report.ended.contains(field) { return LossWording.Evidence(help: EndedEvaluation.help) }
    let failed = survey.firstPassed.flatMap {
      FailureSearch.failedPart(of: source.expression, on: $0, environment: look.environment)
    }
    let near = failed?.hyphenatedKey == nil ? absences.first { $0.likelyPath != nil } : nil
    if near == nil, let failed, let cure = FailureCure.of(failed) {
      return LossWording.Evidence(
        cause: "the \(field) `\(shown)` fails on \(count(field)): \(cure.reason)", help: cure.advice,
        range: failed.blamedRange)
    }
    guard let absence = near ?? absences.first else {
      return LossWording.Evidence(help: "give it a value: `\(shown) // …`, or a key that is always there")
    }
    return absent(
      absence, source, state: "the \(field) `\(shown)` is null on \(count(field))",
      instead: report.findsNothing(plan).map { count in
        "none of the mapping's \(count.grouped) expressions finds anything here: give it objects of kind "
          + "`\(report.kind)`, or name keys that are there"
      })
  }

  private func count(_ field: String) -> String {
    let nulls = report.fields.first { $0.field == field }?.nulls ?? report.passed
    return "\(nulls.grouped) of \(report.passed.grouped)"
  }

  private func absent(
    _ absence: KeyCensus.Absence, _ source: ConfigExpression, state: String, instead: String? = nil
  ) -> LossWording.Evidence {
    let have = absence.objects == 1 ? "it has" : "they have"
    let range = source.expression.program?.body?.range(ofPath: absence.steps)
    return LossWording.Evidence(
      cause: state + "; " + (absence.likelyPath.map { "\(have) `\($0)`" } ?? AbsentKeyCheck.known(absence)),
      help: absence.likely.map { "write `\(source.replacing($0.replaced, with: $0.path))`" }
        ?? instead ?? LikelyKey.identifier(among: absence.keys).map {
          "name a key that is there, as `.\($0)`"
        }
        ?? "name one of the keys that are there",
      range: range)
  }

  // MARK: Selectors that keep nothing

  private func filtered(_ source: ConfigExpression) -> LossWording.Evidence {
    let state = "the selector kept none of \(report.filtered.counted("item"))"
    let absences = survey.items.absences(of: source.expression.reads)
    if let absence = absences.first(where: { $0.nearest != nil }) {
      return absent(absence, source, state: "\(state): `\(absence.path)` is in none of them")
    }
    if let call = survey.hasCalls.first(where: { $0.field == "selector.query" && $0.isNeverTrue }) {
      return LossWording.Evidence(cause: "\(state): \(call.reason)", help: call.help, range: call.range)
    }
    if let comparison = survey.orderings.first(where: { $0.field == "selector.query" && $0.isConstant }) {
      return LossWording.Evidence(
        cause: "\(state): \(comparison.reason)", help: comparison.help, range: comparison.range)
    }
    let culprits = survey.comparisons.filter(\.keepsNone)
    let shown = (culprits.isEmpty ? survey.comparisons : culprits).prefix(2)
    guard !shown.isEmpty else { return LossWording.Evidence(cause: state) }
    let isPart = survey.itemCount < report.filtered
    let of = isPart ? "of the first \(survey.itemCount.grouped), " : ""
    let values = of + shown.map { "`\($0.path)` is \($0.summary)" }.joined(separator: "; ")
    let near = shown.first { !$0.isNegated && $0.nearest != nil }
    return LossWording.Evidence(
      cause: "\(state): \(values)",
      help: near?.nearest.map { "did you mean `\($0)`?" } ?? shown.first?.help
        ?? "compare with a value that is there, or add an object that is to be kept",
      range: near?.literalRange ?? shown.first?.operatorRange)
  }

  // MARK: Lists

  private func lists(_ source: ConfigExpression) -> LossWording.Evidence {
    let shown = source.text.trimmed.shortened(to: 60)
    if report.ended.contains("itemsToParse") {
      return LossWording.Evidence(
        cause: report.unmapped.first { $0.field == "itemsToParse" }?.reason, help: EndedEvaluation.help)
    }
    let absences = survey.objects.absences(of: source.expression.reads)
    if let absence = absences.first(where: { $0.nearest != nil }) ?? absences.first {
      return absent(
        absence, source,
        state: (wording.loss == .unparsed ? "itemsToParse is null: " : "itemsToParse gives no items: ")
          + "`\(absence.path)` "
          + (absence.objects == 1
            ? "is not in the one object there" : "is in none of \(absence.objects.grouped) objects"),
        instead:
          "name a list that is there\(lists.isEmpty ? "" : ", as \(lists[0])"), or add an object that has it")
    }
    if let list = listTakenApart(source) {
      return LossWording.Evidence(
        cause: "itemsToParse `\(shown)` gives the list's elements one by one, not the list",
        help: "drop the `[]`: `\(list)`")
    }
    guard wording.loss == .unparsed, let failure = failure(source) else {
      return LossWording.Evidence(
        cause: "the list of itemsToParse `\(shown)` is empty on all of them",
        help: "name the list that holds the items, or add an object that has some")
    }
    let named =
      lists.isEmpty
      ? "" : "; they have the \(lists.count == 1 ? "list" : "lists") \(lists.joined(separator: ", "))"
    if case .value(let json) = failure.outcome, let list = Self.list(in: JSONView(valid: json)) {
      return LossWording.Evidence(
        cause: "itemsToParse `\(shown)` is an object, not a list",
        help: "name the list in it: `\(LikelyKey.path(source, list))`")
    }
    return LossWording.Evidence(
      cause: "itemsToParse `\(shown)` \(failure)\(named)", help: failure.help(for: source))
  }

  /// The path before the `[]` of `source`, where that leads to a list of some object and to nothing else of any.
  private func listTakenApart(_ source: ConfigExpression) -> String? {
    guard wording.loss == .unparsed, case .iterate(let list)? = source.expression.program?.body?.node,
      let steps = list.readSteps, !steps.isEmpty
    else { return nil }
    let keys = steps.compactMap { $0 }
    if keys.count < steps.count { return nil }
    var kinds: Set<JSONKind> = []
    look.forEachObject { object in
      var value: JSONView? = JSONView(valid: object.json)
      for key in keys { value = value?[key] }
      kinds.insert(value?.kind ?? .null)
      return true
    }
    let bytes = Array(source.text.utf8)
    guard kinds.contains(.array), kinds.isSubset(of: [.array, .null]) else { return nil }
    return String(decoding: bytes[list.range.clamped(to: bytes.indices)], as: UTF8.self).trimmed
  }

  /// The key of the first list in an object.
  private static func list(in object: JSONView) -> String? {
    object.members?.first { $0.value.kind == .array }?.key
  }

  /// The lists that the first object has.
  private var lists: [String] {
    (survey.firstObject?.members ?? []).filter { $0.value.kind == .array }.prefix(4)
      .map { "`\(JSONPath([.key($0.key)]).description)`" }
  }

  /// Why a list is none: that of the first object where it is something else than null, or that of the first.
  private func failure(_ source: ConfigExpression) -> ItemsFailure? {
    guard let items = wording.resource.itemsToParse else { return nil }
    var parser = ItemParser(ItemsPlan(items), environment: look.environment)
    var found: ItemsFailure?
    look.forEachObject { object in
      guard case .noList(let failure) = parser.parse(object) else { return true }
      if found == nil || failure.kind != JSONKind.null.rawValue { found = failure }
      return found?.kind == JSONKind.null.rawValue
    }
    return found
  }
}
