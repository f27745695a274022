import JQ
import RawJSON

/// Says of each field that failed which part of its expression did, and what helps.
struct FailingFieldCheck {
  let report: ResourceReport
  let plan: ResourcePlan
  let look: SecondLook
  let survey: ResourceSurvey
  /// The fields of which it is said already why they fail.
  let explained: Set<String>

  /// A field that failed, and the first item on which it did.
  private struct Failing {
    var field: ItemPlan.Field
    var counts: FieldReport
    var item: SecondLook.Item?
  }

  func diagnostics() -> [Diagnostic] {
    let rejected = report.rejectedFields
    let wrong = report.fields.filter {
      $0.errors > 0 && !rejected.contains($0.field) && !explained.contains($0.field)
    }
    var failing = wrong.compactMap { counts in
      plan.item.fields.first { $0.path == counts.field }.map { Failing(field: $0, counts: counts) }
    }
    if failing.isEmpty { return [] }
    findItems(&failing)
    return failing.map(diagnostic)
  }

  /// Finds the items, but for the fields that are not evaluated again.
  private func findItems(_ all: inout [Failing]) {
    var failing = all.filter { !look.ended.contains($0.field.path) }
    if failing.isEmpty { return }
    defer {
      for found in failing {
        if let place = all.firstIndex(where: { $0.field.path == found.field.path }) {
          all[place].item = found.item
        }
      }
    }
    let program = EvaluationProgram(failing.map(\.field.source.expression))
    var evaluator = Evaluator(program, environment: look.environment)
    look.forEachItem { item in
      guard item.isKept == true else { return true }
      let failed = item.json.withScanner { text in
        try? evaluator.withResults(on: text) { evaluator in
          failing.indices.filter { if case .failure = evaluator.outcome(of: $0) { true } else { false } }
        }
      }
      for place in failed ?? [] where failing[place].item == nil { failing[place].item = item }
      return failing.contains { $0.item == nil }
    }
  }

  private func diagnostic(_ failing: Failing) -> Diagnostic {
    let counts = failing.counts
    let expression = failing.field.source
    let isAlways = counts.errors == report.passed
    let place = failing.item?.origin.map { ", first in the object at \($0)" } ?? ""
    let finding = cause(failing)
    return expression.finding(
      isAlways ? .error : .warning, .failingField,
      "`\(counts.field)` of kind `\(report.kind)` fails on \(counts.errors.grouped) of "
        + "\(report.passed.counted("item"))\(place): "
        + (finding.reason.map { "\($0) (jq: \(Self.shown(counts.message)))" } ?? Self.shown(counts.message)),
      help: finding.help, in: finding.range, field: counts.field)
  }

  /// Why a field fails, what helps, and the part of the expression that it is about.
  private func cause(_ failing: Failing) -> (reason: String?, help: String, range: Range<Int>?) {
    let expression = failing.field.source.expression
    var part = failing.item.flatMap {
      FailureSearch.failedPart(of: expression, on: $0.json, environment: look.environment)
    }
    part?.worksOnOthers = failing.counts.nulls < report.passed
    let absences = survey.passed.absences(of: expression.reads)
    if let part, part.input.kind == .null, part.hyphenatedKey == nil,
      let absence = absences.first(where: { $0.likelyPath != nil })
    {
      return (
        "`\(absence.path)` is null, it is \(none(of: absence.objects))",
        absence.likelyPath.map { "write `\($0)`" } ?? "",
        expression.program?.body?.range(ofPath: absence.steps)
      )
    }
    let cure = part.flatMap(FailureCure.of)
    if look.ended.contains(failing.field.path) { return (nil, EndedEvaluation.help, nil) }
    return (
      cure?.reason, cure?.advice ?? "the field is null for such an item; `portolan explain` shows each step",
      part?.blamedRange
    )
  }

  /// That so many objects do not have it, which may be the first of more.
  private func none(of objects: Int) -> String {
    let isAll = objects >= report.passed
    if objects == 1 { return isAll ? "not in the one object there" : "not in that object" }
    return "in none of \(isAll ? "" : "the first ")\(objects.grouped) objects"
  }

  /// jq's message, as people may see it.
  private static func shown(_ message: String?) -> String {
    ShownValue.text(message ?? "it gives no value").shortened(to: 160)
  }
}

extension Diagnostic.Rule {
  /// A field whose expression fails on objects.
  public static let failingField = Self("failing-field")
}
