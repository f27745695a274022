import JQ
import RawJSON

/// Says of each field that failed which part of its expression did, and what helps.
struct FailingFieldCheck {
  let report: ResourceReport
  let plan: ResourcePlan
  let look: SecondLook
  /// The fields of which it is said already why they fail.
  let explained: Set<String>

  /// A field that failed, and the first item on which it did.
  private struct Failing {
    var field: ItemPlan.Field
    var counts: FieldReport
    var item: SecondLook.Item?
  }

  func diagnostics() -> [Diagnostic] {
    let rejected = Set(report.diagnostics.filter { $0.rule == .invalidExpression }.map(\.field))
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

  private func findItems(_ failing: inout [Failing]) {
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
    let part = failing.item.flatMap {
      FailureSearch.failedPart(of: expression.expression, on: $0.json, environment: look.environment)
    }
    let isAlways = counts.errors == report.passed
    let place = failing.item?.origin.map { ", first in the object at \($0)" } ?? ""
    return expression.finding(
      isAlways ? .error : .warning, .failingField,
      "`\(counts.field)` of kind `\(report.kind)` fails on \(counts.errors.grouped) of "
        + "\(report.passed.counted("item"))\(place): \(Self.shown(counts.message))",
      help: part.flatMap { FailureCure($0).help }
        ?? "the field is null for such an item; `portolan explain` shows each step",
      in: part?.expression.range, field: counts.field)
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
