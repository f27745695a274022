/// Finds comparisons by size that are the same for every object, as one side is a text and the other a number.
struct OrderComparisonCheck {
  let report: ResourceReport
  let survey: ResourceSurvey
  /// The fields of which it is said already why they give nothing.
  let explained: Set<String>

  func diagnostics() -> [Diagnostic] {
    survey.orderings.filter { $0.isConstant && !explained.contains($0.field) }.map { comparison in
      comparison.source.finding(
        .warning, .constantCondition,
        "in `\(comparison.field)` of kind `\(report.kind)` \(comparison.reason)",
        help: comparison.help, in: comparison.range, field: comparison.field)
    }
  }
}
